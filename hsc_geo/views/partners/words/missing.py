"""Who is missing in words: kinds of partner by ambition, whom to invite, neighbourhoods without."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hsc_geo.analysis.matrix import ALL
from hsc_geo.analysis.partners import (
    HERE,
    Cell,
    Invitation,
    Spot,
    WhoIsMissing,
    ambition_codes,
)
from hsc_geo.views.kit.html import safe_url
from hsc_geo.views.kit.names import Names, organisation_name
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.kit.words import lower_first
from hsc_geo.views.partners.answers import MissingAnswer
from hsc_geo.views.partners.choices import MissingChoice
from hsc_geo.views.wording.asked import absent
from hsc_geo.views.wording.counted import label
from hsc_geo.views.wording.missing import kinds_text, none_missing_text

MOST_NAMES = 3  # initiatives named in one cell


def said(n: Names, choice: MissingChoice, found: WhoIsMissing) -> str:
    """Which kinds of partner are not known to take part in the area."""
    area = n.area(choice.area)
    if not found.missing:
        return none_missing_text(n, area)
    return n.w.t(
        "{area}: of {total} kinds of partner {missing} are not known to take part ({kinds}).",
        area=area,
        total=n.w.number(len(found.sectors)),
        missing=n.w.number(len(found.missing)),
        kinds=kinds_text(n, found.missing),
    )


def matrix(n: Names, found: WhoIsMissing) -> Listing:
    """Kinds of partner by ambition."""
    caption = n.w.t(
        "Initiatives in which a kind of partner is known to take part and that serve {area}; choose a row for whom to "
        "invite",
        area=n.area(found.area_code),
    )
    return Listing(caption, matrix_columns(n, found), matrix_rows(n, found))


def matrix_columns(n: Names, found: WhoIsMissing) -> list[Column]:
    """Columns that go with `matrix_rows`."""
    return [
        Column("sector", n.w.t("Kind of partner"), sortable=False),
        *(Column(code, n.term("ambition", code), sortable=False, wordy=True) for code in found.ambitions),
        Column("all", n.w.t("Any ambition"), sortable=False, wordy=True),
    ]


def matrix_rows(n: Names, found: WhoIsMissing) -> list[Row]:
    """A row per kind of partner; the more are known, the stronger the colour."""
    most = max((len(cell.here) for (_, ambition), cell in found.cells.items() if ambition), default=0)
    rows = []
    for sector in found.sectors:
        cells = [found.cells[sector, each] for each in found.ambitions]
        every = {"text": cell_text(n, found.cells[sector, ALL]), "heat": 0}
        rows.append(
            Row(sector, [n.term("sector", sector), *(_heated(n, cell, most) for cell in cells), every], {})
        )
    return rows


def _heated(n: Names, cell: Cell, most: int) -> dict[str, object]:
    return {"text": cell_text(n, cell), "heat": round(len(cell.here) / most, 2) if cell.here else 0}


def cell_text(n: Names, cell: Cell) -> str:
    """How many initiatives are known here; else that none is, and how many for more than the area or elsewhere."""
    w = n.w
    if cell.state == HERE:
        return w.t("{n} known", n=w.number(len(cell.here)))
    parts = [
        w.t("whole district {n}", n=w.number(len(cell.around))) if cell.around else "",
        w.t("city or region {n}", n=w.number(len(cell.wide))) if cell.wide else "",
        w.t("elsewhere {n}", n=w.number(len(cell.elsewhere))) if cell.elsewhere else "",
    ]
    rest = ", ".join(part for part in parts if part)
    return w.t("none known ({rest})", rest=rest) if rest else w.t("none known in the city")


def invitation_list(n: Names, choice: MissingChoice, guests: Sequence[Invitation]) -> Listing:
    """Whom to invite."""
    caption = invite_caption(n, len(guests), choice.area, choice.ambition)
    return Listing(caption, invite_columns(n, choice.ambition), invite_rows(n, guests))


def invite_caption(n: Names, number: int, area_code: str, ambition: str) -> str:
    """How many can be invited, and what they are not known to do in the area."""
    if ambition:
        return n.w.tn(
            "{n} organisation of this kind in no initiative known to serve {area} with the ambition: {ambition}",
            "{n} organisations of this kind in no initiative known to serve {area} with the ambition: {ambition}",
            number,
            area=n.area(area_code),
            ambition=lower_first(n.term("ambition", ambition)),
        )
    return n.w.tn(
        "{n} organisation of this kind in no initiative known to serve {area}",
        "{n} organisations of this kind in no initiative known to serve {area}",
        number,
        area=n.area(area_code),
    )


def invite_columns(n: Names, ambition: str) -> list[Column]:
    """Columns that go with `invite_rows`."""
    w = n.w
    fitting = w.t("Its initiatives with this ambition") if ambition else w.t("Its initiatives")
    return [
        Column("name", w.t("Organisation"), sortable=False),
        Column("fitting", fitting, sortable=False, wordy=True),
        Column("others", w.t("Others"), numeric=True, sortable=False),
        Column("contact", w.t("Contact of the office"), sortable=False),
        Column("website", w.t("Website"), sortable=False),
        Column("source", w.t("Source"), sortable=False),
    ]


def invite_rows(n: Names, guests: Sequence[Invitation]) -> list[Row]:
    """A row per organisation, with its public website, the mailbox of its office and its source."""
    return [_guest(n, each) for each in guests]


def _guest(n: Names, each: Invitation) -> Row:
    w = n.w
    row: Any = n.package.organisations.loc[each.organisation_id]
    names = [n.initiative(key) for key in each.fitting]
    more = [w.t("and {n} more", n=w.number(len(names) - MOST_NAMES))] if len(names) > MOST_NAMES else []
    site = safe_url(row["website"])
    cells = [
        organisation_name(n, each.organisation_id),
        "; ".join([*names[:MOST_NAMES], *more]) or w.t("none known"),
        w.number(len(each.others)) if each.others else w.t("none known"),
        row["public_contact"] or w.t("none known"),
        {"text": w.t("website"), "href": site} if site else w.t("none known"),
        {"text": row["source_publisher"] or w.t("source"), "href": safe_url(row["source_url"])},
    ]
    return Row(each.organisation_id, cells, {})


def gaps(n: Names, answer: MissingAnswer) -> Listing:
    """Neighbourhoods of the district by ambition."""
    ambitions = ambition_codes(n.package)
    columns = [
        Column("name", n.w.t("Neighbourhood"), sortable=False),
        *(Column(each, n.term("ambition", each), sortable=False, wordy=True) for each in ambitions),
    ]
    caption = n.w.t("By ambition, for the neighbourhoods of {district}", district=n.area(answer.district))
    return Listing(caption, columns, gap_rows(n, answer.spots))


def gap_rows(n: Names, found: Sequence[Spot]) -> list[Row]:
    """A row per neighbourhood: for each ambition how many are known, or what is said of none known."""
    texts: dict[str, list[str]] = {}
    for spot in found:
        texts.setdefault(spot.neighbourhood, []).append(spot_text(n, spot))
    return [Row("", [n.area(code), *cells], {}) for code, cells in texts.items()]


def spot_text(n: Names, spot: Spot) -> str:
    """Who is known for an ambition in a neighbourhood: its own, those of its district as a whole, and beside these
    what is there for the whole city or region."""
    w, count = n.w, spot.count
    own = (
        w.t("{n} known", n=w.number(count.number))
        if count.number
        else absent(n, spot.neighbourhood, spot.ambition)
    )
    around = w.t("{n} for its district as a whole", n=w.number(len(count.around))) if count.around else ""
    wide = w.t("{n} for the whole city or region", n=w.number(len(count.wide))) if count.wide else ""
    rest = ", ".join(part for part in (around, wide) if part)
    return f"{own}; {rest}" if rest else own


def gap_text(n: Names, found: Sequence[Spot], district: str) -> str:
    """How many combinations of neighbourhood and ambition have none known, nor to the district as a whole."""
    return n.w.tn(
        "In {district} there is {n} combination of neighbourhood and ambition for which no initiative is known, nor "
        "one for the district as a whole.",
        "In {district} there are {n} combinations of neighbourhood and ambition for which no initiative is known, nor "
        "one for the district as a whole.",
        sum(spot.empty for spot in found),
        district=n.area(district),
    )


def method_texts(n: Names) -> list[str]:
    """What counts, and what none known means."""
    w = n.w
    return [
        w.t("Counted: {label}.", label=label(n)),
        w.t(
            "A kind of partner takes part when the initiative is of that sector, or one of its organisations is, as "
            "leader or as partner. Most ambitions are inferred by us."
        ),
        w.t(
            "What is known to a district as a whole is in the number of none of its neighbourhoods; it stands beside "
            "it, and nobody in it is called missing there. The same for what is there for the whole city or region, "
            "but that does not say who is missing in a district."
        ),
        w.t("None known is not the same as none: ask in the district before you say that nobody is there."),
    ]
