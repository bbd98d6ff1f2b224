"""A fictional council for the demonstration: people, accounts, posts, mentions, and one story."""
