"""The social media platforms, in plain Python: one file each, no models, no settings.

`contract` says what a platform is asked and what it answers, `errors` what may go wrong,
`registry` which platforms there are. `sandbox/` is a local stand-in for development and tests.
"""
