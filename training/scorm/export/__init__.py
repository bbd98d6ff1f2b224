"""A course of ours as a SCORM 1.2 package: pages that need nothing but themselves and an API."""
