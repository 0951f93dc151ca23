"""What the municipality itself says of the figures of a profile: its text, its office and how to reach that."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup

from hsc_geo.analysis.explanations import Explanation
from hsc_geo.views.kit.html import joined, link, markup
from hsc_geo.views.kit.names import Names

_MAILBOX = re.compile(r"mailto:[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)


def block(n: Names, found: Iterable[Explanation]) -> Markup:
    """All explanations under one heading; nothing where the municipality gave none."""
    parts = [_one(n, each) for each in found]
    if not parts:
        return Markup("")
    head = n.w.t("What the municipality says of these figures")
    return markup('<section class="hsc-card"><h2>{}</h2>{}</section>', head, joined(parts))


def _one(n: Names, each: Explanation) -> Markup:
    w = n.w
    figure = n.indicator(each.indicator_id) if each.indicator_id else w.t("all figures")
    source = link(each.source, w.t("source")) if each.source else ""
    return markup(
        '<p><strong>{}, {}</strong>: {}</p><p class="hsc-quiet">{}, {} · {} {}</p>',
        n.area(each.area_code),
        figure,
        each.text_nl if w.code == "nl" else each.text_en,
        each.office,
        w.date(each.day),
        contact(each.contact, w.t("ask this office")),
        source,
    )


def contact(address: str, text: str) -> Markup:
    """A link to an office: a web page or its mailbox; only the text where the address is neither."""
    if _MAILBOX.fullmatch(address):
        return markup('<a href="{}">{}</a>', address, text)
    return link(address, text)
