"""Importing many posts from one CSV file, each as a draft."""
