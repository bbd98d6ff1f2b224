"""Reminding people of what is due, and their managers of what is late."""
