"""How need and the two verdicts come about, in words: what a page or a paper tells under its answer."""

from __future__ import annotations

from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.gaps import LEAST_PLACED, MONTHS, SMALL, Gaps
from hsc_geo.views.coverage.words.verdict import tie_text
from hsc_geo.views.kit.names import Names


def method_texts(n: Names, found: Gaps, confirmed: bool) -> list[str]:
    """How need and verdict come about; confirmed: only what was confirmed lately counts."""
    return [*need_texts(n, found), *rule_texts(n, confirmed), *notes(n, found)]


def need_texts(n: Names, found: Gaps) -> list[str]:
    """How the index of need comes about, and when it is high."""
    w, city = n.w, n.area(municipality_code(n.package))
    off = w.t("How far the figures themselves may be off is not in it: no interval is published of them.")
    if found.intervals:
        off = w.t(
            "And need must be higher than in {city} with every figure at that end of its 95% interval where need is "
            "least. The value of {city} counts as exact. Else need is not distinguishable from that of {city}, and no "
            "gap is called.",
            city=city,
        )
    return [
        w.t(
            "Need: each figure becomes a percentile among the areas of this level, turned so that high "
            "is need; the weighted mean of these is ranked again. An area without one of the figures has no "
            "index."
        ),
        w.t(
            "In the top quarter: in how many of 1,000 random weightings of the same figures the area is among "
            "the highest."
        ),
        w.t(
            "Need is high, robust to the weights: in the top quarter in at least 90% of those weightings, and in the "
            "top third whichever figure is left out."
        ),
        off,
    ]


def rule_texts(n: Names, confirmed: bool) -> list[str]:
    """What each rule calls a gap, and what it does not."""
    w = n.w
    lately = w.t(
        "When only confirmed initiatives count, an area is called a gap only if it also is one by all that are "
        "known: what nobody confirmed may well go on."
    )
    return [
        w.t(
            "Gap by what is known in the area: need is high in that sense, and none is known to the area; for a "
            "neighbourhood, nor anywhere in its district."
        ),
        w.t(
            "Gap by places: need is high in that sense, and few residents are within reach, even if initiatives "
            "without a known place reach everyone, at this distance and at half as much again."
        ),
        w.t(
            "A rule calls a gap only when it can place at least {n} of these initiatives in the city, and not in areas "
            "with fewer than {residents} residents or with more than half of them aged 15 to 24.",
            n=LEAST_PLACED,
            residents=w.number(SMALL),
        ),
        w.t(
            "What is there for the whole city or the region stands beside the verdict: it tempers a gap, and does not "
            "take it away. With a known place it counts as a place."
        ),
        *([lately] if confirmed else []),
        w.t("A gap is a reason to ask, not proof: it is about what is known."),
    ]


def notes(n: Names, found: Gaps) -> list[str]:
    """What holds for the whole: equal areas, old evidence."""
    old = n.w.t("Most of what counts was last seen more than {n} months ago, or carries no date.", n=MONTHS)
    return [text for text in (tie_text(n, found), old if "register_old" in found.notes else "") if text]
