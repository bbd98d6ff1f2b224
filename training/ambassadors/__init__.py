"""Whom to ask about social media, area by area."""
