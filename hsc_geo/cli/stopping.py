"""How a command that writes a folder ends half-way: all ways to stop it are one, what was half made is cleared away,
and it is told that the folder is as it was."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from hsc_geo.cli.tell import count, fail, line
from hsc_geo.domain.problems import ProblemsError

INTERRUPTED = 130  # what the command ends with


def stop_at_term() -> None:
    """From here on a request to end (SIGTERM) is an interruption, as Ctrl+C is."""
    signal.signal(signal.SIGTERM, _stop)


def _stop(signum: int, frame: object) -> None:
    raise KeyboardInterrupt


@contextmanager
def as_it_was(target: Path) -> Iterator[None]:
    """Tell what failed, and that the folder did not change."""
    from hsc_geo.data.build import CheckFailed

    try:
        yield
    except ProblemsError as error:
        failed = fail(error.problems)
        what = (
            "the package built does not pass its check"
            if isinstance(error, CheckFailed)
            else "nothing was built"
        )
        if len(error.problems) > 1 or isinstance(error, CheckFailed):
            line(f"{count(len(error.problems))}: {what}; {target} is as it was", to_err=True)
        raise failed from None
    except OSError as error:
        line(f"{error.filename or target}: {error.strerror}; {target} is as it was", to_err=True)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        line(f"interrupted; {target} is as it was", to_err=True)
        raise typer.Exit(INTERRUPTED) from None
