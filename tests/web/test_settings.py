"""Settings: read, refused with a clear message, and documented."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest

from hsc_geo.web import settings as module
from hsc_geo.web.settings import (
    PDOK_TILES,
    Settings,
    SettingsError,
    documentation,
    read_settings,
    settings_or_exit,
)

ROOT = Path(__file__).parents[2]


def test_defaults() -> None:
    assert read_settings({}) == Settings()
    assert read_settings({"HSC_TILES": "", "HSC_HTTPS": "  "}) == Settings()
    assert Settings().embed_hosts == ()
    assert Settings().tiles
    assert not Settings().https
    assert Settings().tile_upstream == PDOK_TILES


def test_all_are_read() -> None:
    chosen = read_settings(
        {
            "HSC_DATA": "/srv/data",
            "HSC_EMBED_HOSTS": "https://www.leiden.nl, *.Example.org  http-host.nl:8443",
            "HSC_HTTPS": "on",
            "HSC_TILES": "off",
            "HSC_CACHE": "off",
            "HSC_CACHE_MB": "10",
            "HSC_TILE_CACHE": "/var/cache/hsc",
            "HSC_TILE_CACHE_MB": "50",
            "HSC_TILE_UPSTREAM": "http://127.0.0.1:9999/{z}/{x}/{y}.png",
        }
    )
    assert chosen == Settings(
        data_folder=Path("/srv/data"),
        embed_hosts=("https://www.leiden.nl", "https://*.example.org", "https://http-host.nl:8443"),
        https=True,
        tiles=False,
        cache=None,
        cache_mb=10,
        tile_cache=Path("/var/cache/hsc"),
        tile_cache_mb=50,
        tile_upstream="http://127.0.0.1:9999/{z}/{x}/{y}.png",
    )


BAD = [
    ("HSC_DATA", "data", "whole path"),
    ("HSC_HTTPS", "yes", "on or off"),
    ("HSC_TILES", "ON", "on or off"),
    ("HSC_TILE_CACHE", "cache/tiles", "whole path"),
    ("HSC_CACHE", "cache/made", "whole path, beginning with a slash, or off"),
    ("HSC_CACHE_MB", "0", "from 1 to 100000"),
    ("HSC_TILE_CACHE_MB", "0", "from 1 to 100000"),
    ("HSC_TILE_CACHE_MB", "1e3", "whole number"),
    ("HSC_TILE_CACHE_MB", "²", "whole number"),
    ("HSC_EMBED_HOSTS", "*", "https://www.example.nl"),
    ("HSC_EMBED_HOSTS", "http://www.leiden.nl", "https://www.example.nl"),
    ("HSC_EMBED_HOSTS", "www.leiden.nl; script-src *", "https://www.example.nl"),
    ("HSC_EMBED_HOSTS", "https://www.leiden.nl/path", "https://www.example.nl"),
    ("HSC_EMBED_HOSTS", "'self'", "https://www.example.nl"),
    ("HSC_TILE_UPSTREAM", "https://tile.openstreetmap.org/{z}/{x}/{y}.png", "service.pdok.nl"),
    ("HSC_TILE_UPSTREAM", "http://service.pdok.nl/{z}/{x}/{y}.png", "https://service.pdok.nl"),
    ("HSC_TILE_UPSTREAM", "https://service.pdok.nl@evil.example/{z}/{x}/{y}.png", "service.pdok.nl"),
    ("HSC_TILE_UPSTREAM", "https://service.pdok.nl.evil.example/{z}/{x}/{y}.png", "service.pdok.nl"),
    ("HSC_TILE_UPSTREAM", "http://user@127.0.0.1/{z}/{x}/{y}.png", "this machine"),
    ("HSC_TILE_UPSTREAM", "https://{z}.pdok.nl/{x}/{y}.png", "service.pdok.nl"),
    ("HSC_TILE_UPSTREAM", "https://service.pdok.nl/tiles.png", "{z}, {x} and {y}"),
    ("HSC_TILE_UPSTREAM", "file:///etc/{z}/{x}/{y}", "service.pdok.nl"),
    ("HSC_TILE_UPSTREAM", "http://[::1/{z}/{x}/{y}", "Invalid"),
]


@pytest.mark.parametrize(("variable", "value", "mend"), BAD)
def test_bad_value_is_told_with_its_mend(variable: str, value: str, mend: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({variable: value})
    message = str(caught.value)
    assert message.startswith(f"{variable}={value!r} cannot be used: ")
    assert mend in message
    assert "\n" not in message


def test_all_bad_values_are_told_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"HSC_TILES": "maybe", "HSC_HTTPS": "perhaps", "HSC_TILE_CACHE_MB": "10"})
    assert [line.split("=")[0] for line in str(caught.value).splitlines()] == ["HSC_HTTPS", "HSC_TILES"]


def test_bad_setting_ends_the_program_without_a_stack_trace(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HSC_TILES", "maybe")
    module.settings.cache_clear()
    try:
        with pytest.raises(SystemExit) as caught:
            settings_or_exit()
    finally:
        module.settings.cache_clear()
    assert caught.value.code == 2
    told = capsys.readouterr().err.splitlines()
    assert told[1:] == ["HSC_TILES='maybe' cannot be used: write on or off"]


def test_documentation_is_made_from_the_code() -> None:
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == documentation(), (
        "run: python -m hsc_geo.web.settings > docs/settings.md"
    )


def test_every_variable_that_the_project_names_is_documented() -> None:
    texts = [
        path for folder in ("hsc_geo", "pages", "tests", "tools") for path in (ROOT / folder).rglob("*.*")
    ]
    texts += [ROOT / name for name in ("start", "test", ".ci/run", "app.py")]
    code = [path for path in texts if path.suffix in (".py", ".sh", "")]
    named = {
        name for path in code for name in re.findall(r"\bHSC_[A-Z_]+\b", path.read_text(encoding="utf-8"))
    }
    assert {"HSC_TILES", "HSC_EXTRACTS"} <= named
    assert named - set(re.findall(r"`(HSC_[A-Z_]+)`", documentation())) == set()


# Who reads the environment beside the settings of the server, which a lower layer or the command line has not got.
ENVIRONMENT = {
    "hsc_geo/web/settings.py": "all settings of the server, and the user's folder for caches",
    "hsc_geo/data/load.py": "HSC_DATA for the command line, which starts no server",
    "hsc_geo/data/editions.py": "HSC_EDITIONS for the command line; the user's folder for data",
    "hsc_geo/data/refresh_report.py": "HSC_REFRESH for the command line; the user's folder for data",
    "hsc_geo/sources/live/answers.py": "the user's folder for caches",
    "hsc_geo/register/address.py": "HSC_DATABASE for the command line; the user's folder for data",
}


def code() -> dict[str, ast.Module]:
    files = [
        ROOT / "app.py",
        *(path for folder in ("hsc_geo", "pages") for path in (ROOT / folder).rglob("*.py")),
    ]
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def test_the_environment_is_read_by_the_settings_and_by_whom_it_says_why() -> None:
    names = {"environ", "getenv", "environb"}
    reading = {
        file
        for file, tree in code().items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr in names)
        or (isinstance(node, ast.ImportFrom) and names & {each.name for each in node.names})
    }
    assert reading == ENVIRONMENT.keys()


def test_every_setting_is_read_by_somebody() -> None:
    read = {
        node.attr
        for file, tree in code().items()
        if file != "hsc_geo/web/settings.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in ("settings()", "settings", "chosen")
    }
    assert {each.name for each in fields(Settings)} - read == set()
