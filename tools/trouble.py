"""The one way `./run` gives up: a sentence that says what is wrong and what to do."""


class Trouble(Exception):
    """Shown to the person as it is, without a traceback; the exit status is 1."""
