"""The page Propose, run by AppTest: every kind and part, every sentence, hostile texts, the end of a proposal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from hsc_geo.analysis.near import BUSY, FOUND, NOTHING, OFF, UNREACHABLE, Address, AddressAnswer, to_rd
from hsc_geo.data.load import Package
from hsc_geo.register import (
    CODES,
    KINDS,
    Actor,
    Fault,
    Proposal,
    Proposed,
    Register,
    RegisterUnavailable,
    TooMany,
    open_register,
)
from hsc_geo.sources.locatieserver import Hit
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.words import LANGUAGES, Words
from hsc_geo.views.propose import kept as propose_kept
from hsc_geo.views.propose import place as propose_place
from hsc_geo.views.propose import places, proposal, words
from hsc_geo.views.propose import search as propose_search
from hsc_geo.views.propose.choices import parameters
from hsc_geo.views.propose.draft import Draft
from hsc_geo.views.propose.form import Form, form_of
from hsc_geo.views.propose.proposal import faults_of, proposal_of, shown_faults
from hsc_geo.views.propose.send import TRAP
from hsc_geo.views.review import difference
from hsc_geo.views.wording import area, initiative
from hsc_geo.web import metrics
from hsc_geo.web import package as web_package
from hsc_geo.web import register as web_register
from hsc_geo.web.register import RegisterLink
from tests.shared.hostile import SCRIPT
from tests.views.screens import SITE, html, map_update, notes, text, visit, whole
from tests.visit import names_of

PAGE = "aanmelden"
VISITORS = count()
STEWARD = Actor("steward")
POINT = ("52.17100", "4.50000")  # in Noorderkwartier
SOURCE = "https://www.example.nl/wandelen"
NEW = {
    "name": "Wandelclub de Zwaluw",
    "organisation": "Stichting Voorbeeld",
    "description_en": "We walk together.",
}
CHOSEN = {
    "ambition_codes": "A3",
    "theme": "exercise",
    "activity_types": "ontmoetingsplek",
    "sector": "community",
    "status": "active_at_evidence_date",
}
HOSTILE = (
    SCRIPT,
    "Robert'); DROP TABLE initiatives;--",
    "=cmd|' /C calc'!A0",
    "\u202egnp.exe\u202c \u0000 \x07 \u2028",
    "{name} {{7*7}} %s ${x} [a](javascript:alert(1)) **b** $x^2$",
    "x" * 50_000,
)


@pytest.fixture(scope="module")
def store(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """A register for the tests of this file."""
    opened = open_register(f"sqlite:///{tmp_path_factory.mktemp('propose') / 'register.db'}")
    opened.fill(package)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def at_the_desk(package: Package, store: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site with that register; everybody is another visitor."""
    kept = RegisterLink(lambda: store)
    monkeypatch.setattr(web_package, "_package", package)
    monkeypatch.setattr(web_register, "link", lambda: kept)
    monkeypatch.setattr(web_register, "visitor", lambda: f"visitor {next(VISITORS)}")


def press(app: AppTest, key: str) -> AppTest:
    return whole(app.button(key=key).click().run())


def field(app: AppTest, name: str) -> Any:
    """The control of a field."""
    for kind in ("text_input", "text_area", "multiselect", "selectbox", "button_group"):
        found: list[Any] = [each for each in app.get(kind) if each.key == f"w_p_{name}"]
        if found:
            return found[0]
    raise AssertionError(f"no field {name}")


def put(app: AppTest, name: str, value: Any) -> AppTest:
    """Type into a field, or choose."""
    return whole(field(app, name).set_value(value).run())


def choose(app: AppTest, name: str, value: Any) -> AppTest:
    """Choose one of a few that stand side by side."""
    (found,) = [each for each in app.get("button_group") if each.key == name]
    control: Any = found
    return whole(control.set_value(value).run())


def new_initiative(to: str = "send", lang: str = "en") -> AppTest:
    """A new initiative with all that is needed typed before, in the form or at the look over."""
    texts = {f"new/{name.replace('_en', f'_{lang}')}": value for name, value in (NEW | CHOSEN).items()}
    place = {"new/latitude": POINT[0], "new/longitude": POINT[1]}
    return typed(texts | place | {"source_url": SOURCE}, lang=lang, step=to)


def typed(texts: dict[str, str], **query: str) -> AppTest:
    """The page with texts that were typed earlier in the visit."""
    app = AppTest.from_file(str(SITE), default_timeout=60)
    app._page_hash = calc_hash(PAGE)
    app.query_params = dict(query)
    app.session_state["propose_draft"] = dict(texts)
    return whole(app.run())


def sent(app: AppTest, store: Register) -> Proposed:
    """Send, and what then stands in the register."""
    press(app, "propose_send")
    return store.follow(app.query_params["code"])


def fault_texts(app: AppTest) -> str:
    return " ".join(part for part in html(app) if 'id="faults"' in part)


# Kinds and parts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_is_offered_and_the_first_is_open(lang: str) -> None:
    app = whole(visit(PAGE, lang=lang))
    assert "kind" not in app.query_params
    for kind in KINDS[1:]:
        choose(app, "w_kind", kind)
        assert app.query_params["kind"] == kind
        assert words.kind_explanation(Words(lang), kind) in text(app)


def test_a_new_initiative(store: Register, package: Package) -> None:
    app = whole(visit(PAGE, lang="en"))
    for name, value in (NEW | CHOSEN).items():
        many = name in ("ambition_codes", "activity_types", "sector")
        put(app, name, [value] if many else value)
    put(put(app, "latitude", POINT[0]), "longitude", POINT[1])
    put(put(app, "source_url", SOURCE), "schedule_en", "every Tuesday at 10")
    press(app, "propose_next")
    shown = text(app)
    assert all(
        part in shown for part in (*NEW.values(), SOURCE, *POINT, "It is running", "every Tuesday at 10")
    )
    found = sent(app, store)
    assert found.status == "open"
    point = {"latitude": POINT[0], "longitude": POINT[1]}
    assert dict(found.proposal.fields) == NEW | CHOSEN | point | {"schedule_en": "every Tuesday at 10"}
    assert (found.proposal.source_url, found.proposal.kind, found.proposal.language) == (SOURCE, "new", "en")
    assert 'id="receipt"' in text(app)
    assert str(found.number) in text(app)
    assert app.code[0].value.endswith(f"?code={app.query_params['code']}")


def test_accepting_what_was_asked_asks_no_more(store: Register) -> None:
    """Nor does it where the organisation itself says so, without a page."""
    for source in ({"source_url": SOURCE}, {"new/source_kind": "organisation"}):
        texts = {f"new/{name}": value for name, value in (NEW | CHOSEN).items()}
        app = typed(texts | {"new/mode": "city"} | source, lang="en", step="send")
        done = store.accept(sent(app, store).number, STEWARD, "seen")
        row = store.tables()["initiatives"].loc[done.entity_id]
        assert (row["sector"], row["status"], row["ambition_basis"] != "inferred") == (
            CHOSEN["sector"],
            CHOSEN["status"],
            True,
        )
        store.undo(done.batch, STEWARD, "put back for other tests")


def test_in_dutch_too(store: Register) -> None:
    app = new_initiative(lang="nl")
    assert sent(app, store).proposal.fields["description_nl"] == NEW["description_en"]


def test_only_codes_stand_in_the_address(store: Register) -> None:
    app = new_initiative()
    assert set(app.query_params) == {"lang", "step"}
    sent(app, store)
    assert set(app.query_params) == {"lang", "code"}


def test_going_back_and_forth_keeps_all() -> None:
    app = new_initiative()
    press(app, "propose_back")
    assert "step" not in app.query_params
    assert app.text_input(key="w_p_name").value == NEW["name"]
    press(app, "propose_next")
    assert all(part in text(app) for part in (*NEW.values(), SOURCE, *POINT))


def test_another_kind_and_back_loses_nothing() -> None:
    app = new_initiative("form")
    put(choose(app, "w_kind", "question"), "why", "Who can help us?")
    choose(app, "w_kind", "new")
    assert app.text_area(key="w_p_organisation").value == NEW["organisation"]
    choose(app, "w_kind", "comment")
    assert app.text_area(key="w_p_why").value == "Who can help us?"


def test_a_change_of_language_loses_nothing(store: Register) -> None:
    app = new_initiative("form")
    app.session_state["lang"] = "nl"
    app.query_params["lang"] = "nl"
    whole(app.run())
    assert app.text_input(key="w_p_name").value == NEW["name"]


def test_a_correction_sends_what_differs(store: Register, package: Package) -> None:
    key = "LEI-003"
    row: Any = package.initiatives.loc[key]
    app = whole(visit(PAGE, lang="en", kind="correction", entry=key))
    assert app.text_input(key="w_p_name").value == row["name"]
    assert app.text_area(key="w_p_description_en").value == row["description_en"]
    put(app, "name", f"{row['name']} plus")
    put(app, "source_url", SOURCE)
    press(app, "propose_next")
    found = sent(app, store)
    assert dict(found.proposal.fields) == {"name": f"{row['name']} plus"}
    assert found.proposal.entity_id == key
    done = store.accept(found.number, STEWARD, "seen on their page")
    again = whole(visit(PAGE, lang="en", code=app.query_params["code"]))
    assert "accepted" in text(again)
    assert "seen on their page" in text(again)
    store.undo(done.batch, STEWARD, "put back for other tests")


def test_a_correction_without_a_change_is_not_sent() -> None:
    app = whole(visit(PAGE, lang="en", kind="correction", entry="LEI-003", step="send"))
    assert "Nothing is changed yet" in fault_texts(app)
    assert app.button(key="propose_send").disabled


def test_a_field_that_is_made_empty(store: Register, package: Package) -> None:
    key = str(package.initiatives.index[package.initiatives["partners"] != ""][0])
    app = whole(visit(PAGE, lang="en", kind="correction", entry=key))
    put(app, "partners", "")
    put(app, "source_url", SOURCE)
    assert "(made empty)" in text(press(app, "propose_next"))
    assert dict(sent(app, store).proposal.fields) == {"partners": ""}


def test_several_organisations_stand_on_lines(store: Register) -> None:
    app = new_initiative("form")
    put(app, "organisation", "Stichting Een\n\n  Stichting Twee ")
    press(app, "propose_next")
    assert sent(app, store).proposal.fields["organisation"] == "Stichting Een|Stichting Twee"


def test_how_far_it_is_who_pays_and_who_runs_it(store: Register) -> None:
    app = whole(visit(PAGE, lang="en", kind="correction", entry="LEI-027"))
    put(put(put(app, "ladder", "pilot"), "funders", "Fonds A\nFonds B"), "run_by", "volunteers")
    put(app, "source_url", SOURCE)
    shown = text(press(app, "propose_next"))
    assert all(
        word in shown
        for word in ("How far it has come", "Pilot", "Who pays", "Fonds A, Fonds B", "Volunteers")
    )
    given = {"ladder": "pilot", "funders": "Fonds A|Fonds B", "run_by": "volunteers"}
    assert dict(sent(app, store).proposal.fields) == given


def test_a_correction_of_an_organisation(store: Register) -> None:
    app = whole(visit(PAGE, lang="en", kind="correction", entry="ORG-002"))
    put(app, "website", "https://www.example.org/")
    put(app, "source_url", SOURCE)
    found = sent(press(app, "propose_next"), store)
    assert (found.proposal.entity_id, dict(found.proposal.fields)) == (
        "ORG-002",
        {"website": "https://www.example.org/"},
    )


def test_an_end(store: Register, package: Package) -> None:
    running = package.initiatives[
        (package.initiatives["status"] != "ended") & package.initiatives["start_year"].isna()
    ]
    app = whole(visit(PAGE, lang="en", kind="closure", entry=str(running.index[0])))
    put(app, "end_year", "2025")
    put(app, "source_url", SOURCE)
    found = sent(press(app, "propose_next"), store)
    assert dict(found.proposal.fields) == {"end_year": "2025"}
    assert found.proposal.kind == "closure"


def test_a_confirmation_needs_no_more_than_the_entry(store: Register) -> None:
    app = whole(visit(PAGE, lang="en", kind="confirmation"))
    press(app, "propose_next")
    assert "Entry: please fill this in." in fault_texts(app)
    app.selectbox(key="w_entry").set_value("LEI-005").run()
    found = sent(press(app, "propose_next"), store)
    assert (found.proposal.kind, found.proposal.entity_id, dict(found.proposal.fields)) == (
        "confirmation",
        "LEI-005",
        {},
    )


def test_a_question(store: Register) -> None:
    app = whole(visit(PAGE, lang="en", kind="question"))
    press(app, "propose_next")
    assert "please fill this in" in fault_texts(app)
    put(app, "why", "Who knows a walking group in the Kooi?")
    found = sent(press(app, "propose_next"), store)
    assert (found.proposal.kind, found.proposal.entity_id) == ("question", None)
    store.reject(found.number, STEWARD, "Call the centre for welfare")
    assert "Call the centre for welfare" in text(visit(PAGE, lang="en", code=app.query_params["code"]))


def test_a_comment_on_a_figure_names_it(store: Register, package: Package) -> None:
    app = whole(visit(PAGE, lang="en", kind="comment", fig="50150NED-RooktTabak"))
    put(app, "why", "Is this of 2020?")
    found = sent(press(app, "propose_next"), store)
    name = names_of(package, Words("en")).indicator("50150NED-RooktTabak")
    assert found.proposal.why == f"{name} (50150NED-RooktTabak): Is this of 2020?"


def test_a_comment_on_nothing_is_told_at_the_choice() -> None:
    app = whole(visit(PAGE, lang="en", kind="comment"))
    assert "Choose the entry or the figure" not in text(app)
    press(app, "propose_next")
    assert "Choose the entry or the figure" in text(app).split('id="fault-entity_id"')[1]
    app = press(whole(visit(PAGE, lang="en", kind="comment", fig="50150NED-RooktTabak")), "propose_next")
    assert "please fill this in" in fault_texts(app)
    assert "Choose the entry or the figure" not in text(app)


def test_the_answer_to_a_question_shows_as_the_answer(store: Register) -> None:
    receipt = store.propose(Proposal("question", None, {}, "Who walks?"))
    store.accept(receipt.number, STEWARD, "Incluzio does.")
    said = text(visit(PAGE, lang="en", code=receipt.code))
    assert "Answer" in said
    assert "answered" in said
    assert "What the steward says" not in said


# Places


def test_the_place_on_the_map(package: Package) -> None:
    app = new_initiative("form")
    assert map_update(app)["marks"] == [{"at": [float(each) for each in POINT], "sign": "+"}]
    assert "Noorderkwartier" in next(part for part in html(app) if 'id="place"' in part)


def test_a_click_fills_in_the_fields(package: Package) -> None:
    session = {"hsc_propose_map": {"last_clicked": {"lat": 52.1601234, "lng": 4.4901234}}}
    form = made(package, session, kind="new")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hsc_geo.views.maps.common.st", SimpleNamespace(session_state=session))
        propose_place.take_click(form)
        assert (form.text("latitude"), form.text("longitude")) == ("52.16012", "4.49012")
        session["hsc_propose_map"] = {"last_clicked": None}  # type: ignore[dict-item]
        propose_place.take_click(form)
    assert form.text("latitude") == "52.16012"


@pytest.mark.parametrize(
    ("latitude", "longitude", "told"),
    [
        ("4.5", "52.17", "swapped"),
        ("93000", "464000", "Dutch grid"),
        ("52.37", "4.90", "outside the municipality"),
        ("52.17", "", "One of the two coordinates"),
        ("here", "there", "is no number"),
        ("", "", "Say which area it serves"),
        ("nan", "inf", "no number"),
    ],
)
def test_a_place_that_cannot_be_is_told(latitude: str, longitude: str, told: str) -> None:
    app = put(put(new_initiative("form"), "latitude", latitude), "longitude", longitude)
    press(app, "propose_next")
    assert told in fault_texts(app)
    assert "step" not in app.query_params
    assert map_update(app)["marks"] == []


@pytest.mark.parametrize(
    ("mode", "field"), [("city", "precision"), ("region", "precision"), ("areas", "area_codes")]
)
def test_other_ways_to_say_which_area_it_serves(store: Register, mode: str, field: str) -> None:
    app = new_initiative("form")
    put(app, "mode", mode)
    if mode == "areas":
        press(app, "propose_next")
        assert "Districts or neighbourhoods: please fill this in" in fault_texts(app)
        put(app, "area_codes", ["WK054603", "BU05460505"])
    put(app, "source_url", SOURCE)
    given = dict(sent(press(app, "propose_next"), store).proposal.fields)
    assert given[field] == ("WK054603|BU05460505" if mode == "areas" else mode)
    assert (given["latitude"], given["longitude"]) == POINT  # where it happens is another thing


# Several places


def place_of(store: Register, entry: str, number: int) -> dict[str, Any]:
    """A place of the register."""
    rows = store.tables()["initiative_places"].query("initiative_id == @entry and place_number == @number")
    (found,) = rows.to_dict("records")
    return found


def test_more_places_up_to_ten_and_one_is_taken_out(store: Register) -> None:
    app = new_initiative("form")
    assert [each.key for each in app.button if "place_out" in each.key] == []
    for number in range(2, 11):
        put(press(app, "propose_place_add"), f"address_{number}", f"Kade {number}")
    assert "propose_place_add" not in {each.key for each in app.button}
    assert "At most 10 places" in text(app)
    put(put(press(app, "propose_place_open_3"), "latitude_3", "52,1601"), "longitude_3", "4.4901")
    press(app, "propose_place_out_2")
    assert app.text_input(key="w_p_address_2").value == "Kade 3"
    assert app.text_input(key="w_p_latitude_2").value == "52,1601"
    assert "Kade 10" in next(part for part in html(app) if 'id="place-9"' in part)
    assert 'id="place-10"' not in text(app)
    assert map_update(app)["marks"] == [
        {"at": [float(each) for each in POINT], "sign": "1"},
        {"at": [52.1601, 4.4901], "sign": "2"},
    ]
    put(app, "source_url", SOURCE)
    assert "Place 9" in text(press(app, "propose_next"))
    given = dict(sent(app, store).proposal.fields)
    assert {k: v for k, v in given.items() if k.startswith(("address", "latitude", "longitude"))} == {
        "latitude": POINT[0],
        "longitude": POINT[1],
        "latitude_2": "52.1601",
        "longitude_2": "4.4901",
        **{f"address_{number - 1}": f"Kade {number}" for number in range(3, 11)},
    }


def test_a_fault_of_a_later_place_is_told_at_its_field_with_its_number() -> None:
    app = press(press(new_initiative("form"), "propose_place_add"), "propose_place_add")
    put(put(app, "latitude_3", "52.37"), "longitude_3", "4.90")  # the second stays empty: it is not sent
    press(press(app, "propose_place_open_1"), "propose_next")
    assert "Place 3: This place lies outside the municipality" in fault_texts(app)
    assert 'href="#fault-latitude_3"' in fault_texts(app)
    assert any('id="fault-latitude_3"' in part for part in html(app))
    assert "step" not in app.query_params


def test_a_click_sets_the_place_that_is_meant(package: Package) -> None:
    session: dict[str, Any] = {"hsc_propose_map": {"last_clicked": {"lat": 52.16, "lng": 4.49}}}
    form = made(package, session, kind="new")
    assert places.add(form) == 2
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hsc_geo.views.maps.common.st", SimpleNamespace(session_state=session))
        propose_place.take_click(form)
        assert (form.text("latitude"), form.text("latitude_2")) == ("", "52.16000")
        form.draft.put("place_now", "1")
        propose_place.take_click(form)
    assert (form.text("latitude"), form.text("longitude")) == ("52.16000", "4.49000")
    places.add(form)
    places.take_out(form, 2)
    assert places.now(form) == 2  # the third, which is the second now


def test_a_correction_shows_all_places_and_changes_the_right_one(store: Register, package: Package) -> None:
    """LEI-026 happens at three places; what is not told of the second stays as it was, also how its point is known."""
    app = whole(visit(PAGE, lang="en", kind="correction", entry="LEI-026"))
    shown = [part for part in html(app) if 'id="place-' in part]
    assert "Huis van de Buurt De Kooi · Driftstraat 49, 2315 CD Leiden · 52.1636" in shown[1]
    assert "Op Eigen Wieken · Valkenpad 5, Leiden · 52.1737" in shown[2]
    assert app.text_input(key="w_p_venue").value == "Het Gebouw"
    press(app, "propose_place_open_2")
    assert app.text_input(key="w_p_venue_2").value == "Huis van de Buurt De Kooi"
    assert [mark["sign"] for mark in map_update(app)["marks"]] == ["1", "2", "3"]
    put(app, "address_2", "Driftstraat 51, Leiden")
    put(app, "source_url", SOURCE)
    assert "Street address: Driftstraat 51, Leiden" in text(press(app, "propose_next"))
    found = sent(app, store)
    assert dict(found.proposal.fields) == {"address_2": "Driftstraat 51, Leiden"}
    before = [place_of(store, "LEI-026", number) for number in (1, 2, 3)]
    areas = store.tables()["initiative_areas"].query("initiative_id == 'LEI-026'")
    batch = store.accept(found.number, STEWARD, "seen").batch
    after = [place_of(store, "LEI-026", number) for number in (1, 2, 3)]
    assert after == [before[0], before[1] | {"address": "Driftstraat 51, Leiden"}, before[2]]
    assert store.tables()["initiative_areas"].query("initiative_id == 'LEI-026'").equals(areas)
    store.undo(batch, STEWARD, "put back for other tests")


def test_a_place_of_the_register_goes_and_can_be_put_back(store: Register) -> None:
    app = whole(visit(PAGE, lang="en", kind="correction", entry="LEI-026"))
    press(app, "propose_place_out_2")
    assert "w_p_venue_2" not in {each.key for each in app.text_input}
    (shown,) = [part for part in html(app) if "Place 2 goes out" in part]
    assert "Huis van de Buurt De Kooi" in shown
    assert [mark["sign"] for mark in map_update(app)["marks"]] == ["1", "3"]
    press(app, "propose_place_back_2")
    assert app.text_input(key="w_p_venue_2").value == "Huis van de Buurt De Kooi"
    press(app, "propose_place_out_2")
    put(app, "source_url", SOURCE)
    found = sent(press(app, "propose_next"), store)
    assert dict(found.proposal.fields) == dict.fromkeys(
        ("venue_2", "address_2", "latitude_2", "longitude_2"), ""
    )
    batch = store.accept(found.number, STEWARD, "seen").batch
    assert [place_of(store, "LEI-026", number)["venue"] for number in (1, 2)] == [
        "Het Gebouw",
        "Op Eigen Wieken",
    ]
    store.undo(batch, STEWARD, "put back for other tests")


def test_without_any_place_left_the_area_must_be_said(package: Package) -> None:
    form = made(
        package, {}, kind="correction", entry="LEI-015"
    )  # it serves the neighbourhood of its one place
    places.take_out(form, 1)
    assert Fault("place", "no_place") in faults_of(form)
    form.draft.put("mode", "city")
    assert "no_place" not in {each.code for each in faults_of(form)}
    assert places.now(form) == 0


def test_half_of_a_point_is_told_of_a_correction_too(package: Package) -> None:
    form = made(package, {}, kind="correction", entry="LEI-026")
    form.draft.put("longitude_3", "")
    assert [(each.field, each.code) for each in faults_of(form) if each.field.startswith("l")] == [
        ("longitude_3", "half_a_point")
    ]
    form.draft.put("latitude_3", "")
    assert dict(proposal_of(form).fields) == {"latitude_3": "", "longitude_3": ""}


def test_where_it_happens_changes_nothing_of_whom_it_serves(store: Register, package: Package) -> None:
    """LEI-068 is for the region and LEI-037 for a district, by its words; both get another point."""
    for entry, wanted in (("LEI-068", {}), ("LEI-037", {"area_codes": "WK054605"})):
        form = made(package, {}, kind="correction", entry=entry)
        form.draft.put("latitude", "52.15000")
        form.draft.put("longitude", "4.49000")
        fields = dict(proposal_of(form).fields)
        assert fields == {"latitude": "52.15000", "longitude": "4.49000"} | wanted
        before = store.tables()["initiative_areas"].query("initiative_id == @entry")
        number = store.propose(Proposal("correction", entry, fields, "", SOURCE)).number
        done = store.accept(number, STEWARD, "seen")
        after = store.tables()["initiative_areas"].query("initiative_id == @entry")
        assert list(after["area_code"]) == list(before["area_code"])
        assert place_of(store, entry, 1)["latitude"] == 52.15
        store.undo(done.batch, STEWARD, "put back for other tests")


def test_a_place_of_an_event_is_told_to_be_none() -> None:
    app = whole(visit(PAGE, lang="en", kind="correction", entry="LEI-005"))
    assert "Only a launch or a single event was here" in text(app)


COUNTS = ["", "0", "-1", "99", "9" * 40, "1e3", "٣", "x", "2|3"]


@pytest.mark.parametrize("value", COUNTS)
def test_a_browser_may_say_anything_of_how_many_places_there_are(package: Package, value: str) -> None:
    for entry in ("", "LEI-026"):
        form = made(package, {}, kind="correction" if entry else "new", entry=entry)
        for name in ("places", "places_gone", "place_now"):
            form.draft.put(name, value)
        shown = list(places.numbers(form))
        assert shown == list(range(1, len(shown) + 1))
        assert (3 if entry else 1) <= len(shown) <= 10
        assert places.now(form) in [0, *shown]
        assert places.gone(form) <= {1, 2, 3}


def test_several_places_come_back_from_the_browser(package: Package) -> None:
    session: dict[str, Any] = {}
    form = made(package, session, kind="new")
    kept = {
        "new/places": "3",
        "new/place_now": "2",
        "new/address_3": "Kade 3",
        "new/latitude_3": "52.16",
        "new/coordinate_confidence_3": "x",
        "new/address_11": "x",
    }
    propose_kept.restore(form, session, {"about": "new//", "texts": kept})
    assert list(places.numbers(form)) == [1, 2, 3]
    assert (places.now(form), form.text("address_3")) == (2, "Kade 3")
    assert set(form.draft.texts) == set(kept) - {"new/coordinate_confidence_3", "new/address_11"}
    assert {"address_3", "latitude_3"} <= set(proposal.text_fields(form))


def test_what_the_form_does_not_ask_stays_on_a_correction(store: Register) -> None:
    practical = {
        "schedule_nl": "elke dinsdag",
        "schedule_en": "every Tuesday",
        "cost_nl": "gratis",
        "cost_en": "free",
        "how_to_join_nl": "loop binnen",
        "how_to_join_en": "walk in",
        "contact": "info@example.nl",
    }
    number = store.propose(Proposal("correction", "LEI-003", practical, "", SOURCE)).number
    first = store.accept(number, STEWARD, "seen").batch
    app = whole(visit(PAGE, lang="en", kind="correction", entry="LEI-003"))
    put(app, "name", "Raad van bewoners")
    put(app, "source_url", SOURCE)
    second = store.accept(sent(press(app, "propose_next"), store).number, STEWARD, "seen").batch
    row = store.tables()["initiatives"].loc["LEI-003"]
    assert {name: row[name] for name in practical} == practical
    assert row["name"] == "Raad van bewoners"
    for batch in (second, first):
        store.undo(batch, STEWARD, "put back for other tests")


# Who says so


def test_an_organisation_without_a_page_speaks_for_itself(store: Register) -> None:
    app = new_initiative("form")
    assert "Are you one of the organisation" in text(app)
    put(app, "source_url", "")
    press(app, "propose_next")
    assert "Web page of the source: please fill this in." in fault_texts(app)
    (who,) = [each for each in app.get("button_group") if each.key == "w_p_source_kind"]
    whole(who.set_value("organisation").run())
    assert "w_p_source_url" not in {each.key for each in app.text_input}
    assert "will show as told by the organisation itself, not as confirmed by a source" in text(app)
    assert "The organisation, and I am one of it" in text(press(app, "propose_next"))
    found = sent(app, store).proposal
    assert (found.fields["source_kind"], found.source_url) == ("organisation", "")


@pytest.mark.parametrize("kind", ["correction", "closure"])
def test_an_organisation_corrects_and_ends_without_a_page(package: Package, kind: str) -> None:
    form = made(package, {}, kind=kind, entry="LEI-003")
    form.draft.put("name" if kind == "correction" else "end_year", "2025")
    assert [each.field for each in faults_of(form)] == ["source_url"]
    form.draft.put("source_kind", "organisation")
    form.draft.put("source_url", "typed before")
    assert faults_of(form) == []
    assert proposal_of(form).source_url == ""
    assert proposal_of(form).fields["source_kind"] == "organisation"


def test_only_who_says_so_is_no_correction(package: Package) -> None:
    form = made(package, {}, kind="correction", entry="LEI-003")
    form.draft.put("source_kind", "organisation")
    assert [(each.field, each.code) for each in faults_of(form)] == [("fields", "nothing_proposed")]


def test_an_entry_of_an_own_word_is_corrected_so_and_may_get_a_page(package: Package) -> None:
    table = package.initiatives.copy()
    table.loc["LEI-003", ["source_kind", "evidence_level", "source_url"]] = ["organisation", "O", ""]
    form = made(replace(package, initiatives=table), {}, kind="correction", entry="LEI-003")
    form.draft.put("name", "Raad van bewoners")
    assert dict(proposal_of(form).fields) == {"name": "Raad van bewoners"}
    assert faults_of(form) == []
    form.draft.put("source_kind", "public_page")
    assert [each.field for each in faults_of(form)] == ["source_url"]
    form.draft.put("source_url", SOURCE)
    assert proposal_of(form).fields["source_kind"] == "public_page"


@pytest.mark.parametrize(("lang", "said"), [("en", "has still to come"), ("nl", "ligt in de toekomst")])
def test_a_year_to_come_is_told_at_its_field(lang: str, said: str) -> None:
    app = put(new_initiative("form", lang), "start_year", "2062")
    press(app, "propose_next")
    (at,) = [part for part in html(app) if 'id="fault-start_year"' in part]
    assert said in at
    assert "2062" in at
    assert "step" not in app.query_params


# What is wrong is told, at its field and on top


WRONG = [
    ("name", "", "Name: please fill this in."),
    ("name", "<b>Wandel</b>", "Name: this holds code of a web page"),
    ("description_en", "Bel mw. De Vries op 06-12345678", "looks like the name, telephone number"),
    ("description_en", "write to jan.jansen@gmail.com", "jan.jansen@gmail.com"),
    ("start_year", "soon", "no number"),
    ("source_url", "", "Web page of the source: please fill this in."),
    ("source_url", "javascript:alert(1)", "no address of a public web page"),
    ("source_url", "http://localhost/x", "no address of a public web page"),
]


@pytest.mark.parametrize(("name", "value", "told"), WRONG)
def test_a_fault_is_told_at_its_field_and_holds_the_form(name: str, value: str, told: str) -> None:
    app = new_initiative("form")
    put(app, name, value)
    press(app, "propose_next")
    assert "step" not in app.query_params
    assert told in fault_texts(app).replace("&#34;", '"')
    assert f'href="#fault-{name}"' in fault_texts(app)
    assert any(f'id="fault-{name}"' in part for part in html(app))


MISSING = (
    "name",
    "organisation",
    "description_en",
    "ambition_codes",
    "theme",
    "activity_types",
    "place",
    "status",
    "source_url",
)


def test_nothing_is_told_of_empty_fields_before_someone_goes_on() -> None:
    app = whole(visit(PAGE, lang="en", kind="new"))
    assert fault_texts(app) == ""
    put(app, "description_en", "Call 06-12345678")
    assert fault_texts(app).count("<li>") == 1
    press(app, "propose_next")
    assert fault_texts(app).count("<li>") == len(MISSING)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", [*CODES, "a code of later"])
def test_every_code_has_a_sentence(code: str, lang: str) -> None:
    told = words.sentence(Words(lang), Fault("name", code, "42"))
    assert len(told) > 15
    assert told.endswith((".", "https://"))
    if lang == "en" and code in CODES:
        assert "cannot be taken as it is" not in told


def test_what_is_personal_does_not_reach_the_register(store: Register) -> None:
    before = len(store.queue(STEWARD, limit=10_000))
    app = new_initiative("form")
    put(app, "description_en", "Ask Mrs. Jansen, 071-5123456")
    app.query_params["step"] = "send"
    whole(app.run())
    assert app.button(key="propose_send").disabled
    assert len(store.queue(STEWARD, limit=10_000)) == before


def test_what_exists_already_is_offered(package: Package) -> None:
    known = package.initiatives.loc["LEI-003"]
    app = whole(visit(PAGE, lang="en", kind="new"))
    put(app, "name", known["name"])
    (told,) = [part for part in html(app) if 'id="duplicates"' in part]
    assert "kaart?sel=LEI-003" in told
    assert "nearly the same name" in told
    press(app, "duplicate_LEI-003")
    assert (app.query_params["kind"], app.query_params["entry"]) == ("correction", "LEI-003")
    assert app.text_input(key="w_p_name").value == known["name"]


# Hostile texts


@pytest.mark.slow
@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: ascii(value[:12]))
def test_hostile_texts_in_every_field(store: Register, value: str) -> None:
    """Nothing of it becomes HTML, and the page goes on."""
    app = whole(visit(PAGE, lang="en"))
    fields = [each for each in [*app.text_input, *app.text_area] if each.key.startswith("w_p_")]
    for each in fields:
        each.set_value(value)
    press(app, "propose_next")
    assert len(fields) > 10
    assert "<script>alert" not in text(app)
    draft = dict.fromkeys(
        (*NEW, "theme", "life_stages", "start_year", "latitude", "venue", "mode", "area_codes"), value
    )
    app = typed(
        {f"new/{name}": text for name, text in draft.items()} | {"why": value, "source_url": value},
        lang="en",
        kind="new",
        step="send",
    )
    assert "<script>alert" not in text(app)
    assert "<img src=x" not in text(app)
    assert app.button(key="propose_send").disabled


@pytest.mark.parametrize("value", [SCRIPT, "x" * 500, "../..", "' OR 1=1 --"])
def test_a_code_that_is_none(value: str) -> None:
    app = whole(visit(PAGE, lang="en", code=value))
    assert "No proposal is known with this code" in text(app)
    assert "<script>alert" not in text(app)


def test_an_address_of_what_is_not_is_told() -> None:
    app = whole(visit(PAGE, lang="en", kind="takeover", entry="LEI-999", step="9"))
    assert "takeover" in notes(app)[0]
    assert "LEI-999" in notes(app)[0]
    assert app.button(key="propose_next")


def test_hostile_entries_in_the_lists(hostile_package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_package, "_package", hostile_package)
    for kind in KINDS:
        app = whole(visit(PAGE, lang="en", kind=kind, entry=str(hostile_package.initiatives.index[6])))
        assert "<script>alert" not in text(app)


# The end: receipt, following, withdrawing, and what goes wrong


def test_withdrawn_by_the_link(store: Register) -> None:
    app = new_initiative()
    code = (sent(app, store), app.query_params["code"])[1]
    other = whole(visit(PAGE, lang="en", code=code))
    assert 'id="receipt"' not in text(other)
    press(other, "propose_withdraw_ask")
    press(other, "propose_withdraw_no")
    assert store.follow(code).status == "open"
    press(press(other, "propose_withdraw_ask"), "propose_withdraw_yes")
    assert store.follow(code).status == "withdrawn"
    assert "withdrawn by you" in text(other)
    assert press(other, "propose_another").button(key="propose_next")


def test_too_late_to_withdraw(store: Register) -> None:
    app = new_initiative()
    found = sent(app, store)
    press(app, "propose_withdraw_ask")
    store.reject(found.number, STEWARD, "not in Leiden")
    press(app, "propose_withdraw_yes")
    assert "was taken already" in text(app)
    assert "not in Leiden" in text(app)


def test_a_second_press_sends_nothing_more(store: Register) -> None:
    app = new_initiative()
    before = len(store.queue(STEWARD, limit=10_000))
    sent(app, store)
    assert len(store.queue(STEWARD, limit=10_000)) == before + 1
    whole(visit(PAGE, lang="en", kind="new", step="send"))  # a new visit has nothing of it
    press(app, "propose_another")
    assert app.text_input(key="w_p_name").value == ""


def test_the_hidden_field_stops_a_program(store: Register) -> None:
    app = new_initiative()
    before = len(store.queue(STEWARD, limit=10_000))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hsc_geo.views.propose.page.send.trapped", lambda: True)
        press(app, "propose_send")
    assert "A field that people do not see was filled in" in text(app)
    assert len(store.queue(STEWARD, limit=10_000)) == before
    assert NEW["name"] in text(app)


def test_the_hidden_field_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    from hsc_geo.views.propose import send

    for value, wanted in ((None, False), ({}, False), ({"filled": False}, False), ({"filled": True}, True)):
        monkeypatch.setattr(send, "st", SimpleNamespace(session_state={TRAP: value}))
        assert send.trapped() is wanted


FAILING = [
    (TooMany(20), "You sent 20 proposals within an hour"),
    (RegisterUnavailable("gone", "x"), "cannot be reached"),
    (RegisterUnavailable("full", "x"), "disk of the register is full"),
    (RegisterUnavailable("read_only", "x"), "only be read"),
    (RegisterUnavailable("busy", "x"), "very busy"),
    (RegisterUnavailable("damaged", "x"), "cannot be reached"),
]


@pytest.mark.parametrize(("error", "told"), FAILING, ids=lambda each: getattr(each, "code", None))
def test_what_fails_is_told_and_nothing_typed_is_lost(
    store: Register, error: Exception, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = new_initiative()

    def failing(*_: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(store, "propose", failing)
        press(app, "propose_send")
    assert told in text(app)
    assert NEW["name"] in text(app)
    assert sent(app, store).status == "open"  # again, now that it works


def test_the_register_is_down(package: Package, store: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    app = new_initiative("form")
    gone = RegisterLink(lambda: (_ for _ in ()).throw(RegisterUnavailable("gone", "x")))
    with monkeypatch.context() as patch:
        patch.setattr(web_register, "link", lambda: gone)
        whole(app.run())
        assert any('id="unreachable"' in part for part in html(app))
        assert whole(visit("kaart", lang="en"))
        followed = whole(visit(PAGE, lang="en", code="x" * 32))
        assert "cannot be reached" in text(followed)
    whole(app.run())
    assert app.text_input(key="w_p_name").value == NEW["name"]
    assert not any('id="unreachable"' in part for part in html(app))


def test_the_register_is_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    off = RegisterLink(None)
    monkeypatch.setattr(web_register, "link", lambda: off)
    app = whole(visit(PAGE, lang="en"))
    assert "HealthySocietyCenter@Leiden.nl" in text(app)
    assert len(app.button) == 0


def test_the_limit_is_per_visitor(store: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_register, "visitor", lambda: "the same")
    counted = [metrics.PROPOSALS.labels(outcome)._value for outcome in ("limited", "sent")]
    before = [each.get() for each in counted]
    for number in range(20):
        store.propose(Proposal("question", None, {}, f"Question {number}?"), "the same")
    app = press(typed({"why": "Question 20?"}, lang="en", kind="question", step="send"), "propose_send")
    assert "You sent 20 proposals within an hour" in text(app)
    assert "Question 20?" in text(app)
    monkeypatch.setattr(web_register, "visitor", lambda: "another")
    assert sent(whole(app.run()), store).proposal.why == "Question 20?"
    assert [each.get() for each in counted] == [each + 1 for each in before]


@pytest.mark.parametrize(("name", "most"), [("new/name", 200), ("why", 4000)])
def test_too_long_is_told_whatever_let_it_through(name: str, most: int) -> None:
    app = typed({name: "n" * (most + 1)}, lang="en")
    assert "this is too long" in fault_texts(app)


# By themselves


def made(package: Package, session: dict[str, Any], lang: str = "en", **query: str) -> Form:
    """A form as the page makes it."""

    class Query(dict[str, str]):
        def get_all(self, key: str) -> list[str]:
            return [self[key]]

        def from_dict(self, values: dict[str, str]) -> None:
            self.update(values)

    state = PageState("propose", parameters(package), session, Query(query))
    state.pull()
    return form_of(names_of(package, Words(lang)), state, session)


def test_places_of_corrections(package: Package) -> None:
    """Only what differs is sent; the whole city gives way to a place."""
    table = package.initiatives
    placed = "LEI-015"  # Het Gebouw, by its point
    city = str(table.index[table["precision"] == "city"][0])
    form = made(package, {}, kind="correction", entry=placed)
    for mode in ("keep", "point", "areas"):
        form.draft.put("mode", mode)
        assert dict(proposal_of(form).fields) == {}
    form.draft.put("mode", "city")
    assert dict(proposal_of(form).fields) == {"precision": "city"}
    form = made(package, {}, kind="correction", entry=city)
    form.draft.put("mode", "city")
    assert dict(proposal_of(form).fields) == {}
    form.draft.put("mode", "areas")
    form.draft.put("area_codes", "WK054603")
    assert dict(proposal_of(form).fields) == {"area_codes": "WK054603", "precision": "district"}


def test_a_draft_of_one_entry_is_not_that_of_another() -> None:
    session: dict[str, Any] = {}
    one, other = Draft(session, "correction", "LEI-001"), Draft(session, "correction", "LEI-002")
    one.put("name", "A")
    one.put("why", "because")
    assert (one["name"], other["name"], other["why"]) == ("A", "", "because")
    other.put("name", "B")
    one.clear()
    assert (one["name"], other["name"], one["why"]) == ("", "B", "")


def test_the_end_of_an_entry_is_another_draft_than_its_correction() -> None:
    session: dict[str, Any] = {}
    Draft(session, "closure", "LEI-001").put("end_year", "2024")
    assert not Draft(session, "correction", "LEI-001").has("end_year")


TEXTS = {
    "new/name": "A",
    "correction/LEI-003/name": "B",
    "question//name": "C",
    "why": "D",
    "source_url": "E",
}


@pytest.mark.parametrize(
    ("about", "shared"), [("new//", True), ("correction/LEI-003/", False), (None, False)]
)
def test_what_the_browser_kept_comes_back_to_where_it_was(
    package: Package, about: str | None, shared: bool
) -> None:
    session: dict[str, Any] = {}
    form = made(package, session, kind="new")
    form.draft.put("organisation", "typed since")
    propose_kept.restore(form, session, {"about": about, "texts": TEXTS | {"new/organisation": "older"}})
    assert form.draft["name"] == "A"
    assert form.draft["organisation"] == "typed since"
    assert form.draft.has("why") == form.draft.has("source_url") == shared
    assert Draft(session, "correction", "LEI-003")["name"] == "B"
    assert form.draft.is_back
    form.draft.clear()
    assert not form.draft.is_back
    assert Draft(session, "correction", "LEI-003")["name"] == "B"


@pytest.mark.parametrize(
    "given",
    [
        None,
        "texts",
        {"texts": None},
        {"texts": ["why"]},
        {"texts": {"why": 3, "new/name": None, "source_url": ["x"]}},
        {"texts": {"why": "x" * 30_001}},
        {"texts": {f"new/{number}": "x" for number in range(501)} | {"why": "x"}},
        {
            "texts": dict.fromkeys(
                ("nope", "new/nope", "steal/name", "correction/LEI-999/name", "a/b/c/name"), "x"
            )
        },
    ],
    ids=["nothing", "text", "none", "list", "types", "long", "many", "unknown"],
)
def test_what_is_no_draft_is_left_out(package: Package, given: object) -> None:
    assert propose_kept.acceptable(package, given) == {}


def test_what_is_missing_is_told_once_tried(package: Package) -> None:
    form = made(package, {}, kind="new")
    faults = faults_of(form)
    assert shown_faults(form, faults) == []
    form.draft.try_it()
    assert tuple(each.field for each in shown_faults(form, faults)) == MISSING


# Other words for what was sent


def test_what_was_sent_is_changed_by_its_link(store: Register) -> None:
    app = new_initiative()
    number = sent(app, store).number
    code = app.query_params["code"]
    other = press(whole(visit(PAGE, lang="en", code=code)), "propose_change")
    assert f"You change proposal {number}" in text(other)
    assert other.text_input(key="w_p_name").value == NEW["name"]
    assert field(other, "ambition_codes").value == ["A3"]
    put(put(other, "name", "Wandelclub de Meeuw"), "source_kind", "organisation")
    press(other, "propose_amend")
    assert "Your proposal is changed" in text(other)
    now = store.follow(code)
    assert (now.number, now.status, now.proposal.source_url) == (number, "open", "")
    assert dict(now.proposal.fields) == NEW | CHOSEN | {
        "name": "Wandelclub de Meeuw",
        "source_kind": "organisation",
        "latitude": POINT[0],
        "longitude": POINT[1],
    }
    assert store.accept(number, STEWARD).batch
    assert "propose_change" not in {each.key for each in whole(visit(PAGE, lang="en", code=code)).button}


def test_a_change_with_a_fault_is_told_and_left_as_it_was(store: Register) -> None:
    code = store.propose(Proposal("question", None, {}, "Who walks?")).code
    app = whole(visit(PAGE, lang="en", code=code, step="amend"))
    put(app, "why", "")
    press(app, "propose_amend")
    assert "please fill this in" in fault_texts(app)
    put(app, "why", "Who walks, and when?")
    press(app, "propose_leave")
    assert store.follow(code).proposal.why == "Who walks?"
    store.withdraw(code)
    gone = whole(visit(PAGE, lang="en", code=code, step="amend"))
    assert "You took your proposal back" in text(gone)


def test_what_the_form_does_not_ask_stays_when_it_is_changed(store: Register) -> None:
    """Places that go, those that are added, notes: what is not touched is sent as it was."""
    fields = {
        "venue_2": "",
        "address_2": "",
        "latitude_2": "",
        "longitude_2": "",
        "venue_4": "De Kade",
        "note_nl": "x",
    }
    code = store.propose(Proposal("correction", "LEI-026", fields, "because", SOURCE)).code
    app = whole(visit(PAGE, lang="en", code=code, step="amend"))
    assert [mark["sign"] for mark in map_update(app)["marks"]] == ["1", "3"]
    put(app, "why", "because of that")
    press(app, "propose_amend")
    now = store.follow(code).proposal
    assert (dict(now.fields), now.why, now.source_url) == (fields, "because of that", SOURCE)


def test_someone_who_proposed_the_like_is_told_without_its_words(store: Register) -> None:
    fields = (
        NEW
        | CHOSEN
        | {"name": "Soup on Thursdays", "precision": "city", "description_en": "Words of another."}
    )
    number = store.propose(Proposal("new", None, fields, "", SOURCE, "en")).number
    app = put(whole(visit(PAGE, lang="en")), "name", "soup on thursdays")
    (told,) = [part for part in html(app) if 'id="waiting"' in part]
    assert str(number) in told
    assert "Words of another" not in text(app)


# An address sets the point


def test_an_address_that_the_register_knows_sets_the_point(store: Register) -> None:
    for name, value in (("address", "driftstraat 49"), ("venue", "Huis van de Buurt De Kooi")):
        app = put(whole(visit(PAGE, lang="en")), name, value)
        assert (app.text_input(key="w_p_latitude").value, app.text_input(key="w_p_longitude").value) != (
            "",
            "",
        )
        assert "The place lies in" in text(app)
    assert app.text_input(key="w_p_address").value == "Driftstraat 49, 2315 CD Leiden"


def test_an_address_that_may_be_several_is_offered_and_an_unknown_one_told(store: Register) -> None:
    app = put(whole(visit(PAGE, lang="en")), "address", "driftstraat")
    assert app.text_input(key="w_p_latitude").value == ""
    assert "Driftstraat" in app.button(key="propose_found_0").label
    press(app, "propose_found_0")
    assert app.text_input(key="w_p_latitude").value
    assert app.text_input(key="w_p_address").value == "driftstraat"
    app = put(whole(visit(PAGE, lang="en")), "address", "Zzyzxlaan 999999")
    assert "or say below which area it is for" in text(app)


def test_the_address_service_is_asked_once_where_the_register_is_not_sure(package: Package) -> None:
    asked: list[str] = []

    def look_up(_: Package, words_: str) -> AddressAnswer:
        asked.append(words_)
        return AddressAnswer(FOUND, (Address("Kadestraat 3, Leiden", (93_700.0, 463_900.0)),))

    session: dict[str, Any] = {}
    form = made(package, session, kind="new")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hsc_geo.views.propose.search.st", SimpleNamespace(session_state=session))
        for _ in range(2):
            form.draft.put("address", "Kadestraat 3")
            propose_search.typed(form, 1, look_up)
    assert asked == ["Kadestraat 3"]
    assert form.text("latitude").startswith("52.1")


HIT = Hit("Kadestraat 3, 2312AA Leiden", "adres", 52.158, 4.495, 9.1, "Kadestraat", "3", "2312AA")
BESIDE = replace(HIT, name="Kadestraat 3A, 2312AA Leiden", number="3A", latitude=52.1581)
ORIGIN = {
    "coordinate_precision": "address",
    "coordinate_source": "PDOK Locatieserver (BAG, Kadaster)",
    "coordinate_note": "Kadestraat 3, 2312AA Leiden",
}


def answered(*hits: Hit) -> Any:
    options = tuple(Address(hit.name, to_rd(hit.latitude, hit.longitude), hit) for hit in hits)
    return lambda *_: AddressAnswer(FOUND, options)


def typed_address(package: Package, text_: str, *hits: Hit, number: int = 1) -> Form:
    """A form in which an address was typed, and the service gave these."""
    session: dict[str, Any] = {}
    form = made(package, session, kind="new")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hsc_geo.views.propose.search.st", SimpleNamespace(session_state=session))
        form.draft.put(f"address{'' if number == 1 else f'_{number}'}", text_)
        propose_search.typed(form, number, answered(*hits))
    return form


def origin_of(form: Form) -> dict[str, str]:
    return {name: text for name, text in proposal_of(form).fields.items() if name.startswith("coordinate")}


def test_the_very_house_sets_the_point_among_several_answers_with_how_it_is_known(package: Package) -> None:
    form = typed_address(package, "Kadestraat 3", BESIDE, HIT)
    fields = proposal_of(form).fields
    assert (fields["latitude"], fields["longitude"]) == ("52.15800", "4.49500")
    assert origin_of(form) == ORIGIN
    assert not any(fault.field.startswith("coordinate") for fault in faults_of(form))


def test_a_point_that_is_corrected_by_hand_is_of_no_address_any_more(package: Package) -> None:
    form = typed_address(package, "Kadestraat 3", HIT)
    places.set_point(form, 1, (52.159, 4.496), {})  # a click on the map
    assert origin_of(form) == {}
    form = typed_address(package, "Kadestraat 3", HIT)
    places.typed_point(form, 1)
    assert origin_of(form) == {}
    form = typed_address(package, "Kadestraat 3", HIT)
    form.draft.put("latitude", "")
    assert origin_of(form) == {}


def test_another_address_lets_go_of_the_point_of_the_one_before_and_not_of_one_put_by_hand(
    package: Package,
) -> None:
    form = typed_address(package, "Kadestraat 3", HIT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hsc_geo.views.propose.search.st", SimpleNamespace(session_state={}))
        form.draft.put("address", "Zzyzxlaan 999999")
        propose_search.typed(form, 1, answered())
        assert (form.text("latitude"), form.text("longitude"), origin_of(form)) == ("", "", {})
        places.set_point(form, 1, (52.159, 4.496), {})
        propose_search.typed(form, 1, answered())
    assert form.text("latitude") == "52.15900"


def test_a_house_that_is_not_there_sets_nothing(package: Package) -> None:
    form = typed_address(package, "Kadestraat 99", HIT, BESIDE)
    assert form.text("latitude") == ""
    assert origin_of(form) == {}


def test_a_steward_sees_how_a_point_by_address_is_known_and_the_register_keeps_it(
    store: Register, package: Package, en: Names
) -> None:
    fields = {"latitude": "52.15800", "longitude": "4.49500", "address": "Kadestraat 3"} | ORIGIN
    number = store.propose(Proposal("correction", "LEI-032", fields, "Zo is het.", SOURCE)).number
    by = Actor("steward")
    (told,) = (
        row.cells
        for row in difference.difference_rows(en, store.difference(number, by))
        if "Kadestraat" in str(row.cells)
    )
    assert "PDOK Locatieserver (BAG, Kadaster)" in str(told)
    store.accept(number, by, "Gezien.")
    place = store.tables()["initiative_places"].query("initiative_id == 'LEI-032'").iloc[0]
    assert (place["precision"], place["coordinate_source"]) == ("address", ORIGIN["coordinate_source"])


@pytest.mark.parametrize(("setting", "told"), [("on", True), ("off", False)])
def test_who_gets_an_address_that_is_typed_is_told_where_anyone_does(
    store: Register, monkeypatch: pytest.MonkeyPatch, setting: str, told: bool
) -> None:
    monkeypatch.setattr("hsc_geo.web.addresses.asks", lambda: setting == "on")
    assert ("the address service of PDOK (Kadaster)" in text(whole(visit(PAGE, lang="en")))) is told


@pytest.mark.parametrize("typed", ["Kadestraat 3, 06-12345678", "mevrouw Jansen, Kadestraat 3"])
def test_what_is_personal_is_not_sent_to_the_address_service(package: Package, typed: str) -> None:
    asked: list[str] = []

    def look_up(_: Package, words_: str) -> AddressAnswer:
        asked.append(words_)
        return AddressAnswer(NOTHING)

    assert propose_search.search(package, typed, look_up)[1] == NOTHING
    assert asked == []


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (UNREACHABLE, "cannot be looked up just now. Put the point on the map yourself"),
        (BUSY, "Put the point on the map yourself, or try again in a minute"),
        (NOTHING, "Click on the map"),
        (OFF, "We do not know this address"),
    ],
)
def test_what_is_not_found_is_told_softly_with_a_way_on(en: Names, state: str, told: str) -> None:
    assert told in propose_search.nothing_text(en.w, state)


# Comments from elsewhere


def test_a_comment_on_an_area_or_its_figure_names_both(store: Register, package: Package) -> None:
    for query, wanted in (
        ({"area": "WK054603"}, "Leiden-Noord (WK054603): Is it?"),
        (
            {"area": "WK054603", "fig": "50150NED-RooktTabak"},
            "(50150NED-RooktTabak), Leiden-Noord (WK054603): Is it?",
        ),
    ):
        app = whole(visit(PAGE, lang="en", kind="comment", **query))
        found = sent(press(put(app, "why", "Is it?"), "propose_next"), store)
        assert found.proposal.why.endswith(wanted)


def test_an_area_and_its_figures_lead_to_a_comment(n: Names) -> None:
    assert f'href="aanmelden?kind=comment&amp;area=WK054603&amp;lang={n.w.code}"' in str(
        area.area_head(n, "WK054603")
    )
    both = str(area.comment_link(n, "WK054603", "50150NED-RooktTabak"))
    assert "fig=50150NED-RooktTabak&amp;area=WK054603" in both


def test_an_initiative_offers_what_can_be_proposed(n: Names) -> None:
    told = initiative.initiative(n, "LEI-001")
    for kind in ("correction", "confirmation", "closure", "comment"):
        assert re.search(rf'href="aanmelden\?kind={kind}&amp;entry=LEI-001&amp;lang={n.w.code}"', told)


def test_an_entry_without_a_date_is_to_be_confirmed(package: Package) -> None:
    table = package.initiatives.copy()
    key = str(table.index[table["status"] != "ended"][0])
    table.loc[key, "source_date"] = ""
    table.loc[key, "last_evidence_year"] = pd.NA
    n = names_of(replace(package, initiatives=table), Words("nl"))
    assert "hsc-badge due" in initiative.initiative(n, key)
