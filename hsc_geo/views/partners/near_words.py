"""What is near, in words."""

from typing import Any

from hsc_geo.analysis.matrix import EVERY, KNOWN, Basis
from hsc_geo.analysis.near import Near, Point, areas_at
from hsc_geo.analysis.places import places
from hsc_geo.analysis.serving import CITY, REGION, scope_of
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Row
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.partners.choices import GROUPS
from hsc_geo.views.wording import initiative
from hsc_geo.views.wording.counted import label as counted_label

STEP = 10  # metres: a place is known to a house or a street, not to the metre


def metres_text(n: Names, metres: float) -> str:
    """A distance as precisely as places are known: in tens of metres."""
    return n.w.t("{n} m", n=n.w.number(round(metres / STEP) * STEP))


def where_text(n: Names, state: PageState, point: Point) -> str:
    """What distances are measured from."""
    w = n.w
    if state["at"]:
        areas = areas_at(n.package, point)
        name = n.area(areas[0]) if areas else n.w.t("outside the neighbourhoods")
        return w.t("the chosen point in {area}", area=name)
    if state["place"]:
        return w.t("the middle of {area}", area=n.area(state["place"]))
    return n.initiative(state["own"])


def near_text(n: Names, state: PageState, point: Point, found: Near) -> str:
    """How many are near, measured from where, and how many are farther off."""
    w = n.w
    rest = (
        w.tn("{n} more lies farther off.", "{n} more lie farther off.", found.farther)
        if found.farther
        else ""
    )
    if not found.placed:
        return rest
    text = w.tn(
        "{n} initiative with a known place ({label}), by distance from {place}.",
        "{n} initiatives with a known place ({label}), by distance from {place}.",
        len(found.placed),
        label=counted_label(n, Basis(EVERY if state["ended"] else KNOWN)),
        place=where_text(n, state, point),
    )
    return f"{text} {rest}".strip()


def near_columns(n: Names) -> list[Column]:
    """Columns that go with `near_rows`."""
    w = n.w
    return [
        Column("name", w.t("Initiative"), sortable=False),
        Column("metres", w.t("Distance"), numeric=True, sortable=False),
        Column("place", w.t("Place known to"), sortable=False),
        Column("ambition", w.t("Ambition (most are inferred)"), sortable=False),
        Column("status", w.t("Status"), sortable=False),
    ]


def near_rows(n: Names, found: Near) -> list[Row]:
    """A row per initiative with a place, nearest first."""
    return [_row(n, key, metres) for key, metres in found.placed]


def place_text(n: Names, key: str) -> str:
    """How precisely its places are known and, of what is there for the whole city or the region, that it is."""
    known = (place.precision for place in places(n.package, key) if place.has_point)
    precision = ", ".join(n.term("precision", each) for each in dict.fromkeys(known))
    wide = {CITY: n.w.t("for the whole city"), REGION: n.w.t("for the region")}
    scope = wide.get(scope_of(n.package)[key], "")
    return "; ".join(filter(None, (precision, scope)))


def _row(n: Names, key: str, metres: float) -> Row:
    row: Any = n.package.initiatives.loc[key]
    cells = [
        n.initiative(key),
        metres_text(n, metres),
        place_text(n, key),
        initiative.ambitions_text(n, row),
        initiative.listed_status(n, key),
    ]
    return Row(key, cells, {})


def group_names(n: Names, found: Near) -> dict[str, str]:
    """The groups without a place, each with its number."""
    w = n.w
    names = {
        "area_only": w.t("Known to this neighbourhood or its district, place not known"),
        "city": w.t("For the whole city"),
        "region": w.t("For the region"),
        "unknown": w.t("Area not known"),
        "elsewhere": w.t("Known to other areas"),
    }
    return {code: f"{names[code]} ({n.w.number(len(getattr(found, code)))})" for code in GROUPS}


def method_texts(n: Names) -> list[str]:
    """How distance is measured, and what becomes of what is typed."""
    w = n.w
    return [
        w.t(
            "Distance is as the crow flies, in tens of metres; a place known to a street only can be farther or nearer."
        ),
        w.t(
            "What you type is looked up in the register first. Where that is not sure, our server asks the address "
            "service of PDOK (Kadaster). What you type is not stored; the link holds the chosen point."
        ),
    ]
