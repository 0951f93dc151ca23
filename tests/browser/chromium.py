"""The Chromium that the tests drive: the system's own, found or missed with one clear word."""

from __future__ import annotations

import os
import shutil

# The shell first: the same engine without windows, which takes a fifth less of the processor.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MEND = (
    "no Chromium found ({asked}); install one (Debian: sudo apt-get install chromium), name it in HSC_CHROMIUM, "
    "or leave these tests out: pytest -m 'not browser'"
)
# The last one cuts the network: in this browser no name but the loopback's can be looked up.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--process-per-site",  # see profiles.py
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)


class NoChromium(RuntimeError):
    """There is no browser to test with; the message says how to get one."""


def find() -> str:
    """The path of the browser: HSC_CHROMIUM, else the first of NAMES on the path."""
    named = os.environ.get("HSC_CHROMIUM", "")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise NoChromium(MEND.format(asked=f"HSC_CHROMIUM={named}" if named else ", ".join(NAMES)))
    return found


def is_there() -> bool:
    """Whether there is a browser to test with."""
    try:
        return bool(find())
    except NoChromium:
        return False
