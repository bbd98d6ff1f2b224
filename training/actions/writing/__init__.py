"""Writing courses: every change to a course, to its draft, and what makes a draft a version."""
