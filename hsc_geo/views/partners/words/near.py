"""What is near, in words."""

from typing import Any

from hsc_geo.analysis.matrix import EVERY, KNOWN, Basis
from hsc_geo.analysis.near import Near, Point, areas_at
from hsc_geo.analysis.places import places
from hsc_geo.analysis.serving import CITY, REGION, scope_of
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.partners.answers import NearAnswer
from hsc_geo.views.partners.choices import GROUPS, NearChoice
from hsc_geo.views.wording import initiative
from hsc_geo.views.wording.counted import label as counted_label
from hsc_geo.views.wording.counted import wide_text
from hsc_geo.views.wording.initiatives import initiative_columns, initiative_row

STEP = 10  # metres: a place is known to a house or a street, not to the metre


def metres_text(n: Names, metres: float) -> str:
    """A distance as precisely as places are known: in tens of metres."""
    return n.w.t("{n} m", n=n.w.number(round(metres / STEP) * STEP))


def where_text(n: Names, choice: NearChoice, point: Point) -> str:
    """What distances are measured from."""
    w = n.w
    if choice.at:
        areas = areas_at(n.package, point)
        name = n.area(areas[0]) if areas else n.w.t("outside the neighbourhoods")
        return w.t("the chosen point in {area}", area=name)
    if choice.place:
        return w.t("the middle of {area}", area=n.area(choice.place))
    return n.initiative(choice.own)


def near_text(n: Names, choice: NearChoice, answer: NearAnswer) -> str:
    """How many are near, measured from where, and how many are farther off."""
    w, found = n.w, answer.found
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
        label=counted_label(n, Basis(EVERY if choice.ended else KNOWN)),
        place=where_text(n, choice, answer.point),
    )
    return f"{text} {rest}".strip()


def no_point_text(n: Names, choice: NearChoice) -> str:
    """What to do when there is nothing to measure from."""
    w = n.w
    if choice.own:
        return w.t(
            "No place of this initiative is known, so nothing can be measured from it. Choose a neighbourhood, or "
            "see its neighbours."
        )
    return w.t("Type an address, choose a neighbourhood or click on the map to see who is near.")


def placed(n: Names, found: Near) -> Listing:
    """Those with a place, nearest first."""
    caption = n.w.t("With a known place, nearest first; choose a row for its source")
    return Listing(caption, near_columns(n), near_rows(n, found))


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


def unplaced(n: Names, found: Near, group: str) -> Listing:
    """One group of those without a place."""
    columns = [Column(c.key, c.label, c.numeric, sortable=False) for c in initiative_columns(n)]
    rows = [initiative_row(n, key) for key in getattr(found, group)]
    return Listing(group_names(n, found)[group], columns, rows)


def unplaced_text(n: Names, answer: NearAnswer) -> str:
    """Who stands in the groups, and how many there are for more than a district."""
    text = n.w.t(
        "Of these no place is known, so they have no distance. What is for the whole city or the region and has a "
        "place stands among those with a distance."
    )
    with_those = n.w.t("With those, {wide}.", wide=wide_text(n, answer.whole))
    return f"{text} {with_those}"


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
