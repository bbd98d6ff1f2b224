"""Periods before a poll: when they begin, what they ask of posts, and where that is written."""
