"""How a command that writes a folder is stopped half-way: all ways are one, and what was half made is cleared away."""

from __future__ import annotations

import signal

INTERRUPTED = 130  # what the command ends with


def stop_at_term() -> None:
    """From here on a request to end (SIGTERM) is an interruption, as Ctrl+C is."""
    signal.signal(signal.SIGTERM, _stop)


def _stop(signum: int, frame: object) -> None:
    raise KeyboardInterrupt
