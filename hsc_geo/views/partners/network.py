"""The network of an organisation as a picture: itself, and a line to each organisation that it shares initiatives with.

Streamlit keeps no drawing in a page's HTML, so the picture stands in an image of its own (SVG in a data address), which
can run nothing and load nothing. The table beside it holds the same and more.
"""

from __future__ import annotations

import base64
import textwrap
from collections.abc import Sequence

from markupsafe import Markup

from hsc_geo.analysis.partners import Companion
from hsc_geo.views.kit.html import joined, markup
from hsc_geo.views.kit.names import Names, plain

MOST = 12  # lines: more cannot be read on a phone
WIDTH, STEP, MARGIN = 360, 30, 18
CENTRE, RIM, TEXT = 104, 168, 184  # x of the organisation, of the others, and of their names
LONGEST = 27  # letters of a name beside its dot
INK = {"light": ("#1c2530", "#5a6672", "#0b5563"), "dark": ("#eef2f5", "#a9b6c2", "#7cc3d0")}


def picture(n: Names, name: str, companions: Sequence[Companion], theme: str) -> Markup:
    """The picture with its text for who cannot see it; nothing where there are no companions."""
    shown = list(companions[:MOST])
    if not shown:
        return Markup("")
    code = base64.b64encode(str(drawing(name, shown, theme)).encode("utf-8", "replace")).decode("ascii")
    template = '<img src="data:image/svg+xml;base64,{}" alt="{}" style="width:100%;max-width:560px">'
    return markup(template, Markup(code), alternative(n, name, shown))  # noqa: S704 - letters and digits of our own


def alternative(n: Names, name: str, shown: Sequence[Companion]) -> str:
    """The picture in a sentence."""
    parts = [f"{plain(each.name)} ({n.w.number(len(each.initiatives))})" for each in shown]
    return n.w.t(
        "Network of {name}: lines to {others}. In brackets the initiatives that they share. The table holds the same.",
        name=plain(name),
        others=", ".join(parts),
    )


def drawing(name: str, shown: Sequence[Companion], theme: str) -> Markup:
    """SVG: the organisation at the left, the others below one another, thicker lines for more shared initiatives."""
    ink, quiet, accent = INK[theme]
    height = 2 * MARGIN + STEP * max(len(shown), 4)
    middle = height / 2
    most = max(len(each.initiatives) for each in shown)
    rows = [
        _companion(each, MARGIN + STEP * (i + 0.5) + _shift(len(shown)), middle, most, (ink, quiet, accent))
        for i, each in enumerate(shown)
    ]
    return markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" font-family="sans-serif" font-size="11.5">'
        '{}<circle cx="{}" cy="{}" r="9" fill="{}"/>{}</svg>',
        WIDTH,
        height,
        joined(rows),
        CENTRE,
        middle,
        accent,
        _own_name(name, middle, ink),
    )


def _shift(count: int) -> float:
    """Fewer than four stand in the middle of the height."""
    return STEP * max(0, 4 - count) / 2


def _companion(each: Companion, y: float, middle: float, most: int, colours: tuple[str, str, str]) -> Markup:
    ink, quiet, accent = colours
    number = len(each.initiatives)
    width = round(1 + 4 * number / most, 1)
    label = textwrap.shorten(plain(each.name), LONGEST, placeholder="…") or plain(each.name)[:LONGEST]
    dash = Markup("") if each.organisation_id else Markup(' stroke-dasharray="2 2"')
    return markup(
        '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{}" opacity="0.7"/>'
        '<circle cx="{}" cy="{}" r="6" fill="none" stroke="{}" stroke-width="2"{}/>'
        '<text x="{}" y="{}" fill="{}">{} · {}</text>',
        CENTRE,
        middle,
        RIM,
        y,
        quiet,
        width,
        RIM,
        y,
        accent,
        dash,
        TEXT,
        y + 4,
        ink,
        label,
        number,
    )


def _own_name(name: str, middle: float, ink: str) -> Markup:
    lines = textwrap.wrap(plain(name), 14)[:6] or [""]
    top = middle - 7 * (len(lines) - 1) + 4
    return joined(
        markup(
            '<text x="{}" y="{}" text-anchor="end" font-weight="bold" fill="{}">{}</text>',
            CENTRE - 14,
            top + 14 * i,
            ink,
            line,
        )
        for i, line in enumerate(lines)
    )
