"""A picture that stands alone: what it shows above it, and where it comes from below."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from hsc_geo.views.paper import svg

MARGIN = 4.0  # points


def standing_alone(parts: Sequence[Markup], height: float, width: float, texts: tuple[str, str, str]) -> str:
    """The picture of these parts, so many points high and wide, as SVG text. texts: title, subtitle, foot."""
    title, subtitle, foot = texts
    most = width - 2 * MARGIN
    heads = [(14.0, 700, text) for text in fitted(title, most, 14.0, 2)]
    heads += [(9.0, 400, text) for text in fitted(subtitle, most, 9.0, 4)]
    drawn, top = [], MARGIN
    for size, weight, text in heads:
        top += size * 1.25
        drawn.append(svg.words(MARGIN, top, text, size, weight=weight))
    feet = fitted(foot, most, 8.0, 3)
    below = top + 6 + height
    last = [svg.words(MARGIN, below + 8 + i * 9, text, 8, svg.QUIET) for i, text in enumerate(feet)]
    return str(svg.picture(width, below + 12 + 9 * len(feet), [*drawn, svg.moved(0, top + 6, parts), *last]))


def fitted(text: str, width: float, size: float, most: int) -> list[str]:
    """The text in at most so many lines; an ellipsis where it is cut."""
    letters = min(svg.LONGEST_LABEL, int(width / (size * svg.LETTER)))
    lines = svg.wrapped(svg.label(text, 400), letters)
    return [*lines[: most - 1], f"{lines[most - 1]} …"] if len(lines) > most else lines
