"""The media library: what is known of a picture or video, and of the people in it."""
