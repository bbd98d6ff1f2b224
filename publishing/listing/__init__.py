"""The list of posts: its tabs, their counts, its filter and its rows."""
