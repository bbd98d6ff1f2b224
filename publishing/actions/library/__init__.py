"""Changes to what is known of pictures and videos, and of the people in them."""
