"""Certificates: finding one by its number, what it says today, and its PDF."""
