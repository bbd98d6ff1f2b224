"""Face-to-face sessions: their calendar entries, letters, clashes and lists."""
