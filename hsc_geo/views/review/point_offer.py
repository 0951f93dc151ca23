"""In the fields of a proposal: the point of a place whose address was given without one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from hsc_geo.analysis.geocoding import INITIATIVE, Judged, Lacking, judge, origin, stated_of
from hsc_geo.analysis.near import LookUp
from hsc_geo.register import Proposed, RegisterError
from hsc_geo.register.old_forms import PLACE_COLUMNS
from hsc_geo.register.place_fields import field_of
from hsc_geo.views.kit.names import Names
from hsc_geo.views.review.desk import BAD, Desk, put, tell, typed
from hsc_geo.views.review.edit import typed_under
from hsc_geo.views.review.points import nothing_text, warnings
from hsc_geo.views.review.refusals import error_text
from hsc_geo.views.wording.entry_places import code_text


def draw(
    n: Names, desk: Desk, look_up: LookUp, found: Proposed, fields: Mapping[str, str], number: int
) -> None:
    """A button, where the place of this number has an address and no point."""
    now = {name: _now(found, fields, name, number) for name in ("address", "latitude", "longitude")}
    if now["address"] and not (now["latitude"] or now["longitude"]):
        place = Lacking(
            INITIATIVE,
            found.proposal.entity_id or "",
            number,
            "",
            now["address"],
            stated_of(n.package, found.proposal.entity_id or ""),
        )
        st.button(
            n.w.t("Find the point of this address"),
            key=f"{typed_under(found.number)}find_{number}",
            on_click=partial(find, n, desk, look_up, found, place),
        )


def _now(found: Proposed, fields: Mapping[str, str], name: str, number: int) -> str:
    field = field_of(name, number)
    return str(typed(f"{typed_under(found.number)}{field}", fields.get(field, ""))).strip()


def find(n: Names, desk: Desk, look_up: LookUp, found: Proposed, place: Lacking) -> None:
    """Have the address looked up, and put what is found into the fields of the place; accepting it is another press."""
    try:
        answer = desk.do(lambda register, by: look_up(n.package, place.address))
    except RegisterError as error:
        tell(error_text(n.w, error), BAD)
        return
    judged = judge(n.package, place, [each.hit for each in answer.options if each.hit])
    if judged.match is None or not judged.neighbourhood:
        tell(nothing_text(n, answer.state), BAD)
        return
    for name, text in _fields(judged).items():
        put(f"{typed_under(found.number)}{field_of(name, place.number)}", text)
    tell(found_text(n, judged))


def _fields(judged: Judged) -> dict[str, str]:
    assert judged.match is not None  # who asks has looked
    hit = judged.match.hit
    columns = origin(judged.match) | {"latitude": f"{hit.latitude:.5f}", "longitude": f"{hit.longitude:.5f}"}
    return {field: columns[column] for field, column in PLACE_COLUMNS.items() if column in columns}


def found_text(n: Names, judged: Judged) -> str:
    """What was found, how precise it is, where it lies, and what speaks against it."""
    assert judged.match is not None
    said = n.w.t(
        "Found and filled in: {address} ({precision}), in {area}.",
        address=judged.match.hit.name,
        precision=code_text(n, judged.match.precision),
        area=", ".join(n.area(code) for code in (judged.neighbourhood, judged.district)),
    )
    return " ".join([said, *warnings(n, judged)])
