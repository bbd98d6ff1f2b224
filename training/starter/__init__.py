"""The courses and policies that come with the product: read from `training/content`, strictly."""
