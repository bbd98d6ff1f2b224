"""Taking what is live off the platforms again."""
