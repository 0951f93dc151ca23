"""Where the register is, when nobody says."""

from __future__ import annotations

import os
from pathlib import Path

SETTING = "HSC_DATABASE"


def default_url() -> str:
    """The address that the setting HSC_DATABASE gives, else an SQLite file in the user's folder for data."""
    return os.environ.get(SETTING) or f"sqlite:///{default_file()}"


def default_file() -> Path:
    """`hsc_geo/register.db` in the user's folder for data, whole."""
    home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(home).absolute() / "hsc_geo" / "register.db"
