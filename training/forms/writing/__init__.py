"""What is asked of whoever writes courses."""
