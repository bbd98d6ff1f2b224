"""Signing in: allauth, with our words, our audit trail and our rules about leavers."""
