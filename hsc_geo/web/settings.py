"""The settings of the server: read from the environment, checked, documented.

`python -m hsc_geo.web.settings` prints `docs/settings.md`, so that the page cannot differ from the code.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from hsc_geo.analysis.suppression import DEFAULT as DEFAULT_SMALL_COUNTS
from hsc_geo.data.editions import unset_folder
from hsc_geo.data.nation.reading import DEFAULT_FOLDER
from hsc_geo.data.refresh_report import unset_file
from hsc_geo.register.address import default_file
from hsc_geo.sources.fetching import LOOPBACK_HOSTS as LOOPBACK_HOSTS
from hsc_geo.sources.locatieserver import PDOK_ADDRESSES, checked_upstream
from hsc_geo.sources.locatieserver import SETTING as ADDRESS_SETTING

PDOK_HOST = "service.pdok.nl"
PDOK_TILES = f"https://{PDOK_HOST}/brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:3857/{{z}}/{{x}}/{{y}}.png"

SHORTEST_SECRET = 32  # characters of the secret that cookies are signed with
SIGN_IN = ("oidc_metadata_url", "oidc_client_id", "oidc_client_secret", "oidc_cookie_secret", "oidc_redirect")

_HOST = re.compile(r"(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?(:[0-9]{1,5})?")
_Value = TypeVar("_Value")


class SettingsError(ValueError):
    """One or more settings that cannot be used; the message names each with its value and the mend."""


def _switch(text: str) -> bool:
    if text not in ("on", "off"):
        raise ValueError("write on or off")
    return text == "on"


def _log_form(text: str) -> str:
    if text not in ("text", "json"):
        raise ValueError("write text or json")
    return text


def _folder(text: str) -> Path:
    path = Path(text).expanduser()
    if not path.is_absolute():
        raise ValueError("write a whole path, beginning with a slash")
    return path


def _folder_or_off(text: str) -> Path | None:
    try:
        return None if text == "off" else _folder(text)
    except ValueError as error:
        raise ValueError(f"{error}, or off") from None


def _megabytes(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 100_000:
        raise ValueError("write a whole number of megabytes from 1 to 100000")
    return int(text)


def _small_counts(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= 1000:
        raise ValueError("write a whole number from 0 to 1000")
    return int(text)


def _limit(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= 1_000_000:
        raise ValueError("write a whole number from 0 to 1000000")
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


def _months(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 600:
        raise ValueError("write a whole number of months from 1 to 600")
    return int(text)


def _contact(text: str) -> str:
    if not re.fullmatch(r"mailto:[^\s@]+@[^\s@]+\.[a-z]+|https://[^\s/]+\.[^\s]+", text):
        raise ValueError("write mailto: and a mailbox, or an address that begins with https://")
    return text


def _day_to_come(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("write a day as 2027-06-30") from None


def _database(text: str) -> str:
    scheme, found, rest = text.partition("://")
    local = scheme == "sqlite" and rest.startswith("//") and len(rest) > 2
    if not found or not (local or (scheme in ("postgresql", "postgresql+psycopg") and rest)):
        raise ValueError(
            "write sqlite:////whole/path/to/file or postgresql+psycopg://user:password@host/name"
        )
    return text


def _default_database() -> str:
    return f"sqlite:///{default_file()}"


def _provider(text: str) -> str:
    parts = urlsplit(text)
    sound = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK_HOSTS)
    if not sound or not parts.hostname or parts.username or parts.fragment:
        raise ValueError("write an address that begins with https:// (http:// only on this machine)")
    return text


def _redirect(text: str) -> str:
    if not _provider(text).endswith("/oauth2callback"):
        raise ValueError("write the address of this site with /oauth2callback behind it")
    return text


def _cookie_secret(text: str) -> str:
    if len(text) < SHORTEST_SECRET:
        raise ValueError(f"write at least {SHORTEST_SECRET} random characters (openssl rand -hex 32)")
    return text


def _claim(text: str) -> str:
    if not re.fullmatch(r"[^\s]{1,200}", text):
        raise ValueError("write the name of one claim, with dots between the levels")
    return text


def _scope(text: str) -> str:
    words = text.split()
    if "openid" not in words:
        raise ValueError("write words with spaces between them, openid among them")
    return " ".join(words)


def _subjects(text: str) -> frozenset[str]:
    return frozenset(re.split(r"[\s,]+", text.strip()))


def _cache(name: str) -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hsc_geo" / name


def _setting(
    variable: str, read: Callable[[str], _Value], doc: str, default: Callable[[], _Value], shown: str
) -> Any:  # Any: what dataclasses.field itself returns to a type checker
    metadata = {"variable": variable, "read": read, "doc": doc, "shown": shown, "secret": False}
    return field(default_factory=default, metadata=metadata)


def _secret(variable: str, read: Callable[[str], str], doc: str) -> Any:
    """A setting whose value is never shown: not in a message, and not when the settings are printed."""
    metadata = {"variable": variable, "read": read, "doc": doc, "shown": "none", "secret": True}
    return field(default="", repr=False, metadata=metadata)


@dataclass(frozen=True)
class Settings:
    """All that an operator can choose, each from one environment variable."""

    data_folder: Path | None = _setting(
        "HSC_DATA", _folder, "Folder of the built data package.", lambda: None, "`data/` beside the program"
    )
    nation: Path | None = _setting(
        "HSC_NATION",
        _folder_or_off,
        "Folder of the built [nation](nation.md), which the map can show whole; `off` to do without.",
        lambda: DEFAULT_FOLDER,
        "`nation/` beside the program, where it is there",
    )
    editions: Path = _setting(
        "HSC_EDITIONS",
        _folder,
        "Folder of the [editions](operate.md#editions) that a link can open; the command `edition` keeps them there.",
        unset_folder,
        "`hsc_geo/editions` in the user's folder for data",
    )
    refresh: Path = _setting(
        "HSC_REFRESH",
        _folder,
        "File in which the command `data refresh` [keeps what it found](fresh-figures.md); the review shows it.",
        unset_file,
        "`hsc_geo/refresh.json` in the user's folder for data",
    )
    small_counts: int = _setting(
        "HSC_SMALL_COUNTS",
        _small_counts,
        "Numbers of residents that the site computes (who lives near a place) are not shown below this, nor a second "
        "one from which they could be computed; `0` shows all.",
        lambda: DEFAULT_SMALL_COUNTS,
        f"`{DEFAULT_SMALL_COUNTS}`",
    )
    embed_hosts: tuple[str, ...] = _setting(
        "HSC_EMBED_HOSTS",
        _embed_hosts,
        "Hosts whose pages may show this app in a frame, as `https://www.example.nl`, with spaces or commas "
        "between them; `https://*.example.nl` stands for all hosts under a domain.",
        tuple,
        "none: only this host itself",
    )
    security_contact: str = _setting(
        "HSC_SECURITY_CONTACT",
        _contact,
        "Where a hole in the security can be told: `mailto:` and a mailbox, or an `https://` address. With the next "
        "one it makes `/.well-known/security.txt`.",
        str,
        "none",
    )
    security_expires: str = _setting(
        "HSC_SECURITY_EXPIRES",
        _day_to_come,
        "Until when that holds, as `2027-06-30`: at most a year ahead is advised.",
        str,
        "none",
    )
    https: bool = _setting(
        "HSC_HTTPS",
        _switch,
        "`on` when visitors reach the app by https only: browsers are then told to keep to https for a year.",
        lambda: False,
        "`off`",
    )
    metrics: bool = _setting(
        "HSC_METRICS",
        _switch,
        "`on` to tell counts and times for Prometheus at `/hsc/metrics`, and Streamlit's own at `/_stcore/metrics`; "
        "let the proxy in front keep both inside ([how](operate.md#metrics)).",
        lambda: False,
        "`off`",
    )
    log: str = _setting(
        "HSC_LOG",
        _log_form,
        "`json` for a log of one JSON object a line, without visitors' addresses and codes ([how](operate.md#log)).",
        lambda: "text",
        "`text`",
    )
    register: bool = _setting(
        "HSC_REGISTER",
        _switch,
        "`off` to show the data package alone: nothing can be proposed or reviewed then.",
        lambda: True,
        "`on`",
    )
    database: str = _setting(
        "HSC_DATABASE",
        _database,
        "Where the register is: `sqlite:////whole/path/to/file`, made when it does not exist, or "
        "`postgresql+psycopg://user:password@host/name`.",
        _default_database,
        "an SQLite file, `hsc_geo/register.db` in the user's folder for data",
    )
    confirm_months: int = _setting(
        "HSC_CONFIRM_MONTHS",
        _months,
        "After how many months without a confirmation or newer evidence an entry is marked as to be confirmed.",
        lambda: 24,
        "`24`",
    )
    api_requests: int = _setting(
        "HSC_API_REQUESTS",
        _limit,
        "How many requests of the open API one address may make in a minute (of IPv6 its first 64 bits); `0` is no "
        "limit. Who passes it gets 429 until the minute is over.",
        lambda: 600,
        "`600`",
    )
    api_mb: int = _setting(
        "HSC_API_MB",
        _limit,
        "After how many megabytes of the open API in a minute an address waits until it is over; `0` is no limit.",
        lambda: 300,
        "`300`",
    )
    addresses: bool = _setting(
        "HSC_ADDRESSES",
        _switch,
        "`off` to look up no addresses at PDOK; places of the register, neighbourhoods and the map still work.",
        lambda: True,
        "`on`",
    )
    address_requests: int = _setting(
        "HSC_ADDRESS_REQUESTS",
        _limit,
        "How many addresses one visitor may have looked up at PDOK in a minute (of IPv6 the first 64 bits are one "
        "visitor); `0` is no limit.",
        lambda: 20,
        "`20`",
    )
    address_total: int = _setting(
        "HSC_ADDRESS_TOTAL",
        _limit,
        "How many addresses this server asks PDOK in a minute for all its visitors; `0` is no limit.",
        lambda: 200,
        "`200`",
    )
    address_upstream: str = _setting(
        ADDRESS_SETTING,
        checked_upstream,
        "Where addresses are looked up. Only for tests, and only PDOK or this machine is taken.",
        lambda: PDOK_ADDRESSES,
        "PDOK's Locatieserver",
    )
    oidc_metadata_url: str = _setting(
        "HSC_OIDC_METADATA_URL",
        _provider,
        "Where the OpenID Connect provider describes itself (`…/.well-known/openid-configuration`). With the four "
        "settings below it opens the page Review to those who may ([how](review.md)).",
        str,
        "nobody can sign in; the page Review is closed",
    )
    oidc_client_id: str = _setting(
        "HSC_OIDC_CLIENT_ID", str, "The id under which the provider knows this site.", str, "none"
    )
    oidc_client_secret: str = _secret(
        "HSC_OIDC_CLIENT_SECRET", str, "The secret that the provider gave this site. Never shown."
    )
    oidc_cookie_secret: str = _secret(
        "HSC_OIDC_COOKIE_SECRET",
        _cookie_secret,
        "At least 32 random characters that the cookie of a signed-in visitor is signed with. Never shown. Another "
        "value signs everyone out.",
    )
    oidc_redirect: str = _setting(
        "HSC_OIDC_REDIRECT",
        _redirect,
        "Address of this site with `/oauth2callback` behind it, as it is known to the provider.",
        str,
        "none",
    )
    oidc_role_claim: str = _setting(
        "HSC_OIDC_ROLE_CLAIM",
        _claim,
        "The claim that holds the roles `steward` and `administrator`, with dots between levels "
        "(`realm_access.roles`).",
        lambda: "roles",
        "`roles`",
    )
    oidc_scope: str = _setting(
        "HSC_OIDC_SCOPE",
        _scope,
        "What the provider is asked for; `openid` is in it always. Add what its roles take (`openid roles`).",
        lambda: "openid",
        "`openid`",
    )
    stewards: frozenset[str] = _setting(
        "HSC_STEWARDS",
        _subjects,
        "Subjects (`sub`) at the provider that are steward whatever the claim says, with spaces or commas between "
        "them.",
        frozenset,
        "none",
    )
    administrators: frozenset[str] = _setting(
        "HSC_ADMINISTRATORS", _subjects, "Subjects that are administrator, likewise.", frozenset, "none"
    )
    cache: Path | None = _setting(
        "HSC_CACHE",
        _folder_or_off,
        "Folder of what this server computed and another, or the next start, need not compute again "
        "([how](performance.md#start)); made when it does not exist. Whatever is in it may be removed at any time. "
        "`off` to keep nothing.",
        lambda: _cache("made"),
        "`hsc_geo/made` in the user's cache folder",
    )
    cache_mb: int = _setting(
        "HSC_CACHE_MB",
        _megabytes,
        "Most megabytes that it may take; what was used the longest ago goes first.",
        lambda: 200,
        "`200`",
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
        lambda: _cache("tiles"),
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
    faults += _half_a_provider(environment)
    if faults:
        raise SettingsError("\n".join(faults))
    return Settings(**values)


def _half_a_provider(environment: Mapping[str, str]) -> list[str]:
    """The settings of sign-in that are missing beside others that are there."""
    needed = {each.name: each.metadata["variable"] for each in fields(Settings) if each.name in SIGN_IN}
    given = [name for name, variable in needed.items() if environment.get(variable, "").strip()]
    missing = [variable for name, variable in needed.items() if name not in given]
    if not given or not missing:
        return []
    return [f"{', '.join(missing)} is missing: signing in takes all of {', '.join(needed.values())}, or none"]


def _read_one(setting: Field[Any], text: str, values: dict[str, Any], faults: list[str]) -> None:
    try:
        values[setting.name] = setting.metadata["read"](text)
    except ValueError as error:
        shown = "…" if setting.metadata["secret"] else repr(without_password(text))
        faults.append(f"{setting.metadata['variable']}={shown} cannot be used: {error}")


def without_password(text: str) -> str:
    """The address of a database without the password in it, as a message may tell it."""
    return re.sub(r"(postgres[\w+]*://).*@", r"\1***@", text)


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
## Of the commands, scripts and checks

| variable | what it does | when not set |
| --- | --- | --- |
| `PYTHON` | The Python that `./start` and `./test` make `.venv` with. | `python3` |
| `HSC_SOURCES` | For `data refresh`: [another address](fresh-figures.md#another-host). | the real hosts |
| `HSC_CHROMIUM` | The Chromium that the tests in a browser drive. | the one installed |
| `HSC_EXTRACTS` | Folder of the source extracts, for the tests that build `data/` again. | `../shared/extracts` |
| `HSC_TEST_WORKERS` | How many tests `./test` runs at a time. | one more than there are processors, 2 to 4 |
"""

if __name__ == "__main__":
    sys.stdout.write(documentation())
