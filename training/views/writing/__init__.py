"""The pages of whoever writes courses."""
