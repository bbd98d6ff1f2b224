"""The browser that the journeys drive: the machine's own Chromium."""

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str | None:
    """Where it is, for Playwright's `executable_path`; nothing where there is none."""
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path), None)
