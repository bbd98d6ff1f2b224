"""Writing courses: what a draft says, what is wrong with it, how it differs from what is published.

The actions that change one are in `training/actions/writing`.
"""
