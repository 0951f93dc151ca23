"""Signs that an initiative may end, in words: in its panel, with an organisation, and as one list of the city."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hsc_geo.analysis.continuity import (
    ENDS,
    GRANT_ONLY,
    ONE_FUNDER,
    PAST_END,
    SOON,
    VOLUNTEERS,
    Sign,
    continuity,
)
from hsc_geo.domain.ladder import FROM_STATUS
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.stated import stated


def ladder_text(n: Names, row: Any) -> str:
    """The step on the ladder with what it rests on; that no source says, where none does."""
    w = n.w
    if not row["ladder"]:
        return w.t("no source says")
    inferred = FROM_STATUS in str(row["inferred_fields"]).split("|")
    basis = w.t("inferred by us from the status") if inferred else w.pick(row, "ladder_basis")
    name = n.term("ladder", str(row["ladder"]))
    return f"{name} ({basis.rstrip('.')})" if basis else name


def sign_text(n: Names, found: Sign) -> str:
    """One sign in words."""
    w = n.w
    return {
        ENDS: w.t("{year} is its last year, as the source states", year=found.value),
        PAST_END: w.t("its last year, {year}, is over; no source says that it ended", year=found.value),
        ONE_FUNDER: w.t("one funder is known: {name}", name=found.value),
        VOLUNTEERS: w.t("volunteers run it"),
        GRANT_ONLY: w.t("a grant was given; no source says that it was carried out"),
    }[found.code]


def signs_text(n: Names, key: str, months: int = SOON) -> str:
    """The signs of an initiative; '' where there are none."""
    found = continuity(_row(n, key), n.today, months)
    return "; ".join(sign_text(n, one) for one in found.signs)


def facts_of(n: Names, key: str) -> list[tuple[str, object]]:
    """What the panel of an initiative says: its step, who pays and runs it, signs that it may end, what is open."""
    w, row = n.w, _row(n, key)
    return [
        (w.t("How far it has come"), ladder_text(n, row)),
        (w.t("Who pays"), stated(n.w, row["funders"])),
        (w.t("Who runs it"), n.term("run_by", str(row["run_by"])) if row["run_by"] else ""),
        (w.t("About money and people"), w.pick(row, "continuity_basis")),
        (w.t("Signs that it may end"), signs_text(n, key)),
        (w.t("No source says"), unknown_text(n, continuity(row, n.today).unknown)),
    ]


def unknown_text(n: Names, names: Sequence[str]) -> str:
    """What no source says of an initiative."""
    w = n.w
    texts = {"funders": w.t("who pays"), "run_by": w.t("who runs it"), "end_year": w.t("until when")}
    return ", ".join(texts[name] for name in names)


def _row(n: Names, key: str) -> Any:
    return n.package.initiatives.loc[key]


# What may end
