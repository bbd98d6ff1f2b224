"""A request for each address and way of asking it, with all in it that makes it succeed."""
