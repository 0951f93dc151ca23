"""The project's own files, and a git of their own for tests that check something out."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.docs.reading import ROOT

MADE = (
    ".git",
    ".venv",
    "__pycache__",
    ".hypothesis",
    "*_cache",
    "build",
    "*.pyc",
    ".data.*",
)  # not part of the project
AUTHOR = {"GIT_AUTHOR_NAME": "T", "GIT_AUTHOR_EMAIL": "t@example.org"}
COMMITTER = {"GIT_COMMITTER_NAME": "T", "GIT_COMMITTER_EMAIL": "t@example.org"}


def copied(target: Path) -> Path:
    """The project without what was made on this machine, as a new folder."""
    return Path(shutil.copytree(ROOT, target, ignore=shutil.ignore_patterns(*MADE)))


def files(folder: Path = ROOT) -> Iterator[Path]:
    """Files of the project below a folder, without what was made on this machine."""
    ignored = shutil.ignore_patterns(*MADE)
    for where, folders, names in os.walk(folder):
        left_out = ignored(where, [*folders, *names])
        folders[:] = [name for name in folders if name not in left_out]
        yield from (Path(where) / name for name in names if name not in left_out)


def clean_environment() -> dict[str, str]:
    """The environment with none of this machine's settings of git, and an author."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**outside, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **AUTHOR, **COMMITTER}


def git(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run git in a folder, with none of this machine's settings."""
    command = ["git", "-C", str(folder), *words]
    given = {**clean_environment(), **environment}
    return subprocess.run(command, env=given, capture_output=True, text=True, check=False)
