"""Draws docs/architecture.svg from the code: floors with their rooms, and below that who imports whom.

.venv/bin/python tools/draw_architecture.py
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a script

from tools.rooms import VIEWS, Floor, House, house  # noqa: E402 - the path comes first

DRAWING = ROOT / "docs" / "architecture.svg"
WIDTH, EDGE, GAP = 980, 24, 8
LINE, LETTER = 15, 6.3  # height of a line of text, mean width of a letter, in pixels at 12 pixels
CELL, HEAD, LABELS = 24, 96, 190  # of the table of imports: a cell, the names above it, those beside it
INK, QUIET, ACCENT, ROOM, LAYER, WRONG = "#1c2530", "#4a5866", "#0b5563", "#ffffff", "#d9ecf0", "#b3400a"
FONT = "'Source Sans 3', 'Segoe UI', Helvetica, Arial, sans-serif"


def drawn(plan: House) -> str:
    """The whole drawing as SVG; the same house gives the same text."""
    top, floors = house_part(plan)
    height, table = table_part(plan, top + 24)
    described = "; ".join(told(plan, name) for name in plan.names)
    title = "The layers of hsc_geo and the rooms of its views"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
            f'role="img" aria-labelledby="title desc" font-family="{FONT}" font-size="12" fill="{INK}">',
            f'<title id="title">{title}</title>',
            f'<desc id="desc">From above, each imports only what stands lower. {escape(described)}.</desc>',
            f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
            *floors,
            *table,
            "</svg>\n",
        ]
    )


def told(plan: House, name: str) -> str:
    """Whom one imports, in words."""
    whom = [short(each) for each in plan.names if (name, each) in plan.imports]
    return f"{short(name)} imports {', '.join(whom) or 'none of these'}"


def short(name: str) -> str:
    """A name without the package; a room keeps that it is of the views."""
    return name.removeprefix("hsc_geo.")


# The house


def house_part(plan: House) -> tuple[float, list[str]]:
    """Where the floors end, and their boxes; the floors of the views have one frame around them."""
    y, parts, frame = float(EDGE), [], []
    for floor in plan.floors:
        inside = floor[0].startswith(f"{VIEWS}.")
        if inside and not frame:
            parts.append(text(EDGE, y + 16, "hsc_geo/views", size=14, weight=700, fill="#7a4b00"))
            frame.append(y)
            y += 28
        height, boxes = floor_part(plan, floor, y, inset=12 if inside else 0)
        parts += boxes
        y += height + GAP
        if inside:
            frame[1:] = [y]
    start, end = frame
    size = f'width="{WIDTH - 2 * EDGE + 16}" height="{number(end - start)}"'
    outline = f'<rect x="{EDGE - 8}" y="{number(start - 4)}" {size}'
    return y, [f'{outline} rx="6" fill="#fdf8ef" stroke="#7a4b00"/>', *parts]


def floor_part(plan: House, floor: Floor, y: float, inset: int) -> tuple[float, list[str]]:
    """The height of a floor and its boxes, side by side over the whole width."""
    whole = WIDTH - 2 * (EDGE + inset) + GAP
    width = whole / len(floor) - GAP
    lines = [textwrap.wrap(plan.purposes[name], int((width - 16) / LETTER)) for name in floor]
    height = 30 + LINE * max(map(len, lines))
    boxes = []
    for at, (name, purpose) in enumerate(zip(floor, lines, strict=True)):
        x = EDGE + inset + at * (width + GAP)
        boxes += box(
            x, y, width, height, short(name).removeprefix("views."), purpose, ROOM if inset else LAYER
        )
    return height, boxes


def box(
    x: float, y: float, width: float, height: float, name: str, lines: Sequence[str], fill: str
) -> Iterator[str]:
    """One layer or room: its name and what it is for."""
    size = f'width="{number(width)}" height="{number(height)}"'
    yield f'<rect x="{number(x)}" y="{number(y)}" {size} rx="4" fill="{fill}" stroke="{ACCENT}"/>'
    yield text(x + 8, y + 19, name, size=14, weight=700)
    yield from (text(x + 8, y + 36 + LINE * at, line, fill=QUIET) for at, line in enumerate(lines))


# Who imports whom


def table_part(plan: House, y: float) -> tuple[int, list[str]]:
    """Where the table ends, and its lines: a row for who imports, a column for whom, in the order of the floors."""
    names, left, first = plan.names, EDGE + LABELS, y + 26 + HEAD
    parts = [text(EDGE, y + 12, "Who (row) imports whom (column)", size=14, weight=700)]
    parts.append(text(EDGE, y + 30, "On grey, or left of it, nothing may stand.", fill=QUIET))
    for at, name in enumerate(names):
        middle = number(CELL * at + CELL / 2)
        parts.append(
            f'<g transform="translate({number(left + float(middle) + 4)} {number(first - 6)}) rotate(-90)">'
        )
        parts.append(text(0, 0, short(name)) + "</g>")
        parts.append(text(left - 8, first + float(middle) + 4, short(name), anchor="end"))
    parts += grid(plan, left, first)
    return round(first + CELL * len(names) + EDGE), parts


def grid(plan: House, left: float, first: float) -> Iterator[str]:
    """Cells; grey where a floor meets itself; a dot for an import, in another colour where it does not go down."""
    names = plan.names
    yield square(left, first, CELL * len(names), "#f3f5f6")
    for floor in plan.floors:
        place = CELL * names.index(floor[0])
        yield square(left + place, first + place, CELL * len(floor), "#c9d0d6")
    lines = [CELL * at for at in range(1, len(names))]
    across = "".join(f"M{number(left)} {number(first + at)}h{CELL * len(names)}" for at in lines)
    down = "".join(f"M{number(left + at)} {number(first)}v{CELL * len(names)}" for at in lines)
    yield f'<path d="{across}{down}" stroke="#ffffff"/>'
    wrong = set(plan.upward())
    for who, whom in sorted(plan.imports, key=lambda pair: (names.index(pair[0]), names.index(pair[1]))):
        x, y = (at + CELL * names.index(name) + CELL / 2 for at, name in ((left, whom), (first, who)))
        colour = WRONG if (who, whom) in wrong else ACCENT
        yield f'<circle cx="{number(x)}" cy="{number(y)}" r="6" fill="{colour}"/>'


def square(x: float, y: float, size: float, fill: str) -> str:
    """A filled square."""
    return f'<rect x="{number(x)}" y="{number(y)}" width="{number(size)}" height="{number(size)}" fill="{fill}"/>'


def text(
    x: float, y: float, words: str, size: int = 12, weight: int = 400, fill: str = INK, anchor: str = "start"
) -> str:
    """A line of text with its baseline at y."""
    place = f'x="{number(x)}" y="{number(y)}" font-size="{size}" font-weight="{weight}"'
    return f'<text {place} fill="{fill}" text-anchor="{anchor}">{escape(words)}</text>'


def number(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


if __name__ == "__main__":
    DRAWING.write_text(drawn(house(ROOT)), encoding="utf-8", newline="\n")
