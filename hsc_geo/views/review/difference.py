"""What a proposal changes, beside what stands."""

import json
from collections.abc import Mapping, Sequence

import streamlit as st

from hsc_geo.domain import schema
from hsc_geo.register import Difference, NotTaken, Proposed, Unknown
from hsc_geo.register.checking import entity_for
from hsc_geo.register.frames import places_json, row_texts
from hsc_geo.register.tables import ENTRIES, PLACES
from hsc_geo.sources.locatieserver import SOURCE
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Listing, Row
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.maps.common import draw_map
from hsc_geo.views.maps.frame import MapAssets
from hsc_geo.views.review.desk import Desk, refusal, typed
from hsc_geo.views.review.edit import typed_under
from hsc_geo.views.review.lists import by_pages, columns
from hsc_geo.views.review.places import differs, map_update, marks, marks_text, paired
from hsc_geo.views.review.refusals import error_text
from hsc_geo.views.wording.entry_places import PlaceRow, Point, place_text, point_of
from hsc_geo.views.wording.field_words import FILLED_FROM, both_texts, change_text, field_text, value_text

MAP_KEY = "hsc_review_map"


def draw(
    n: Names, state: PageState, desk: Desk, found: Proposed, changes: Mapping[str, str], assets: MapAssets
) -> None:
    """What accepting it with these changes does, in a table and on the map."""
    w = n.w
    try:
        rows = desk.do(lambda register, by: register.difference(found.number, by, changes))
    except (NotTaken, Unknown) as error:  # it can still be rejected
        refusal(error_text(w, error))
        return
    if not rows:
        st.info(w.t("No field changes; the entry counts as confirmed today."))
        return
    headers = {"field": w.t("Field"), "change": w.t("Change"), "old": w.t("Before"), "new": w.t("After")}
    caption = w.t("What accepting changes, field by field")
    listing = Listing(caption, columns(headers), difference_rows(n, rows))
    by_pages(n, state, "review_difference", listing, page="second")
    lacking = missing(found, rows)
    if lacking and not typed(
        f"{typed_under(found.number)}into"
    ):  # a merge takes it from the entry that stays
        names = ", ".join(field_text(w, name) for name in lacking)
        text = w.t("Fill this in under 'Change before accepting', it is needed: {fields}.", fields=names)
        st.html(markup('<p role="status" class="hsc-note" id="missing">{}</p>', text))
    placed = marks(*places(n, found, rows))
    if placed:
        _map(n, assets, placed)


def missing(found: Proposed, rows: Sequence[Difference]) -> list[str]:
    """Fields that a new entry must have and that nobody filled in; those that the register fills itself left out."""
    if found.proposal.kind != "new":
        return []
    given = {each.field for each in rows}
    fields = schema.table(ENTRIES[entity_for(found.proposal)]).fields
    return [each.name for each in fields if each.required and each.name not in {*given, *FILLED_FROM}]


def difference_rows(n: Names, rows: Sequence[Difference]) -> list[Row]:
    """A row per field, of places a row for each: its name, what happens by sign and word, before and after."""
    return [
        row for each in rows for row in (_place_rows(n, each) if each.field == PLACES else [_row(n, each)])
    ]


def _row(n: Names, each: Difference) -> Row:
    before, after = both_texts(n, each.entity, each.field, each.old, each.new)
    name = field_text(n.w, each.field, each.entity)
    return Row("", [name, change_text(n.w, each.old, each.new), before, after], {})


def _place_rows(n: Names, each: Difference) -> list[Row]:
    """The places that differ, in the order in which they stand beside each other."""
    pairs = list(enumerate(paired(each.old, each.new), 1))
    differing = [(number, old, new) for number, (old, new) in pairs if differs(old, new)]
    return [
        _place_row(n, n.w.t("Place {n}", n=number) if len(pairs) > 1 else n.w.t("Place"), old, new)
        for number, old, new in differing
    ]


def _place_row(n: Names, name: str, old: PlaceRow | None, new: PlaceRow | None) -> Row:
    before, after = ("" if row is None else place_text(n, row) for row in (old, new))
    if new is not None and new.get("coordinate_source") == SOURCE and point_of(new) != point_of(old or {}):
        after = place_text(n, new, whole=True)  # how well the address was found is for the steward to see
    if before == after:
        before, after = ("" if row is None else place_text(n, row, whole=True) for row in (old, new))
    return Row("", [name, change_text(n.w, before, after), before or "–", after or "–"], {})


def shown(n: Names, entity: str, name: str, value: str) -> str:
    """A value, or a dash where there is none."""
    return value_text(n, entity, name, value) or "–"


def places(n: Names, found: Proposed, rows: Sequence[Difference]) -> tuple[str, str]:
    """The places before and after, as an entry holds them; the same where the proposal leaves them as they are."""
    if entity_for(found.proposal) != "initiative":
        return _point_of_venue(n, found, rows)
    for each in rows:
        if each.field == PLACES:
            return each.old, each.new
    now = places_json(n.package, found.proposal.entity_id or "")
    return now, now


def _point_of_venue(n: Names, found: Proposed, rows: Sequence[Difference]) -> tuple[str, str]:
    """The point of a venue, in the form of places."""
    old = row_texts(n.package, entity_for(found.proposal), found.proposal.entity_id or "")
    new = old | {each.field: each.new for each in rows}
    names = ("venue", "address", "latitude", "longitude")
    before, after = (json.dumps([{name: entry.get(name, "") for name in names}]) for entry in (old, new))
    return before, after


def _map(n: Names, assets: MapAssets, found: Sequence[tuple[str, Point, str]]) -> None:
    title = '<p class="hsc-maptitle" id="places">{} <small>{}</small></p>'
    st.html(markup(title, n.w.t("Where"), marks_text(n, found)))
    draw_map(MAP_KEY, n.package, assets, map_update(n, found))
