"""Where the server's own addresses live, under `server.baseUrlPath` when Streamlit has one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from streamlit import config

PREFIX = "/hsc"
API = "/api"
FEED = "/feed.atom"
# Below these the answer is a file or data, of ours or of Streamlit, and never the document of a page.
FILES = ("/_stcore", "/media", "/component", "/static", "/app/static", PREFIX, API, FEED)


def base_path() -> str:
    """The path that the whole app is served under: empty, or `/something` without a slash at the end."""
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def address(path: str) -> str:
    """The address on this host of one of our own paths, for example `/hsc/health`."""
    return f"{base_path()}{PREFIX}/{path.lstrip('/')}"


def api_address() -> str:
    """The address on this host of the open API, with a slash at the end."""
    return f"{base_path()}{API}/"


def feed_address() -> str:
    """The address on this host of the feed of changes."""
    return f"{base_path()}{FEED}"


def inner_path(scope: Mapping[str, Any], base: str) -> str:
    """The path of a request as Streamlit's routes see it: without the server's mount and base path."""
    path = str(scope.get("path", ""))
    for prefix in (str(scope.get("root_path", "")).rstrip("/"), base):
        if prefix and (path == prefix or path.startswith(f"{prefix}/")):
            path = path[len(prefix) :]
    return path or "/"


def is_under(path: str, *prefixes: str) -> bool:
    """Whether a path is one of the prefixes or lies under one of them."""
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in prefixes)
