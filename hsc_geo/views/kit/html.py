"""Text from data becomes HTML here and nowhere else: everything is escaped, links only lead to http(s).

`markup("<p>{}</p>", text)` escapes each argument unless it is markup already made here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from hsc_geo.domain.text import carriable

LONGEST = 2000
_MARKDOWN = re.compile(r"[\\`*_\[\]<>$:!~^#|]")


def markup(template: str, *values: object, **named: object) -> Markup:
    """`template` (trusted, from the code) with escaped values in its places."""
    return Markup(template).format(  # noqa: S704 - the template is ours
        *map(_shorten, values), **{key: _shorten(v) for key, v in named.items()}
    )


def joined(parts: Iterable[object], between: str = "") -> Markup:
    """Parts joined, each escaped unless it is markup."""
    return Markup(between).join(escape(_shorten(part)) for part in parts)  # noqa: S704 - ours as well


def label(text: str) -> str:
    """Text as the label of a control that Streamlit reads as Markdown: its signs are shown, not obeyed."""
    return _MARKDOWN.sub(r"\\\g<0>", carriable(text))


def safe_url(url: object) -> str:
    """The address when it is an http(s) one with a host and not absurdly long, else ''."""
    text = carriable(str(url or "").strip())
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    usable = len(text) <= LONGEST and parts.scheme.lower() in ("http", "https") and parts.netloc
    return text if usable else ""


def link(url: object, text: object) -> Markup:
    """A link to another site; only its text where the address is not http(s)."""
    target = safe_url(url)
    if not target:
        return markup("{}", text)
    return markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>', target, text)


def quiet(text: object) -> Markup:
    """A remark: smaller and paler than the text it belongs to, in a contrast that WCAG asks."""
    return markup('<p class="hsc-quiet">{}</p>', text)


def items(parts: Iterable[object], css: str = "") -> Markup:
    """An unordered list."""
    return markup('<ul class="{}">{}</ul>', css, joined(markup("<li>{}</li>", part) for part in parts))


def facts(pairs: Iterable[tuple[object, object]]) -> Markup:
    """A description list of the pairs that have a value."""
    rows = joined(
        markup("<dt>{}</dt><dd>{}</dd>", name, value) for name, value in pairs if value not in ("", None)
    )
    return markup('<dl class="hsc-facts">{}</dl>', rows)


def badge(text: object, css: str = "") -> Markup:
    """A small label."""
    return markup('<span class="hsc-badge {}">{}</span>', css, text)


def _shorten(value: object) -> object:
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    text = carriable(value)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
