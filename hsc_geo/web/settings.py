"""The settings of the server: read from the environment, checked, documented.

`python -m hsc_geo.web.settings` prints `docs/settings.md`, so that the page cannot differ from the code.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

PDOK_HOST = "service.pdok.nl"
PDOK_TILES = f"https://{PDOK_HOST}/brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:3857/{{z}}/{{x}}/{{y}}.png"
LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")

_HOST = re.compile(r"(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?(:[0-9]{1,5})?")
_Value = TypeVar("_Value")


class SettingsError(ValueError):
    """One or more settings that cannot be used; the message names each with its value and the mend."""


def _switch(text: str) -> bool:
    if text not in ("on", "off"):
        raise ValueError("write on or off")
    return text == "on"


def _folder(text: str) -> Path:
    path = Path(text).expanduser()
    if not path.is_absolute():
        raise ValueError("write a whole path, beginning with a slash")
    return path


def _megabytes(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 100_000:
        raise ValueError("write a whole number of megabytes from 1 to 100000")
    return int(text)


def _embed_hosts(text: str) -> tuple[str, ...]:
    return tuple(_embed_host(part) for part in re.split(r"[\s,]+", text.strip()))


def _embed_host(text: str) -> str:
    scheme, _, host = text.rpartition("://")
    if scheme not in ("", "https") or not _HOST.fullmatch(host.lower()):
        raise ValueError("write hosts as https://www.example.nl, with a space or comma between two")
    return f"https://{host.lower()}"


def _tile_upstream(text: str) -> str:
    parts = urlsplit(text.replace("{", "").replace("}", ""))
    allowed = (parts.scheme == "https" and parts.netloc == PDOK_HOST) or (
        parts.scheme in ("http", "https") and parts.hostname in LOOPBACK_HOSTS and not parts.username
    )
    if not allowed or any(text.count(part) != 1 for part in ("{z}", "{x}", "{y}")):
        raise ValueError(
            f"write an address with {{z}}, {{x}} and {{y}} on https://{PDOK_HOST} or this machine"
        )
    return text


def _default_cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hsc_geo" / "tiles"


def _setting(
    variable: str, read: Callable[[str], _Value], doc: str, default: Callable[[], _Value], shown: str
) -> Any:  # Any: what dataclasses.field itself returns to a type checker
    metadata = {"variable": variable, "read": read, "doc": doc, "shown": shown}
    return field(default_factory=default, metadata=metadata)


@dataclass(frozen=True)
class Settings:
    """All that an operator can choose, each from one environment variable."""

    data_folder: Path | None = _setting(
        "HSC_DATA", _folder, "Folder of the built data package.", lambda: None, "`data/` beside the program"
    )
    embed_hosts: tuple[str, ...] = _setting(
        "HSC_EMBED_HOSTS",
        _embed_hosts,
        "Hosts whose pages may show this app in a frame, as `https://www.example.nl`, with spaces or commas "
        "between them; `https://*.example.nl` stands for all hosts under a domain.",
        tuple,
        "none: only this host itself",
    )
    https: bool = _setting(
        "HSC_HTTPS",
        _switch,
        "`on` when visitors reach the app by https only: browsers are then told to keep to https for a year.",
        lambda: False,
        "`off`",
    )
    tiles: bool = _setting(
        "HSC_TILES",
        _switch,
        "`off` to do without the background map; the municipal outlines are then the background.",
        lambda: True,
        "`on`",
    )
    tile_cache: Path = _setting(
        "HSC_TILE_CACHE",
        _folder,
        "Folder in which tiles of the background map are kept; made when it does not exist.",
        _default_cache,
        "`hsc_geo/tiles` in the user's cache folder",
    )
    tile_cache_mb: int = _setting(
        "HSC_TILE_CACHE_MB",
        _megabytes,
        "Most megabytes that the kept tiles may take; the oldest go first.",
        lambda: 200,
        "`200`",
    )
    tile_upstream: str = _setting(
        "HSC_TILE_UPSTREAM",
        _tile_upstream,
        "Where tiles come from. Only for tests, and only PDOK or this machine is taken.",
        lambda: PDOK_TILES,
        "PDOK's BRT Achtergrondkaart, grey",
    )


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings that an environment gives; an unset or empty variable takes the default.

    Raises SettingsError that names every bad variable, its value and the mend.
    """
    values: dict[str, Any] = {}
    faults: list[str] = []
    for setting in fields(Settings):
        text = environment.get(setting.metadata["variable"], "").strip()
        if text:
            _read_one(setting, text, values, faults)
    if faults:
        raise SettingsError("\n".join(faults))
    return Settings(**values)


def _read_one(setting: Field[Any], text: str, values: dict[str, Any], faults: list[str]) -> None:
    try:
        values[setting.name] = setting.metadata["read"](text)
    except ValueError as error:
        faults.append(f"{setting.metadata['variable']}={text!r} cannot be used: {error}")


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return read_settings(os.environ)


def settings_or_exit() -> Settings:
    """The settings of this process; bad ones are told on one line each and end the program (exit 2)."""
    try:
        return settings()
    except SettingsError as error:
        print(f"The server does not start, a setting is wrong:\n{error}", file=sys.stderr)
        raise SystemExit(2) from None


def documentation() -> str:
    """The text of docs/settings.md."""
    rows = [_documentation_row(setting) for setting in fields(Settings)]
    return _INTRODUCTION + "\n".join(rows) + "\n" + _OF_THE_CHECKS


def _documentation_row(setting: Field[Any]) -> str:
    meta = setting.metadata
    return f"| `{meta['variable']}` | {meta['doc']} | {meta['shown']} |"


_INTRODUCTION = """\
# Settings

Made by `python -m hsc_geo.web.settings > docs/settings.md`; a test fails when it differs from the code.

Each setting is an environment variable, read when the server starts. A value that cannot be used stops the
start with one line that names the variable, the value and the mend. Streamlit's own settings (port, address,
base path, theme) are in `.streamlit/config.toml` and can be given to `./start` as well.

| variable | what it does | when not set |
| --- | --- | --- |
"""

_OF_THE_CHECKS = """
## Of the scripts and checks

| variable | what it does | when not set |
| --- | --- | --- |
| `PYTHON` | The Python that `./start` and `./test` make `.venv` with. | `python3` |
| `HSC_CHROMIUM` | The Chromium that the tests in a browser drive. | the one installed |
| `HSC_EXTRACTS` | Folder of the source extracts, for the tests that build `data/` again. | `../shared/extracts` |
| `HSC_TEST_WORKERS` | How many tests `./test` runs at a time. | `2` |
"""

if __name__ == "__main__":
    sys.stdout.write(documentation())
