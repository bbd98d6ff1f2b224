"""What helps with a text while it is written: emoji, hashtags, names of accounts."""
