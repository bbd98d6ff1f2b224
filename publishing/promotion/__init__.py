"""Paid promotion: who may decide about one, how money is written, and what it came to."""
