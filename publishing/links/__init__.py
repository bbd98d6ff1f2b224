"""Looking at links: whether they answer, without ever reaching into a private network."""
