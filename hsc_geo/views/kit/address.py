"""Full addresses of pages of this site, as the visitor's browser knows it."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode, urlsplit

import streamlit as st

from hsc_geo.views.kit.html import safe_url
from hsc_geo.views.kit.names import Names


def page_address(path: str, address: Mapping[str, Sequence[str] | str]) -> str:
    """The full address of a page of this site with these choices; '' where the site does not know its own address."""
    parts = urlsplit(str(st.context.url or ""))
    if not parts.netloc:
        return ""
    folder = parts.path.rsplit("/", 1)[0]
    query = urlencode(address, doseq=True)
    return safe_url(f"{parts.scheme}://{parts.netloc}{folder}/{path}{'?' if query else ''}{query}")


def address_of(n: Names, values: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The address of the choices as a paper carries it: with the language, and the day from which it counts."""
    kept = {key: list(parts) for key, parts in values.items() if key != "lang"}
    return {**kept, **{key: [text] for key, text in n.shared().items()}}
