"""Files that people upload: looked into, made again without what they hide, kept once."""
