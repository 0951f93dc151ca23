"""Where the names of marks stand in a plot: beside their mark, where they cover no other one nor a mark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hsc_geo.views.paper.model import Dot, Plot

Box = tuple[float, float, float, float]  # left, top, right, bottom; y runs downwards
Place = tuple[float, float, str]  # a step from the mark to the baseline of its name, and how that is set


def placed(
    names: Iterable[tuple[str, float, float, float]],
    taken: Iterable[Box],
    places: Sequence[Place],
    letters: float,
    room: Box,
) -> Iterator[tuple[int, Place]]:
    """Which of the names have room, each with the first of the places where it is free.

    names: text, how wide it is, and its mark (x, y), the one that matters most first. taken: where nothing may stand.
    letters: their size. room: in which they must stay. All in one unit of length.
    """
    kept = list(taken)
    for i, (_, wide, x, y) in enumerate(names):
        for place in places:
            box = _box(x + place[0], y + place[1], wide, letters, place[2])
            if _within(box, room) and not any(meet(box, other) for other in kept):
                kept.append(box)
                yield i, place
                break


def named_dots(plot: Plot) -> list[Dot]:
    """The marks that have a name; the text of a bar stands in it and is none."""
    return [dot for series in plot.series if not series.bars for dot in series.dots if dot.label]


def around(marks: Iterable[tuple[float, float]], radius: float) -> list[Box]:
    """What marks cover."""
    return [(x - radius, y - radius, x + radius, y + radius) for x, y in marks]


def _box(x: float, y: float, wide: float, letters: float, side: str) -> Box:
    left = {"start": x, "end": x - wide, "middle": x - wide / 2}[side]
    return left, y - letters * 0.8, left + wide, y + 1.5


def _within(box: Box, room: Box) -> bool:
    return box[0] >= room[0] and box[1] >= room[1] and box[2] <= room[2] and box[3] <= room[3]


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes cover each other in part."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
