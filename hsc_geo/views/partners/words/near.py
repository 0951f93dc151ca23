"""What is near, in words."""

from typing import Any

from hsc_geo.analysis.matrix import EVERY, KNOWN, Basis
from hsc_geo.analysis.near import DISTANCE, ELSEWHERE, Nearby
from hsc_geo.analysis.serving import CITY, DISTRICT, NEIGHBOURHOOD, REGION, UNKNOWN, areas_of, scope_of
from hsc_geo.analysis.together import Meeting
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.kit.words import lower_first
from hsc_geo.views.maps.points import point_text
from hsc_geo.views.partners import answers
from hsc_geo.views.partners.answers import Everywhere, NearAnswer
from hsc_geo.views.partners.choices import NearChoice
from hsc_geo.views.wording import initiative, short
from hsc_geo.views.wording.counted import label as counted_label
from hsc_geo.views.wording.counted import number
from hsc_geo.views.wording.facets import facet_name

STEP = 10  # metres: a place is known to a house or a street, not to the metre
MOST_NAMES = 4  # initiatives named in one cell


def metres_text(n: Names, metres: float) -> str:
    """A distance as precisely as places are known: in tens of metres."""
    return n.w.t("{n} m", n=n.w.number(round(metres / STEP) * STEP))


def label(n: Names, choice: NearChoice) -> str:
    """What counts, as of when."""
    return counted_label(n, Basis(EVERY if choice.ended else KNOWN))


# The sentence


def said(n: Names, choice: NearChoice, answer: NearAnswer, name: str) -> str:
    """Who is near: in the own neighbourhood, in the rest of the district, and what is there for more. name: of the
    chosen point, '' where it has none."""
    w, wide = n.w, answer.whole
    place = w.t("Near {place}", place=place_text(n, choice, answer, name))
    parts = [
        *_here(n, choice, answer),
        w.t("{n} for the whole city", n=number(n, len(wide.city))),
        w.t("{n} for the region", n=number(n, len(wide.region))),
    ]
    told = f"{n.area(choice.place) if choice.place else place}: {', '.join(parts)}."
    return " ".join(filter(None, (_topics(n, choice), told)))


def _topics(n: Names, choice: NearChoice) -> str:
    chosen = [facet_name(n, facet, code) for facet, codes in choice.facets for code in codes]
    return f"{', '.join(chosen)}." if chosen else ""


def _here(n: Names, choice: NearChoice, answer: NearAnswer) -> list[str]:
    """The numbers of the own neighbourhood and of the rest of the district; of a whole district its own."""
    w, start = n.w, answer.start
    if answer.district is None:
        return []
    whole, district = answer.district.number, n.area(start.district)
    if answer.neighbourhood is None:
        return [_initiatives(n, whole)]
    own, area = answer.neighbourhood.number, n.area(start.neighbourhood)
    if not whole and not choice.place:
        return [w.t("no initiative known in {area} or elsewhere in {district}", area=area, district=district)]
    known = _initiatives(n, own)
    here = known if choice.place else w.t("{known} in the own neighbourhood {area}", known=known, area=area)
    return [here, w.t("{n} elsewhere in {district}", n=number(n, whole - own), district=district)]


def _initiatives(n: Names, count: int) -> str:
    return n.w.tn("{n} initiative", "{n} initiatives", count) if count else n.w.t("no initiative known")


def place_text(n: Names, choice: NearChoice, answer: NearAnswer, name: str) -> str:
    """What distances are measured from."""
    if choice.place:
        return n.area(choice.place)
    if choice.own:
        return n.initiative(choice.own)
    here = answer.start.neighbourhood
    unnamed = n.w.t("the chosen point in {area}", area=n.area(here)) if here else n.w.t("the chosen point")
    return name or unnamed


def guessed_text(n: Names, choice: NearChoice, answer: NearAnswer) -> str:
    """That no place of the chosen initiative is known, and from where is counted in place of it."""
    area = answer.start.neighbourhood or answer.start.district
    return n.w.t(
        "No place of {name} is known; counted from the middle of {area}, which it serves.",
        name=n.initiative(choice.own),
        area=n.area(area),
    )


def said_everywhere(n: Names, choice: NearChoice, answer: Everywhere) -> str:
    """What is known before a place is chosen."""
    w = n.w
    placed = w.t("Of {n} the place is known.", n=number(n, answer.placed))
    total = w.tn("{n} initiative is known.", "{n} initiatives are known.", len(answer.ids))
    if n.empty:
        return w.t("No initiative is in the register yet. That does not say that there is none.")
    if choice.narrowed or not answer.meetings:
        return " ".join(filter(None, (_topics(n, choice), total, placed)))
    met = w.tn(
        "At {n} place in {city} two or more initiatives meet.",
        "At {n} places in {city} two or more initiatives meet.",
        len(answer.meetings),
        city=n.here.name,
    )
    return f"{met} {total} {placed}"


def ask_text(n: Names, choice: NearChoice) -> str:
    """What to do to see who is near."""
    if choice.own:
        return n.w.t(
            "No place or area of {name} is known; see who resembles it.", name=n.initiative(choice.own)
        )
    return n.w.t("Type a street, a neighbourhood or a name to see who is near, or click on the map.")


# The lists


def near_list(n: Names, choice: NearChoice, answer: NearAnswer) -> Listing:
    """Who is near, each with why it stands there."""
    caption = n.w.t("Own neighbourhood first, then the district, then by distance, then the whole city")
    rows = [_row(n, answer, each) for each in answers.shown(answer, choice)]
    return Listing(caption, near_columns(n), rows)


def near_columns(n: Names) -> list[Column]:
    """Columns that go with the rows of `near_list`."""
    w = n.w
    return [
        Column("name", w.t("Initiative"), sortable=False),
        Column("why", w.t("Why it stands here"), sortable=False),
        Column("about", w.t("About"), sortable=False, spare=True),
        Column("status", w.t("Status"), sortable=False),
    ]


def _row(n: Names, answer: NearAnswer, each: Nearby) -> Row:
    cells = [
        n.initiative(each.id),
        why_text(n, answer, each),
        about_text(n, each.id),
        short.mark(n, each.id),
    ]
    return Row(each.id, cells, {})


def about_text(n: Names, key: str) -> str:
    """The theme, and for whom."""
    row: Any = n.package.initiatives.loc[key]
    theme = n.term("theme", str(row["theme"])) if row["theme"] else ""
    return " · ".join(filter(None, (theme, n.terms("life_stage", str(row["life_stages"])))))


def why_names(n: Names) -> dict[str, str]:
    """The reasons to stand in the list, in their order."""
    w = n.w
    return {
        NEIGHBOURHOOD: w.t("Own neighbourhood"),
        DISTRICT: w.t("Own district"),
        DISTANCE: w.t("By distance"),
        CITY: w.t("For the whole city"),
        REGION: w.t("For the region"),
        ELSEWHERE: w.t("Another district"),
        UNKNOWN: w.t("Area not known"),
    }


def why_text(n: Names, answer: NearAnswer, each: Nearby) -> str:
    """Why an initiative stands where it stands: `Own neighbourhood · 120 m`."""
    names = why_names(n)
    known = each.metres is not None
    metres = metres_text(n, each.metres or 0).replace(" ", "\N{NO-BREAK SPACE}")
    scope = scope_of(n.package)[each.id]
    wide = lower_first(names[scope]) if scope in (CITY, REGION) and known else ""
    parts = (names[each.why], metres if known else _area_text(n, answer, each), wide)
    return " · ".join(filter(None, parts))


def _area_text(n: Names, answer: NearAnswer, each: Nearby) -> str:
    """The areas to which one without a place is known, where its reason does not say it."""
    codes = areas_of(n.package).get(each.id, [])
    if each.why == DISTRICT and answer.start.district in codes:
        return n.w.t("the whole district")
    if each.why not in (DISTRICT, ELSEWHERE):
        return n.w.t("place not known") if each.why == NEIGHBOURHOOD else ""
    return ", ".join(map(n.area, codes))


def everywhere_list(n: Names, choice: NearChoice, answer: Everywhere) -> Listing:
    """Before a place is chosen: where two or more meet or, once it is said about what, who fits."""
    if choice.narrowed or not answer.meetings:
        columns = [*near_columns(n)]
        columns[1] = Column("serves", n.w.t("Serves"), sortable=False)
        rows = [_everywhere_row(n, key) for key in answer.ids]
        return Listing(n.w.t("All that fits, the newest first; choose a row for more"), columns, rows)
    columns = [
        Column("place", n.w.t("Place"), sortable=False),
        Column("number", n.w.t("Initiatives"), numeric=True, sortable=False),
        Column("names", n.w.t("Which"), sortable=False, wordy=True),
    ]
    caption = n.w.t("Where two or more meet; choose a place to see who else is near")
    return Listing(caption, columns, [_meeting_row(n, each) for each in answer.meetings])


def _everywhere_row(n: Names, key: str) -> Row:
    cells = [
        n.initiative(key),
        initiative.serves_text(n, key),
        about_text(n, key),
        short.mark(n, key),
    ]
    return Row(key, cells, {})


def _meeting_row(n: Names, each: Meeting) -> Row:
    names = [n.initiative(key) for key in each.initiatives]
    more = [n.w.t("and {n} more", n=n.w.number(len(names) - MOST_NAMES))] if len(names) > MOST_NAMES else []
    called = each.name or n.w.t("a place without a name")
    return Row(
        point_text(each.at), [called, n.w.number(len(names)), "; ".join([*names[:MOST_NAMES], *more])], {}
    )


def farther_text(n: Names, answer: NearAnswer) -> str:
    """How many lie farther off than was asked; '' for none."""
    farther = answer.found.farther
    return n.w.tn("{n} more lies farther off.", "{n} more lie farther off.", farther) if farther else ""


def method_texts(n: Names) -> list[str]:
    """The order, how distance is measured, and what becomes of what is typed."""
    w = n.w
    return [
        w.t(
            "In the own neighbourhood or district stands what has a place there or is known to serve it; of what is "
            "equally near, the newest goes first."
        ),
        w.t(
            "Distance is as the crow flies, in tens of metres; a place known to a street only can be farther or nearer."
        ),
        w.t(
            "What you type is looked up in the register first. Where that is not sure, our server asks the address "
            "service of PDOK (Kadaster). What you type is not stored; the link holds the chosen point."
        ),
    ]
