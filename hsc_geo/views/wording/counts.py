"""Counts of initiatives in words."""

from collections.abc import Sequence
from datetime import date

from hsc_geo.analysis.matrix import BANDS, GROUPS, freshness_bands, status_groups, tally
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names

TOTAL, STATUS, FRESHNESS = SPLITS = ("total", "status", "fresh")


def cell_text(n: Names, ids: Sequence[str], split: str, ever: Sequence[str] = (), none: str = "") -> str:
    """The number of initiatives, with `split` also how many of each status or freshness; never a bare zero: that none
    counts of those `ever` known, or `none`, which without more is that none is known."""
    if not ids:
        uncounted = n.w.t("none counts ({n} known)", n=n.w.number(len(ever)))
        return uncounted if ever else none or n.w.t("none known")
    number = n.w.number(len(ids))
    if split == TOTAL:
        return number
    parts = _parts(n, ids, split)
    return parts[0] if len(parts) == 1 else f"{number}: {', '.join(parts)}"


def _parts(n: Names, ids: Sequence[str], split: str) -> list[str]:
    order, name = (GROUPS, _status) if split == STATUS else (BANDS, _fresh)
    return [name(n, *each) for each in tally(ids, _labels(n.package, split, n.today), order).items()]


@per_package(maxsize=8)
def _labels(package: Package, split: str, today: date) -> dict[str, str]:
    labels = status_groups(package) if split == STATUS else freshness_bands(package, today)
    return {str(key): str(label) for key, label in labels.items()}


def _status(n: Names, group: str, count: int) -> str:
    w, number = n.w, n.w.number(count)
    return {
        "active": w.t("{n} active when last seen", n=number),
        "planned": w.t("{n} planned or funded", n=number),
        "unknown": w.t("{n} of unknown status", n=number),
        "ended": w.t("{n} ended", n=number),
    }[group]


def _fresh(n: Names, band: str, count: int) -> str:
    w, number = n.w, n.w.number(count)
    return {
        "12": w.t("{n} within 12 months", n=number),
        "24": w.t("{n} in 13 to 24 months", n=number),
        "36": w.t("{n} in 25 to 36 months", n=number),
        "older": w.t("{n} older", n=number),
        "undated": w.t("{n} undated", n=number),
    }[band]
