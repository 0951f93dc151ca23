"""Small components of our own: an accessible sortable table, the one search, what tells a screen reader the language, a
field that no person fills in, and what keeps a proposal in the visitor's browser."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit import config

from hsc_geo.views.kit.words import Words

FRONTEND = Path(__file__).with_name("frontend")
SERVED = (
    "table.mjs",
    "table.css",
    "share.mjs",
    "share.css",
    "search.mjs",
    "search.css",
)  # fetched by the browser once; what is not goes along with each change of a page
OWN = "/hsc"  # after the base path: where the server has routes of its own
SERVED_AT = f"{OWN}/assets/kit"


def shell(w: Words, name: str, city: str) -> None:
    """Tell the browser the page's language and the name of the site, and name the map's frame: of `city`,
    '' where it is not known."""
    _shell()(
        key="hsc_shell",
        data={"lang": w.code, "name": name, "map": w.t("Map of {city}", city=city) if city else w.t("Map")},
    )


def trap(key: str) -> None:
    """A field that only a program fills in; then `st.session_state[key]["filled"]` is true."""
    _trap()(key=key, data={}, on_filled_change=lambda: None)


def keeper(key: str, data: Mapping[str, Any], take: Callable[[], None]) -> None:
    """Keeps a draft in this tab of the browser; `take` is called once `st.session_state[key]["kept"]` holds what an
    earlier visit left there."""
    _keeper()(key=key, data=data, on_kept_change=take)


@cache
def _source(name: str) -> str:
    """A file of the front end without indents and lines of comment: it goes along with every change of the page."""
    text = re.sub(r"/\*.*?\*/", "", (FRONTEND / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _shell() -> Callable[..., Any]:
    return _component("hsc_shell", "", "shell.mjs")


def _trap() -> Callable[..., Any]:
    html = (
        '<input class="hsc-trap" type="text" name="url" tabindex="-1" autocomplete="off" aria-hidden="true">'
    )
    # In the document itself: what fills in fields does not look into a shadow tree.
    return _component("hsc_trap", html, "trap.mjs", False)


def _keeper() -> Callable[..., Any]:
    return _component("hsc_keeper", "", "kept.mjs")


@cache
def _component(name: str, html: str, js: str, apart: bool = True) -> Callable[..., Any]:
    return st.components.v2.component(name, html=html, js=_source(js), isolate_styles=apart)


@cache
def fetched_component(name: str, html: str, css: str, js: str) -> Callable[..., Any]:
    """A component whose script and styles the browser fetches once. Streamlit sends those of others with each change of
    the page, and imports them from a blob: a script there can name others by their whole address only."""
    link = f'<link rel="stylesheet" href="{served_address(css)}">'
    # Two lines: Streamlit takes one line for the name of a file.
    script = f'const found = await import(location.origin + "{served_address(js)}");\nexport default found.default;'
    return st.components.v2.component(name, html=link + html, js=script)


def served_address(name: str) -> str:
    """The address on this host of a file of the front end, with a hash of its content, so that browsers may keep it."""
    return f"{site_path()}{SERVED_AT}/{name}?v={_version(name)}"


def site_path() -> str:
    """The path that the whole site lies under: '' or `/something`."""
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


@cache
def _version(name: str) -> str:
    return hashlib.sha256((FRONTEND / name).read_bytes()).hexdigest()[:12]
