"""Everything that people may press on a post's way out, and what may leave at all."""
