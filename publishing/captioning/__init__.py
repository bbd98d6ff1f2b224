"""The captions of videos: reading files, and adding them to what is live."""
