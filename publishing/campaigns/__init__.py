"""Campaigns: who may change them, and what they have brought."""
