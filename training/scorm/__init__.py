"""Courses in the form that learning systems exchange: SCORM packages, in and out."""
