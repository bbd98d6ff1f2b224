"""What a post can begin with: templates, and snippets to put into its text."""
