"""Which kinds of partner are missing in an area, in words: a question to ask there, no proof that they are absent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hsc_geo.analysis.profile import check_level
from hsc_geo.analysis.serving import NEIGHBOURHOOD
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import lower_first


def missing_text(n: Names, code: str, sectors: Sequence[str]) -> str:
    """The kinds of partner (`sectors`) that are known in the city and not in an initiative that serves the area."""
    w = n.w
    fine = check_level(n.package, code) == NEIGHBOURHOOD
    where = w.t("{area} or its district as a whole", area=n.area(code)) if fine else n.area(code)
    if not sectors:
        return none_missing_text(n, where)
    return w.t(
        "Known elsewhere in the city, and in no initiative that is known to serve {area}: {kinds}. That is a question "
        "to ask there, not proof that they are absent.",
        area=where,
        kinds=kinds_text(n, sectors),
    )


def none_missing_text(n: Names, where: str) -> str:
    """That all kinds of partner take part in an area, or in several; of an empty register that none is known."""
    if n.empty:
        return n.w.t(
            "No initiative is in the register yet, so of no kind of partner is it known to take part."
        )
    return n.w.t(
        "Every kind of partner that is known in the city is known to take part in {area}.", area=where
    )


def kinds_text(n: Names, sectors: Iterable[str]) -> str:
    """Kinds of partner in a row, as inside a sentence."""
    return ", ".join(lower_first(n.term("sector", sector)) for sector in sectors)
