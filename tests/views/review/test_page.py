"""The page Review: closed to all but stewards, each decision and refusal, journal, dates, confirming, files."""

from __future__ import annotations

import io
import json
import math
import re
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from sqlalchemy import update
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from hsc_geo.analysis import geocoding
from hsc_geo.analysis.near import BUSY, FOUND, NOTHING, OFF, UNREACHABLE, Address, AddressAnswer, to_rd
from hsc_geo.data.load import Package
from hsc_geo.data.refresh_report import RefreshReport, Retrieved, ValueChange, keep
from hsc_geo.register import (
    KINDS,
    Actor,
    AlreadyDecided,
    Asked,
    ChangedSince,
    Fault,
    NotAllowed,
    NotTaken,
    Proposal,
    Register,
    RegisterUnavailable,
    TooMany,
    Unknown,
    entries,
    open_register,
    place_fields,
)
from hsc_geo.register.checking import CODES
from hsc_geo.register.entries import FIELDS
from hsc_geo.register.points import PlacedPoint
from hsc_geo.register.reviewing import DECISION_CODES
from hsc_geo.register.store import Store
from hsc_geo.register.tables import ENTRIES, PLACES, TABLES
from hsc_geo.sources.locatieserver import SOURCE as SOURCE_OF_ADDRESSES
from hsc_geo.sources.locatieserver import Hit
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.words import Words
from hsc_geo.views.review import asked as review_asked
from hsc_geo.views.review import confirm, decision, files, journal, merge, places, points, refusals
from hsc_geo.views.review import words as review_words
from hsc_geo.views.review.choices import PARTS, parameters
from hsc_geo.views.review.desk import TOLD, TYPED, Desk
from hsc_geo.views.wording import field_words
from hsc_geo.views.wording.entry_places import places_text
from hsc_geo.web import identity
from hsc_geo.web import package as web_package
from hsc_geo.web import register as web_register
from hsc_geo.web import settings as settings_module
from tests.register.samples import of_before
from tests.views.saying import FORGOTTEN
from tests.views.screens import SITE, components, html, map_update, notes, text, whole
from tests.views.tags import Tags
from tests.visit import names_of

STEWARD = Actor("steward", "s-1")
SOURCE = "https://www.leiden.nl/wandelen"
SCRIPT = "<script>alert(1)</script>"
PROVIDER = {
    "HSC_OIDC_METADATA_URL": "https://login.example.nl/.well-known/openid-configuration",
    "HSC_OIDC_CLIENT_ID": "hsc-geo",
    "HSC_OIDC_CLIENT_SECRET": "a-secret-of-the-client",
    "HSC_OIDC_COOKIE_SECRET": "k" * 40,
    "HSC_OIDC_REDIRECT": "https://hsc.example.nl/oauth2callback",
}
# No initiative is known to serve this very district for this ambition.
NOORD_SMOKE_FREE = ("WK054603", "A3")
ASKED_NOORD = "ASK-WK054603-A3"
ASKED_FORM = {
    "area_code": "WK054601",
    "ambition_code": "A3",
    "asked_on": date(2026, 2, 3),
    "source_kind": "organisation",
    "source": "Wijkteam Binnenstad",
}
NEW = {
    "name": "Wandelclub de Waard",
    "organisation": "Buurtvereniging de Waard",
    "ambition_codes": "A2",
    "description_nl": "Elke week samen wandelen.",
    "latitude": "52.16",
    "longitude": "4.5",
}


REST = {
    "theme": "exercise",
    "activity_types": "ontmoetingsplek",
    "sector": "community",
}  # what the form asks more


@pytest.fixture(scope="module")
def filled(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a register that holds its first fill."""
    path = tmp_path_factory.mktemp("register") / "register.db"
    register = open_register(f"sqlite:///{path}")
    register.fill(package)
    register.close()
    return path


@pytest.fixture
def store(
    filled: Path, package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Register]:
    """A register of this test alone, behind the site; a provider is configured."""
    for path in filled.parent.glob("register.db*"):
        shutil.copy(path, tmp_path)
    settings = PROVIDER | {"HSC_DATABASE": f"sqlite:///{tmp_path / 'register.db'}"}
    for variable, value in settings.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setattr(web_package, "_package", package)
    _forget()
    found = web_register.register()
    assert found is not None
    yield found
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    settings_module.settings.cache_clear()
    web_register.forget()
    for key in (TOLD, TYPED):
        st.session_state.pop(key, None)


def user(*roles: str, ago: float = 0) -> dict[str, Any]:
    return {"is_logged_in": True, "sub": "s-1", "iat": time.time() - ago, "roles": list(roles)}


def see(who: dict[str, Any] | None = None, path: str = "beheer", **query: str) -> AppTest:
    """The page, or another, as who is signed in."""
    app = AppTest.from_file(str(SITE), default_timeout=60)
    app._page_hash = calc_hash(path)
    app.query_params = {"lang": "en", **query}
    app.user = user("steward") if who is None else who
    return app.run()


def again(app: AppTest) -> AppTest:
    """The next run; AppTest forgets the key and sign-in of the seeded visitor in none of them."""
    return whole(app.run())


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    return again(app)


def told(app: AppTest) -> str:
    found = [part for part in html(app) if 'id="told"' in part]
    return Tags(found[0]).text if found else ""


def rows(app: AppTest, key: str) -> list[list[Any]]:
    return [row["cells"] for row in components(app)[key]["rows"]]


def correction(store: Register, entry: str = "LEI-003", **fields: str) -> int:
    fields = fields or {"name": "Raad van bewoners"}
    return store.propose(Proposal("correction", entry, fields, "Zo heet het nu.", SOURCE)).number


def new(store: Register, **more: str) -> int:
    return store.propose(Proposal("new", None, NEW | REST | more, "", SOURCE)).number


def lean(store: Register, **more: str) -> int:
    """A new one as it was proposed when less was asked."""
    return of_before(store, Proposal("new", None, NEW | more, "", SOURCE))


def name_of(store: Register, entry: str = "LEI-003") -> str:
    return str(store.tables()["initiatives"].at[entry, "name"])


def snapshot(store: Register) -> tuple[int, int, list[tuple[int, str]]]:
    """All that a change would change: revision, journal, and the state of every proposal."""
    listed = [(each.number, each.status) for each in store.queue(STEWARD, status="")]
    return store.revision(), len(store.journal(limit=100_000)), listed


# --- points that are none ---------------------------------------------------------------------------------------


SPOILT = "LEI-015"  # has a place with a point


def spoil(store: Store, value: float) -> None:
    """Let a place of LEI-015 stand in the database as no rule lets it in; and the site look again."""
    table = TABLES[PLACES]
    with store.writing() as connection:
        wrong = update(table).where(table.c.initiative_id == SPOILT).values(latitude=value)
        assert connection.execute(wrong).rowcount
        entries.grow(connection)
    web_register.refresh()


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan, 1e300])
def test_a_point_that_stands_wrong_in_the_database_fails_no_page(store: Register, value: float) -> None:
    number = correction(store, SPOILT, latitude="52.169", longitude="4.499")
    spoil(store.store, value)
    for part in PARTS:
        app = see(part=part, n=str(number), entry=SPOILT, keep=SPOILT, drop="LEI-004")
        assert "Signed in as steward" in text(whole(app)), part
    for path in ("", "kaart", "dekking", "partners"):
        whole(see(path=path, sel=SPOILT))
    app = press(see(n=str(number)), "review_accept")
    assert "is accepted" in told(app)


@pytest.mark.parametrize("fields", [{"latitude": "nan"}, {"longitude": "inf"}, {"latitude_2": "1e999"}])
def test_a_proposal_of_before_with_no_point_is_told_and_can_be_rejected(
    store: Register, fields: dict[str, str]
) -> None:
    point = {"latitude": "52.169", "longitude": "4.499", "latitude_2": "52.18", "longitude_2": "4.49"}
    number = of_before(store, Proposal("correction", SPOILT, point | fields, "Daar.", SOURCE))
    app = whole(see(n=str(number)))
    assert f"no number (&#34;{next(iter(fields.values()))}&#34;)" in text(app)
    app = press(app, "review_accept")
    assert store.proposed(number, STEWARD).status == "open"
    app.text_area(key=f"w_review_{number}_reason").set_value("Geen punt.")
    press(app, "review_reject")
    assert store.proposed(number, STEWARD).status == "rejected"


# --- who may ----------------------------------------------------------------------------------------------------

NOBODIES = {
    "nobody": {"is_logged_in": False},
    "without a role": user("reader"),
    "too long ago": user("administrator", ago=13 * 3600),
    "no list": user() | {"roles": {"steward": 1}},
}


@pytest.mark.parametrize(
    ("who", "part"), [*(("nobody", part) for part in PARTS), *((who, PARTS[0]) for who in list(NOBODIES)[1:])]
)
def test_without_the_role_every_part_is_closed(
    store: Register, monkeypatch: pytest.MonkeyPatch, who: str, part: str
) -> None:
    number = correction(store)
    asked: list[str] = []
    for verb in (
        "queue",
        "count",
        "waiting_alike",
        "proposed",
        "difference",
        "journal",
        "state_at",
        "difference_between",
        "to_confirm",
        "conflicts",
        "export",
        "record_asked",
        "forget_asked",
    ):
        monkeypatch.setattr(Register, verb, lambda *_, verb=verb, **__: asked.append(verb))
    app = whole(see(NOBODIES[who], part=part, n=str(number), entry="LEI-003", keep="LEI-003", drop="LEI-004"))
    assert asked == []
    assert set(components(app)) == {"hsc_shell", "hsc_search_box"}  # those of every page
    assert "closed to you" in text(app)
    assert "python -m hsc_geo register" in text(app)
    assert {each.key for each in app.button} <= {"review_log_in", "review_log_out"}
    assert len(app.get("component_instance")) == 0


def test_without_a_provider_it_says_how_to_open_it(store: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in PROVIDER:
        monkeypatch.delenv(variable)
    settings_module.settings.cache_clear()
    app = whole(see(user("administrator")))
    assert "docs/review.md" in text(app)
    assert list(app.button) == []


def test_a_sign_in_that_ended_elsewhere_is_out_at_the_next_press(store: Register) -> None:
    who = user("steward") | {"nonce": "n-1"}
    number = correction(store)
    app = whole(see(who, n=str(number)))
    assert "Signed in as steward" in text(app)
    identity.end(who)  # as in another tab, or on another server
    app = press(app, "review_accept")
    assert store.proposed(number, STEWARD).status == "open"
    assert "closed to you" in text(app)
    assert "Signed in" not in text(app)
    assert {each.key for each in app.button} == {"review_log_in"}
    assert "closed to you" in text(whole(see(who)))
    assert "Signed in as steward" in text(whole(see(who | {"nonce": "n-2"})))


def test_signing_out_ends_the_sign_in_before_the_browser_is_asked_to(store: Register) -> None:
    who = user("steward") | {"nonce": "n-3"}
    app = see(who)
    app.button(key="review_log_out").click()
    app.run()
    assert "closed to you" in text(whole(see(who)))


def test_while_it_is_not_known_who_signed_out_nobody_is_a_steward(
    store: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> bool:
        raise RegisterUnavailable("gone", "gone")

    number = correction(store)
    app = whole(see(n=str(number)))
    monkeypatch.setattr(Register, "sign_in_ended", gone)
    app = press(app, "review_accept")
    assert store.proposed(number, STEWARD).status == "open"
    assert "cannot be reached just now" in text(app)
    assert "Signed in as" not in text(app)
    assert {each.key for each in app.button} == {"review_log_out"}


@pytest.mark.parametrize("role", ["steward", "administrator"])
def test_with_the_role_it_is_open(store: Register, role: str) -> None:
    app = whole(see(user(role)))
    assert f"Signed in as {role}" in text(app)
    assert [each.value for each in app.info] == ["No open proposals."]


def test_a_role_that_is_taken_away_counts_at_the_next_press(store: Register) -> None:
    number = correction(store)
    app = whole(see(n=str(number)))
    before = snapshot(store)
    app.user = {"is_logged_in": False}
    press(app, "review_accept")
    assert snapshot(store) == before
    assert "closed to you" in text(app)


def _changing(store: Register, n: Names, ask: Callable[[], Actor]) -> dict[str, Callable[[], None]]:
    """Every function of the page that changes something, on entries and proposals that are there."""
    desk = Desk(store, ask, lambda: None)
    found = store.proposed(correction(store), STEWARD)
    batch = store.accept(correction(store, "LEI-004", name="Iets anders"), STEWARD).batch
    state = PageState("review", parameters(), {}, st.query_params)
    state.pull()
    for key, value in {"keep": "LEI-005", "drop": "LEI-006", "entry": "LEI-007", "batch": batch}.items():
        state.set(key, value)
    store.record_asked(Asked(*NOORD_SMOKE_FREE, date(2026, 1, 5), "organisation", "Buurtteam"), STEWARD)
    known = PageState("review", parameters(), {}, st.query_params)
    known.pull()
    known.set("entry", ASKED_NOORD)
    st.session_state[TYPED] = {f"review_asked_{name}": text for name, text in ASKED_FORM.items()} | {
        f"review_asked_why_{ASKED_NOORD}": "Toch iets gevonden."
    }
    changed = store.export("csv").replace(b"", b"")
    report = store.read_import(_renamed(changed), "csv")
    assert report.problems == ()
    return {
        "accept": lambda: decision.accept(n, desk, found),
        "reject": lambda: decision.reject(n, desk, found),
        "merge": lambda: merge.merge(n, state, desk),
        "undo": lambda: journal.undo(n, state, desk),
        "confirm": lambda: confirm.confirm(n, state, desk),
        "take over": lambda: files.take_over(n, report, desk),
        "record": lambda: review_asked.record(n, desk),
        "take a point": lambda: points.take(n, state, desk, *lacking_one(n)),
        "forget": lambda: review_asked.forget(n, known, desk),
    }


CHANGING = ("accept", "reject", "merge", "undo", "confirm", "take over", "record", "take a point", "forget")


@pytest.mark.parametrize("name", CHANGING)
def test_no_function_changes_anything_without_the_role(store: Register, en: Names, name: str) -> None:
    for role in ("proposer", "Steward"):
        act = _changing(store, en, lambda role=role: Actor(role, "s-1"))[name]
        before = snapshot(store)
        act()
        assert snapshot(store) == before
        assert "not, or no longer, signed in as steward" in st.session_state[TOLD][0]


@pytest.mark.parametrize("name", CHANGING)
def test_with_the_role_each_of_them_does_change_something(store: Register, en: Names, name: str) -> None:
    """Else the test above proves nothing."""
    act = _changing(store, en, lambda: STEWARD)[name]
    before = snapshot(store)
    if name == "reject":
        number = before[2][0][0]
        st.session_state[TYPED] |= {f"review_{number}_reason": "Klopt niet."}
    act()
    assert snapshot(store) != before


def test_the_desk_reads_nothing_without_the_role(store: Register) -> None:
    desk = Desk(store, lambda: Actor("proposer"), lambda: None)
    reached: list[object] = []
    with pytest.raises(NotAllowed):
        desk.do(lambda register, by: reached.append(register))
    assert reached == []
    assert "register" not in repr(desk)


# --- one proposal -----------------------------------------------------------------------------------------------


def test_the_queue_is_oldest_first_and_opens_a_proposal(store: Register) -> None:
    numbers = [correction(store, "LEI-003"), new(store), correction(store, "LEI-004")]
    app = whole(see())
    assert [row[0] for row in rows(app, "review_queue")] == [str(each) for each in numbers]
    assert [row[1] for row in rows(app, "review_queue")] == ["Correction", "New entry", "Correction"]
    assert "Wandelclub de Waard" in rows(app, "review_queue")[1][2]
    only = whole(see(kind="new"))
    assert [row[0] for row in rows(only, "review_queue")] == [str(numbers[1])]


def test_the_page_begins_with_how_many_wait_and_since_when(store: Register) -> None:
    assert text(whole(see(lang="nl"))).count("Er wacht geen voorstel.") == 1
    correction(store)
    today = Words("nl").date(datetime.now(UTC).date())
    assert f"Er wacht 1 voorstel, sinds {today}." in text(whole(see(lang="nl", part="journal")))
    correction(store, "LEI-004")
    assert f"Er wachten 2 voorstellen, het oudste sinds {today}." in text(whole(see(lang="nl")))


def test_the_queue_has_pages(store: Register) -> None:
    first = correction(store)
    for _ in range(25):
        last = correction(store)
    listed = components(whole(see()))["review_queue"]
    assert (listed["pages"], listed["rows"][0]["cells"][0], len(listed["rows"])) == (2, str(first), 25)
    assert [row[0] for row in rows(whole(see(page="2")), "review_queue")] == [str(last)]
    assert [row[0] for row in rows(whole(see(page="9")), "review_queue")] == [str(last)]


def test_a_proposal_that_was_changed_since_it_was_read_is_not_decided(store: Register) -> None:
    receipt = store.propose(Proposal("correction", "LEI-003", {"name": "Raad van bewoners"}, "", SOURCE))
    app = whole(see(n=str(receipt.number)))
    store.amend(receipt.code, Proposal("correction", "LEI-003", {"name": "Raad van buren"}, "", SOURCE))
    press(app, "review_accept")
    assert "changed it meanwhile" in told(app)
    assert store.follow(receipt.code).status == "open"
    press(app, "review_accept")
    assert name_of(store) == "Raad van buren"


def test_proposals_that_wait_and_may_be_the_same_are_linked(store: Register) -> None:
    first, second = new(store), new(store)
    shown = text(whole(see(n=str(second))))
    assert f'href="beheer?n={first}&amp;lang=en"' in shown
    assert f'href="beheer?n={second}&amp;lang=en"' not in shown


def test_a_proposal_shows_each_field_before_and_after_by_sign_and_word(
    store: Register, package: Package
) -> None:
    fields = {"name": "Raad van bewoners", "ambition_codes": "A1|A2", "venue": ""}
    number = correction(store, "LEI-003", **fields)
    shown = {row[0]: row[1:] for row in rows(whole(see(n=str(number))), "review_difference")}
    now = package.initiatives.loc["LEI-003"]
    assert shown["Name"] == ["± changed", now["name"], "Raad van bewoners"]
    english = names_of(package, review_words_en())
    assert shown["Ambitions"][2] == ", ".join(english.term("ambition", code) for code in ("A1", "A2"))
    assert {sign for sign, *_ in shown.values()} <= {"± changed", "+ added", "− removed"}


def review_words_en() -> Any:
    from hsc_geo.views.kit.words import Words

    return Words("en")


def test_the_map_marks_the_place_before_and_after(store: Register, package: Package) -> None:
    number = correction(store, "LEI-015", latitude="52.1600", longitude="4.4900")
    app = whole(see(n=str(number)))
    old, new = [52.16631, 4.50926], [52.16, 4.49]
    assert map_update(app)["marks"] == [{"at": old, "sign": "−"}, {"at": new, "sign": "+"}]
    (legend,) = [Tags(part).text for part in html(app) if 'id="places"' in part]
    assert "Het Gebouw (52.16631, 4.50926)" in legend.split("+ new")[0]
    assert "Het Gebouw (52.16000, 4.49000)" in legend.split("+ new")[1]


KOOI = "Driftstraat 49, 2315 CD Leiden"


def test_several_places_stand_beside_each_other_in_words_and_on_the_map(store: Register) -> None:
    """LEI-026 has three: one gets another address, one goes."""
    gone = dict.fromkeys(("venue_3", "address_3", "latitude_3", "longitude_3"), "")
    app = whole(see(n=str(correction(store, "LEI-026", address_2="Driftstraat 51", **gone))))
    shown = [row for row in rows(app, "review_difference") if row[0].startswith("Place")]
    assert shown == [
        [
            "Place 2",
            "± changed",
            f"Huis van de Buurt De Kooi · {KOOI} · 52.16370, 4.51066",
            "Huis van de Buurt De Kooi · Driftstraat 51 · 52.16370, 4.51066",
        ],
        ["Place 3", "− removed", "Op Eigen Wieken · Valkenpad 5, Leiden · 52.17370, 4.50732", "–"],
    ]
    assert "place_number" not in str(rows(app, "review_difference")) + text(app)
    marks = {(mark["sign"], *mark["at"]) for mark in map_update(app)["marks"]}
    assert marks == {("=", 52.16631, 4.50926), ("=", 52.1637, 4.51066), ("−", 52.1737, 4.50732)}


def test_what_is_known_of_a_point_shows_where_nothing_else_differs(store: Register) -> None:
    number = correction(store, "LEI-015", coordinate_precision="street")
    shown = {row[0]: row[2:] for row in rows(whole(see(n=str(number))), "review_difference")}
    place = "Het Gebouw · Arubapad 2, Leiden · 52.16631, 4.50926"
    assert shown["Place"][0].startswith(f"{place} · Address · certainty: high · ")
    assert "· Street · certainty: high" in shown["Place"][1]


def _place(venue: str, address: str = "", latitude: str = "", number: str = "1") -> dict[str, str]:
    return {
        "place_number": number,
        "role": "location",
        "venue": venue,
        "address": address,
        "latitude": latitude,
    }


def test_places_are_paired_by_what_they_have_in_common() -> None:
    a, b, c = _place("A", "Kade 1"), _place("B", "Kade 2", number="2"), _place("C", "Kade 3", number="3")
    moved_c = _place("C", "Plein 1", number="1")
    for new, wanted in (
        ([a, b, c], [("A", "A"), ("B", "B"), ("C", "C")]),
        ([{**b, "place_number": "1"}], [("A", None), ("B", "B"), ("C", None)]),
        ([moved_c], [("A", None), ("B", None), ("C", "C")]),
        ([_place("D")], [("A", "D"), ("B", None), ("C", None)]),
        ([], [("A", None), ("B", None), ("C", None)]),
    ):
        pairs = places.paired(json.dumps([a, b, c]), json.dumps(new))
        assert [(old and old["venue"], after and after["venue"]) for old, after in pairs] == wanted
    back = places.paired("", json.dumps([a, b]))
    assert [(old, after and after["venue"]) for old, after in back] == [(None, "A"), (None, "B")]
    kept = places.paired(json.dumps([a, b]), json.dumps([{**b, "place_number": "1"}]))
    assert [places.differs(*pair) for pair in kept] == [True, False]


NO_POINTS = ["", "[", "{}", "[1]", '[{"latitude": "nan", "longitude": "4.5"}]', '[{"venue": "x"}]']


@pytest.mark.parametrize("value", NO_POINTS)
def test_places_that_are_none_are_passed_over(en: Names, value: str) -> None:
    assert places.marks(value, value) == []
    assert places_text(en, value) in ("", "x")


def test_the_steward_edits_every_field_of_every_place(store: Register) -> None:
    number = correction(store, "LEI-026", latitude_3="52.17400", longitude_3="4.50700")
    app = whole(see(n=str(number)))
    prefix = f"w_review_{number}_"
    assert app.text_input(key=f"{prefix}venue_2").value == "Huis van de Buurt De Kooi"
    assert app.text_input(key=f"{prefix}latitude_3").value == "52.174"
    assert app.selectbox(key=f"{prefix}coordinate_confidence_3").value == "medium"  # moved by hand
    app.text_input(key=f"{prefix}venue_2").set_value("De Kooi")
    app.selectbox(key=f"{prefix}coordinate_precision_3").set_value("street")
    app.selectbox(key=f"{prefix}place_role").set_value("event")
    press(app, f"review_{number}_place_add")
    app.text_input(key=f"{prefix}address_4").set_value("Kade 4")
    again(app)
    names = [row[0] for row in rows(app, "review_difference")]
    assert [name for name in names if name.startswith("Place")] == [
        "Place 1",
        "Place 2",
        "Place 3",
        "Place 4",
    ]
    press(app, "review_accept")
    table = store.tables()["initiative_places"].query("initiative_id == 'LEI-026'").set_index("place_number")
    assert list(table["role"]) == ["event", "location", "location", "location"]
    assert list(table["venue"]) == ["Het Gebouw", "De Kooi", "Op Eigen Wieken", ""]
    assert (table.at[3, "precision"], table.at[3, "latitude"]) == ("street", 52.174)
    assert (table.at[2, "address"], table.at[4, "address"]) == (KOOI, "Kade 4")


def test_a_place_that_goes_can_be_kept_by_the_steward(store: Register) -> None:
    gone = dict.fromkeys(("venue_2", "address_2", "latitude_2", "longitude_2"), "")
    number = correction(store, "LEI-026", **gone)
    app = whole(see(n=str(number)))
    assert app.text_input(key=f"w_review_{number}_venue_3").value == "Op Eigen Wieken"
    assert app.text_input(key=f"w_review_{number}_venue_2").value == ""
    app.text_input(key=f"w_review_{number}_address_2").set_value(KOOI)
    again(app)
    shown = [row for row in rows(app, "review_difference") if row[0].startswith("Place")]
    assert [(row[0], row[3]) for row in shown] == [("Place 2", KOOI)]


def test_what_an_organisation_says_itself_is_told_and_counts_as_its_own_word(
    store: Register, package: Package
) -> None:
    told_itself = NEW | {"source_kind": "organisation"}
    number = of_before(store, Proposal("new", None, told_itself))
    app = whole(see(n=str(number)))
    assert "Who says so" in text(app)
    shown = {row[0]: row[3] for row in rows(app, "review_difference")}
    assert (shown["Kind of source"], shown["Evidence"]) == ("The organisation itself",) * 2
    assert app.selectbox(key=f"w_review_{number}_evidence_level").value == "O"
    app.selectbox(key=f"w_review_{number}_theme").set_value(_first(package, "theme"))
    app.multiselect(key=f"w_review_{number}_sector").set_value([_first(package, "sector")])
    app.multiselect(key=f"w_review_{number}_activity_types").set_value([_first(package, "activity_type")])
    again(app)
    app.selectbox(key=f"w_review_{number}_evidence_level").set_value("A")
    press(again(app), "review_accept")
    assert "the kind of source, its web page and the level of evidence do not fit" in told(app)
    app.selectbox(key=f"w_review_{number}_evidence_level").set_value("O")
    press(again(app), "review_accept")
    made = store.tables()["initiatives"].loc[store.proposed(number, STEWARD).result_id]
    assert (made["source_kind"], made["evidence_level"], made["source_publisher"]) == (
        "organisation",
        "O",
        "Buurtvereniging de Waard",
    )


def test_a_page_stays_the_source_of_what_an_organisation_adds(store: Register) -> None:
    fields = {"name": "Raad van bewoners", "source_kind": "organisation"}
    number = store.propose(Proposal("correction", "LEI-003", fields)).number
    app = whole(see(n=str(number)))
    assert app.selectbox(key=f"w_review_{number}_source_kind").value == "public_page"
    assert [row[0] for row in rows(app, "review_difference")] == ["Name"]
    app.selectbox(key=f"w_review_{number}_source_kind").set_value("organisation")
    again(app)
    shown = {row[0]: row[3] for row in rows(app, "review_difference")}
    assert shown["Evidence"] == "The organisation itself"


def test_a_year_to_come_is_a_fault_with_words(store: Register) -> None:
    number = correction(store)
    app = whole(see(n=str(number)))
    app.text_input(key=f"w_review_{number}_start_year").set_value("2062")
    press(again(app), "review_accept")
    assert 'First year: lies in the future, where only what has been can be meant ("2062")' in told(app)


def test_accepting_shows_on_the_other_pages_without_a_restart(store: Register) -> None:
    number = correction(store)
    app = press(whole(see(n=str(number))), "review_accept")
    assert told(app) == f"Proposal {number} is accepted. It shows on all pages now."
    assert name_of(store) == "Raad van bewoners"
    assert store.proposed(number, STEWARD).status == "accepted"
    line = store.journal("LEI-003")[0]
    assert (line.role, line.subject) == ("steward", "s-1")
    page = AppTest.from_file(str(SITE), default_timeout=60)
    page._page_hash = calc_hash("kaart")
    page.query_params = {"sel": "LEI-003", "table": "initiatives"}
    assert "Raad van bewoners" in text(whole(page.run()))


def test_changing_before_accepting_shows_first_and_counts(store: Register) -> None:
    number = correction(store)
    app = whole(see(n=str(number)))
    app.text_input(key=f"w_review_{number}_name").set_value("Raad van inwoners")
    app.multiselect(key=f"w_review_{number}_ambition_codes").set_value(["A3"])
    again(app)
    shown = {row[0]: row[3] for row in rows(app, "review_difference")}
    assert shown["Name"] == "Raad van inwoners"
    assert app.button(key="review_accept").label == "Change and accept"
    press(app, "review_accept")
    assert name_of(store) == "Raad van inwoners"
    assert store.tables()["initiatives"].at["LEI-003", "ambition_codes"] == "A3"


def test_what_is_typed_stays_over_a_refusal_and_another_part(store: Register) -> None:
    number = correction(store)
    app = whole(see(n=str(number)))
    app.text_input(key=f"w_review_{number}_name").set_value("")
    app.text_area(key=f"w_review_{number}_reason").set_value("Omdat het zo is.")
    press(app, "review_accept")
    assert "Nothing was changed" in told(app)
    assert "Name: this is needed" in told(app)
    assert name_of(store) != ""
    assert store.proposed(number, STEWARD).status == "open"
    control = app.get("button_group")[1]
    control.set_value("files")
    again(app)
    assert not [each for each in app.text_area if each.key == f"w_review_{number}_reason"]
    back = app.get("button_group")[1]
    back.set_value("queue")
    again(app)
    app.query_params["n"] = str(number)
    again(app)
    assert app.text_area(key=f"w_review_{number}_reason").value == "Omdat het zo is."
    assert app.text_input(key=f"w_review_{number}_name").value == ""
    assert "Omdat" not in str(app.query_params)


def test_rejecting_takes_a_reason(store: Register) -> None:
    number = correction(store)
    app = press(whole(see(n=str(number))), "review_reject")
    assert "Reason: this is needed" in told(app)
    app.text_area(key=f"w_review_{number}_reason").set_value("Klopt niet volgens de bron.")
    press(app, "review_reject")
    found = store.proposed(number, STEWARD)
    assert (found.status, found.decision_why) == ("rejected", "Klopt niet volgens de bron.")
    assert told(app) == f"Proposal {number} is rejected."


def test_the_second_of_two_stewards_is_told(store: Register) -> None:
    number = correction(store)
    app = whole(see(n=str(number)))
    store.reject(number, Actor("steward", "s-2"), "Nee.")
    before = snapshot(store)
    press(app, "review_accept")
    assert "was decided already" in told(app)
    assert snapshot(store) == before


@pytest.mark.parametrize("code", ["gone", "full"])
def test_a_register_that_cannot_be_written_is_one_sentence(
    store: Register, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    number = correction(store)
    app = whole(see(n=str(number)))
    app.text_area(key=f"w_review_{number}_reason").set_value("Omdat het zo is.")

    def fail(*_: object, **__: object) -> None:
        raise RegisterUnavailable(code, "the database said no", "a secret path")

    monkeypatch.setattr(Register, "accept", fail)
    press(app, "review_accept")
    assert told(app) == refusals.unavailable_text(review_words_en(), code)
    assert "secret path" not in text(app)
    assert app.text_area(key=f"w_review_{number}_reason").value == "Omdat het zo is."


def test_a_register_that_cannot_be_read_is_told_in_its_part(
    store: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RegisterUnavailable("gone", "the database said no")

    for verb in ("count", "queue", "journal", "to_confirm", "state_at"):
        monkeypatch.setattr(Register, verb, fail)
    for part in ("queue", "journal", "dates", "confirm"):
        assert "cannot be reached just now" in text(whole(see(part=part)))


def test_questions_and_comments_are_answered_or_set_aside(store: Register) -> None:
    number = store.propose(Proposal("question", None, {}, "Wie wandelt er in Noord?")).number
    app = whole(see(n=str(number)))
    assert (app.button(key="review_accept").label, app.button(key="review_reject").label) == (
        "Answered",
        "Set aside",
    )
    before = store.revision()
    press(app, "review_accept")
    assert "Write your answer here first" in text(app).split('id="fault-reason"')[1]
    assert store.proposed(number, STEWARD).status == "open"
    app.text_area(key=f"w_review_{number}_reason").set_value("Incluzio does.")
    press(app, "review_accept")
    assert 'id="fault-reason"' not in text(app)
    found = store.proposed(number, STEWARD)
    assert (found.status, found.decision_why) == ("accepted", "Incluzio does.")
    assert store.revision() == before


def test_likely_duplicates_are_linked_and_a_new_one_can_be_merged(store: Register, package: Package) -> None:
    other = package.initiatives.loc["LEI-003"]
    number = lean(store, name=str(other["name"]))
    app = whole(see(n=str(number)))
    links = [attrs["href"] for part in html(app) for tag, attrs in Tags(part).tags if tag == "a"]
    assert any("sel=LEI-003" in str(link) for link in links)
    assert "Theme" in text(app).split('id="missing"')[1]
    press(app, "review_accept")
    assert "Theme: this is needed" in told(app)
    hint = text(app).split('id="missing"')[1].split("</p>")[0]
    assert "Activities" in hint
    for each in (hint, told(app)):
        assert "Groups of activities" not in each
    app.selectbox(key=f"w_review_{number}_theme").set_value(_first(package, "theme"))
    app.multiselect(key=f"w_review_{number}_sector").set_value([_first(package, "sector")])
    app.multiselect(key=f"w_review_{number}_activity_types").set_value([_first(package, "activity_type")])
    again(app)
    assert 'id="missing"' not in text(app)
    press(app, "review_accept")
    made = store.proposed(number, STEWARD).result_id
    press(app, "review_to_merge")
    assert (app.query_params["part"], app.query_params["drop"]) == ("merge", made)


def test_a_new_entry_that_is_a_duplicate_is_merged_at_once(store: Register, package: Package) -> None:
    number = lean(store, name=str(package.initiatives.loc["LEI-003", "name"]), partners="Club de Kooi")
    app = whole(see(n=str(number)))
    assert 'id="missing"' in text(app)
    app.selectbox(key=f"w_review_{number}_into").set_value("LEI-003")
    again(app)
    assert 'id="missing"' not in text(app)
    assert [each.label for each in app.button if each.key == "review_accept"] == ["Accept and merge"]
    press(app, "review_accept")
    assert "merged into LEI-003" in told(app)
    found = store.proposed(number, STEWARD)
    assert found.status == "accepted"
    now = store.tables()["initiatives"]
    assert found.result_id not in now.index
    assert "Club de Kooi" in str(now.loc["LEI-003", "partners"])


def _first(package: Package, vocabulary: str) -> str:
    codes = package.vocabularies
    return str(codes.loc[codes["vocabulary"] == vocabulary, "code"].iloc[0])


def test_a_proposal_about_an_entry_that_went_can_be_rejected(store: Register) -> None:
    number = correction(store, "LEI-006")
    store.merge("LEI-005", "LEI-006", STEWARD, "Dezelfde.")
    app = whole(see(n=str(number)))
    assert "not in the register" in text(app)
    app.text_area(key=f"w_review_{number}_reason").set_value("Samengevoegd met LEI-005.")
    press(app, "review_reject")
    assert store.proposed(number, STEWARD).status == "rejected"


HOSTILE = (
    "=cmd()|' /C calc'!A0",
    "{{7*7}} {0} {name} %s",
    "**vet** [x](javascript:1) :red[x]",
    'a "quote" & amp',
)


def test_hostile_text_of_a_proposal_stays_text(store: Register) -> None:
    value = " ".join(HOSTILE)
    number = correction(store, "LEI-003", name=value, organisation=value)
    app = whole(see(n=str(number)))
    found = [tag for part in html(app) for tag, _ in Tags(part).tags]
    assert not {"script", "img", "b"} & set(found)
    assert value in [row[3] for row in rows(app, "review_difference")]
    press(app, "review_accept")
    assert name_of(store) == value


def test_a_proposal_that_holds_html_all_the_same_does_not_run(store: Register) -> None:
    """The check refuses it; a database that was written by other hands may hold it."""
    number = correction(store)
    from sqlalchemy import text as sql

    with store.store.writing() as connection:
        connection.execute(
            sql("UPDATE proposals SET why = :why, source_url = 'javascript:alert(1)'"), {"why": SCRIPT}
        )
    page = text(whole(see(n=str(number))))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert not [1 for tag, attrs in Tags(page).tags if "javascript" in str(attrs.get("href"))]


# --- merge, journal, dates, confirming ---------------------------------------------------------------------------


def test_merging_and_undoing_it(store: Register) -> None:
    app = whole(see(part="merge", keep="LEI-005", drop="LEI-006"))
    table = store.tables()["initiatives"]
    shown = {row[0]: row[1:] for row in rows(app, "review_both")}
    assert shown["Name"] == [table.at["LEI-005", "name"], table.at["LEI-006", "name"]]
    press(app, "review_swap")
    assert (app.query_params["keep"], app.query_params["drop"]) == ("LEI-006", "LEI-005")
    press(app, "review_swap")
    app.text_area(key="w_review_merge_reason").set_value("Dezelfde.")
    press(app, "review_merge")
    assert "LEI-006" not in store.tables()["initiatives"].index
    assert store.journal("LEI-006")[0].why == "Dezelfde."
    assert app.query_params["part"] == "journal"
    press(app, "review_undo")
    assert "Undone" in told(app)
    assert store.tables()["initiatives"].at["LEI-006", "name"] == table.at["LEI-006", "name"]


@pytest.mark.parametrize(("keep", "drop"), [("LEI-005", "LEI-005"), ("LEI-005", "LEI-999"), ("", "")])
def test_merging_takes_two_entries(store: Register, keep: str, drop: str) -> None:
    app = whole(see(part="merge", keep=keep, drop=drop))
    assert [each.value for each in app.info] == ["Choose two different entries."]
    assert "review_merge" not in {each.key for each in app.button}


def test_the_journal_of_an_entry_has_every_line(store: Register) -> None:
    store.accept(correction(store), STEWARD, "Nagebeld.")
    app = whole(see(part="journal", entry="LEI-003"))
    lines = store.journal("LEI-003")
    assert components(app)["review_journal"]["words"]["range"].endswith(f"of {len(lines)}")
    first = rows(app, "review_journal")[0]
    assert "steward (s-1)" in first
    assert "Nagebeld." in first[-1]
    everything = whole(see(part="journal"))
    assert "first fill" not in str(rows(everything, "review_journal"))


def test_what_was_changed_since_cannot_be_undone(store: Register) -> None:
    first = store.accept(correction(store), STEWARD).batch
    second = store.accept(correction(store, name="Nog anders"), STEWARD).batch
    app = press(whole(see(part="journal", entry="LEI-003", batch=first)), "review_undo")
    assert "Cannot be undone: Name of LEI-003" in told(app)
    assert second in told(app)
    assert name_of(store) == "Nog anders"


def test_the_first_fill_is_not_undone(store: Register) -> None:
    app = whole(see(part="journal", entry="LEI-003", batch="fill"))
    assert "review_undo" not in {each.key for each in app.button}


def test_what_differs_between_two_days(store: Register, package: Package) -> None:
    old = name_of(store)
    app = whole(see(part="dates", first="2020-02-01", last="2020-03-01"))
    assert "no register yet" in text(app)
    store.accept(correction(store), STEWARD)
    today = datetime.now(review_words.HERE).date().isoformat()
    app = whole(see(part="dates", first="2020-02-01", last=today))
    count = len(store.difference_between(datetime(2020, 2, 1, tzinfo=UTC), datetime.now(UTC)))
    assert components(app)["review_dates"]["words"]["range"].replace(",", "").endswith(f"of {count}")
    assert f"{len(package.initiatives)} initiatives" in text(app)
    assert old not in str(rows(app, "review_dates"))  # between no register and now there is no state before


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("yesterday", "2026-13-45"),
        ("", "0001-01-01"),
        ("", "2000-01-01"),
        ("1999-12-31", ""),
        ("9999-12-31", ""),
        ("", "2100-01-02"),
    ],
)
def test_days_in_the_address_that_are_none_are_passed_over(store: Register, first: str, last: str) -> None:
    app = whole(see(part="dates", first=first, last=last))
    assert len(app.date_input) == 2


def test_confirming_takes_an_entry_off_the_list(store: Register) -> None:
    before = [each.entity_id for each in store.to_confirm(6, datetime.now(UTC).date())]
    app = whole(see(part="confirm", months="6", entry=before[0]))
    assert components(app)["review_confirm_list"]["words"]["range"].endswith(f"of {len(before)}")
    press(app, "review_confirm")
    assert told(app) == f"{before[0]} is confirmed today."
    after = [each.entity_id for each in store.to_confirm(6, datetime.now(UTC).date())]
    assert after == before[1:]
    assert store.queue(STEWARD) == []


def test_what_new_data_say_otherwise_is_listed_until_it_is_confirmed(
    store: Register, package: Package
) -> None:
    number = store.propose(
        Proposal("correction", "LEI-003", {"name": "Van mensen"}, "Zo heet het", "https://www.leiden.nl/")
    ).number
    store.accept(number, STEWARD)
    initiatives = package.initiatives.copy()
    initiatives.loc["LEI-003", "name"] = "Uit <i>nieuwe</i> data"
    store.fill(replace(package, initiatives=initiatives, snapshot="later"))
    app = whole(see(part="confirm", entry="LEI-003"))
    rows = components(app)["review_conflicts"]["rows"]
    assert [row["id"] for row in rows] == ["LEI-003"]
    assert "Uit <i>nieuwe</i> data" in str(rows)
    assert not any("<i>nieuwe</i>" in part for part in html(app))
    press(app, "review_confirm")
    assert "review_conflicts" not in components(app)


def test_confirming_with_a_bad_source_is_refused(store: Register) -> None:
    app = whole(see(part="confirm", entry="LEI-003"))
    app.text_input(key="w_review_confirm_LEI-003").set_value("javascript:alert(1)")
    before = snapshot(store)
    press(app, "review_confirm")
    assert "no address of a public web page" in told(app)
    assert snapshot(store) == before


# --- asked, none found --------------------------------------------------------------------------------------------


def _recorded(store: Register, asked: Asked) -> None:
    """Recorded from outside; the site looks at once."""
    store.record_asked(asked, STEWARD)
    web_register.refresh()


def ask(app: AppTest, **more: Any) -> AppTest:
    """Fill in the form of what was asked in vain."""
    for name, value in {**ASKED_FORM, **more}.items():
        key = f"w_review_asked_{name}"
        kinds = ("selectbox", "text_input", "text_area", "date_input", "button_group")
        (control,) = [each for kind in kinds for each in app.get(kind) if each.key == key]
        control.set_value(value)
        again(app)
    return app


@pytest.mark.parametrize(("language", "name"), [("nl", "Nagevraagd"), ("en", "Asked")])
def test_what_was_asked_in_vain_is_recorded_and_listed(store: Register, language: str, name: str) -> None:
    app = ask(whole(see(part="asked", lang=language)), note="Ook het wijkteam vroeg rond.")
    assert name in app.get("button_group")[1].options or name in str(app.get("button_group"))
    press(app, "review_asked_record")
    assert "Binnenstad-Noord" in told(app)
    (kept,) = store.tables()["asked_none"].to_dict("records")
    assert kept == {
        "asked_id": "ASK-WK054601-A3",
        "area_code": "WK054601",
        "ambition_code": "A3",
        "asked_on": "2026-02-03",
        "source_kind": "organisation",
        "source": "Wijkteam Binnenstad",
        "source_url": "",
        "note": "Ook het wijkteam vroeg rond.",
    }
    (row,) = rows(app, "review_asked_list")
    assert row[0] == "Binnenstad-Noord"
    assert row[3:] == ["Wijkteam Binnenstad", "Ook het wijkteam vroeg rond."]
    assert row[2] == ("3 februari 2026" if language == "nl" else "3 February 2026")
    assert app.text_input(key="w_review_asked_source").value == ""  # ready for the next


ASKED_FAULTS: list[tuple[dict[str, Any], str, str]] = [
    ({"area_code": ""}, "area_code", "this is needed"),
    ({"ambition_code": ""}, "ambition_code", "this is needed"),
    ({"source": ""}, "source", "this is needed"),
    ({"source": "mevrouw Jansen, 06-12345678"}, "source", "looks like personal data"),
    ({"source": "<b>Wijkteam</b>"}, "source", "without HTML"),
    ({"source_kind": "public_page"}, "source_url", "this is needed"),
    ({"source_url": "javascript:alert(1)"}, "source_url", "no address of a public web page"),
    ({"note": "Bel jan.jansen@gmail.com"}, "note", "looks like personal data"),
    ({"area_code": "WK054608"}, "area_code", "an initiative is known there for this ambition"),
]


@pytest.mark.parametrize(("given", "field", "said"), ASKED_FAULTS, ids=lambda each: str(each)[:40])
def test_a_fault_in_what_was_asked_is_told_at_its_field(
    store: Register, given: dict[str, Any], field: str, said: str
) -> None:
    before = snapshot(store)
    app = press(ask(whole(see(part="asked")), **given), "review_asked_record")
    (at,) = [Tags(part).text for part in html(app) if f'id="fault-{field}"' in part]
    assert said in at
    assert "Nothing was changed" in told(app)
    assert snapshot(store) == before
    wanted = {**ASKED_FORM, **given}
    assert (
        app.selectbox(key="w_review_asked_ambition_code").value == wanted["ambition_code"]
    )  # nothing is lost
    press(
        ask(
            app,
            area_code="WK054601",
            ambition_code="A3",
            source="Wijkteam",
            source_kind="organisation",
            source_url="",
            note="",
        ),
        "review_asked_record",
    )
    assert len(store.tables()["asked_none"]) == 1
    assert not any('id="fault-' in part for part in html(app))


def test_a_day_to_come_cannot_be_the_day_of_asking(store: Register, en: Names) -> None:
    tomorrow = datetime.now(UTC).date() + timedelta(days=2)
    st.session_state[TYPED] = {
        f"review_asked_{k}": v for k, v in (ASKED_FORM | {"asked_on": tomorrow}).items()
    }
    review_asked.record(en, Desk(store, lambda: STEWARD, lambda: None))
    assert "Day of asking: lies in the future" in st.session_state[TOLD][0]
    assert len(store.tables()["asked_none"]) == 0
    (day,) = [each for each in whole(see(part="asked")).date_input if each.key == "w_review_asked_asked_on"]
    assert day.max <= datetime.now(review_words.HERE).date()


def test_what_was_asked_is_taken_back_with_a_reason_and_the_journal_tells_it(store: Register) -> None:
    page = "https://www.leiden.nl/noord"
    told_by = Asked(*NOORD_SMOKE_FREE, date(2026, 1, 5), "public_page", "Gemeente Leiden", page, "Navraag")
    _recorded(store, told_by)
    app = whole(see(part="asked", entry=ASKED_NOORD))
    assert any(
        ("href", page) in attrs.items() for part in html(app) for tag, attrs in Tags(part).tags if tag == "a"
    )
    press(app, "review_asked_forget")
    assert "Reason: this is needed" in told(app)
    app.text_area(key=f"w_review_asked_why_{ASKED_NOORD}").set_value("Toch iets gevonden.")
    press(app, "review_asked_forget")
    assert "Leiden-Noord" in told(app)
    assert len(store.tables()["asked_none"]) == 0
    app = whole(see(part="journal", entry=ASKED_NOORD))
    lines = rows(app, "review_journal")
    assert {line[1] for line in lines} == {"Asked: Leiden-Noord, A smoke-free youth"}
    first = {line[2]: line for line in lines if line[3] == "–"}
    assert first["Area"][4] == "Leiden-Noord"
    assert first["Ambition"][4] == "A smoke-free youth"
    assert first["Day of asking"][4] == "5 January 2026"
    assert first["Kind of source"][4] == "Public page"
    assert {line[6] for line in lines} == {"Navraag", "Toch iets gevonden."}
    batch = store.journal(ASKED_NOORD)[0].batch
    press(whole(see(part="journal", entry=ASKED_NOORD, batch=batch)), "review_undo")
    assert list(store.tables()["asked_none"]["asked_id"]) == [ASKED_NOORD]


@pytest.mark.parametrize("entry", ["LEI-003", "ASK-WK054603-A9", "ASK-", "ASK-WK999999-A1", "<script>"])
def test_what_was_not_asked_is_told_to_be_gone(store: Register, entry: str) -> None:
    app = whole(see(part="asked", entry=entry))
    assert "not in the register" in text(app)
    assert whole(see(part="journal", entry=entry))


def test_hostile_words_of_what_was_asked_stay_text(store: Register) -> None:
    value = " ".join(HOSTILE)
    _recorded(store, Asked(*NOORD_SMOKE_FREE, date(2026, 1, 5), "organisation", value, "", value))
    app = whole(see(part="asked", entry=ASKED_NOORD))
    assert value in rows(app, "review_asked_list")[0]
    assert not {"script", "img", "b"} & {tag for part in html(app) for tag, _ in Tags(part).tags}


# --- files ------------------------------------------------------------------------------------------------------


def _renamed(content: bytes) -> bytes:
    """An export as CSV in which LEI-003 has another name."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as out:
        for each in source.namelist():
            data = source.read(each).decode("utf-8-sig")
            if each == "initiatives.csv":
                data = re.sub(r"(?m)^(LEI-003),(\"[^\"]*\"|[^,]*),", r"\1,Raad uit een bestand,", data)
            out.writestr(each, data.encode())
    return target.getvalue()


@pytest.mark.parametrize(("form", "name"), [("csv", "r.zip"), ("xlsx", "r.xlsx"), ("hsds", "r.json")])
def test_export_and_import_give_the_same_register(store: Register, form: str, name: str) -> None:
    app = press(whole(see(part="files", form=form)), "review_make")
    kept, content = app.session_state["review_made"]
    assert kept == form
    assert len(app.get("download_button")) == 1
    before = store.revision()
    app.file_uploader(key=f"w_upload_{form}").set_value((name, content, "application/octet-stream"))
    again(app)
    assert "without a fault" in text(app)
    press(app, "review_import")
    assert told(app).startswith("Taken over: 0 entries added, 0 changed, ")
    assert store.revision() == before


def test_an_import_that_changes_something_is_told_and_can_be_undone(store: Register) -> None:
    content = _renamed(store.export("csv"))
    app = whole(see(part="files"))
    app.file_uploader(key="w_upload_csv").set_value(("r.zip", content, "application/zip"))
    again(app)
    app.text_area(key="w_review_import_reason").set_value("Uit de lijst van de gemeente.")
    press(app, "review_import")
    assert told(app).startswith("Taken over: 0 entries added, 1 changed, ")
    assert name_of(store) == "Raad uit een bestand"
    assert store.journal("LEI-003")[0].why == "Uit de lijst van de gemeente."


def test_faults_of_a_file_are_told_by_row_and_column_and_nothing_is_taken(store: Register) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as out:
        out.writestr("venues.csv", "venue,latitude,longitude\nDe Waard,4.5,52.16\nHier,<b>x</b>,4.5\n")
    before = snapshot(store)
    app = whole(see(part="files"))
    app.file_uploader(key="w_upload_csv").set_value(("r.zip", target.getvalue(), "application/zip"))
    again(app)
    faults = rows(app, "review_faults")
    expected = store.read_import(target.getvalue(), "csv").problems
    assert [(row[1], row[2]) for row in faults] == [(str(p.row), p.column) for p in expected][:25]
    assert {row[1] for row in faults} >= {"2", "3"}
    assert "review_import" not in {each.key for each in app.button}
    assert snapshot(store) == before


@pytest.mark.parametrize(
    ("language", "mends"),
    [
        ("nl", {"haal de HTML weg; schrijf gewone tekst", "schrijf een getal, zoals 52.16"}),
        ("en", {"remove the HTML; write plain text", "write a number, such as 52.16"}),
    ],
)
def test_faults_of_a_file_are_told_in_the_language_of_the_page(
    store: Register, language: str, mends: set[str]
) -> None:
    app = whole(see(part="files", lang=language))
    content = b"venue,address,latitude,longitude\nHier,<b>x</b>,52.16,4.5\nDaar,x,52.16,oost\n"
    app.file_uploader(key="w_upload_csv").set_value(("venues.csv", content, "text/csv"))
    again(app)
    assert {row[4] for row in rows(app, "review_faults")} >= mends


@pytest.mark.parametrize(("language", "words"), [("nl", "bestand"), ("en", "file")])
def test_a_fault_of_the_whole_file_names_it_in_the_language_of_the_page(
    store: Register, language: str, words: str
) -> None:
    app = whole(see(part="files", lang=language, form="hsds"))
    app.file_uploader(key="w_upload_hsds").set_value(("r.json", b"[]", "application/json"))
    again(app)
    (row,) = rows(app, "review_faults")
    assert row[:2] == [words, "–"]


@pytest.mark.parametrize(
    ("form", "name", "content"),
    [
        ("csv", "r.zip", b""),
        ("csv", "r.zip", b"PK\x03\x04 no zip"),
        ("xlsx", "r.xlsx", b"\xff\xfe\x00" * 99),
        ("hsds", "r.json", b"[" * 9999),
    ],
)
def test_a_file_that_is_none_is_told(store: Register, form: str, name: str, content: bytes) -> None:
    app = whole(see(part="files", form=form))
    app.file_uploader(key=f"w_upload_{form}").set_value((name, content, "application/octet-stream"))
    again(app)
    assert len(rows(app, "review_faults")) >= 1


# --- places without a point -----------------------------------------------------------------------------------


BOP = "LEI-039/1"  # Willem Klooslaan 15, in the Bos- en Gasthuisdistrict
AT = Hit("Willem Klooslaan 15, 2321AA Leiden", "adres", 52.153, 4.47, 9.1, "Willem Klooslaan", "15", "2321AA")
IN_THE_CENTRE = replace(AT, latitude=52.158, longitude=4.485)


def lacking_one(n: Names) -> tuple[geocoding.Lacking, PlacedPoint]:
    place = next(each for each in geocoding.lacking(n.package) if points.mark(each) == BOP)
    return place, geocoding.placed(place, geocoding.judge(n.package, place, [AT]))


def service(monkeypatch: pytest.MonkeyPatch, *hits: Hit, state: str = FOUND) -> list[str]:
    """The address service of the site gives these; what it is asked."""
    asked: list[str] = []

    def look_up(_: Package, text: str) -> AddressAnswer:
        asked.append(text)
        options = tuple(Address(hit.name, to_rd(hit.latitude, hit.longitude), hit) for hit in hits)
        return AddressAnswer(state, options)

    monkeypatch.setattr("hsc_geo.web.addresses.look_up", look_up)
    return asked


def looked_up(**query: str) -> AppTest:
    return press(whole(see(part="points", entry=BOP, **query)), "review_find_point")


def test_places_without_a_point_are_listed_those_with_an_address_first(store: Register) -> None:
    listed = rows(whole(see(part="points")), "review_points_list")
    assert "LEI-016" not in listed[0][0]  # a venue
    assert all(row[1] != "not known" for row in listed)  # of the first page


def test_a_steward_finds_the_point_of_one_entry_and_takes_it(
    store: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, before = service(monkeypatch, AT), snapshot(store)
    app = whole(see(part="points", entry=BOP))
    assert asked == []  # nobody is asked before the button
    press(app, "review_find_point")
    assert asked == ["Willem Klooslaan 15, Leiden"]
    shown = Tags(text(app)).text
    for part in (
        "Willem Klooslaan 15, 2321AA Leiden",
        "Address",
        "Boshuizen",
        "Bos- en Gasthuisdistrict",
        "PDOK",
    ):
        assert part in shown
    assert map_update(app)["marks"] == [{"at": [52.153, 4.47], "sign": "+"}]
    assert snapshot(store) == before
    press(app, "review_take_point")
    place = store.tables()["initiative_places"].query("initiative_id == 'LEI-039'").iloc[0]
    assert (place["latitude"], place["precision"], place["confidence"]) == (52.153, "address", "high")
    assert place["coordinate_source"] == SOURCE_OF_ADDRESSES
    assert "has its point now" in told(app)
    line = store.journal("LEI-039", limit=1)[0]
    assert (line.role, line.why) == ("steward", "Point by address: Willem Klooslaan 15, 2321AA Leiden")
    store.undo(line.batch, STEWARD, "Toch niet.")
    assert points.mark(lacking_one(names_of(store.overlay(store.package), Words("en")))[0]) == BOP


def test_where_it_happens_leaves_whom_it_serves(store: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    service(monkeypatch, AT)
    before = store.tables()["initiative_areas"].query("initiative_id == 'LEI-039'")
    press(looked_up(), "review_take_point")
    after = store.tables()["initiative_areas"].query("initiative_id == 'LEI-039'")
    assert list(before["area_code"]) == ["WK054605"]
    assert after.reset_index(drop=True).equals(before.reset_index(drop=True))


def test_another_district_than_stated_is_told_and_the_button_says_so(
    store: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    service(monkeypatch, IN_THE_CENTRE)
    app = looked_up()
    assert "The register states another district: Bos- en Gasthuisdistrict" in Tags(text(app)).text
    assert app.button(key="review_take_point").label == "Take this point all the same"


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (NOTHING, "does not find this address in Leiden"),
        (OFF, "switched that off"),
        (UNREACHABLE, "cannot be reached just now"),
        (BUSY, "Too many addresses"),
    ],
)
def test_that_nothing_is_found_is_told_with_the_reason(
    store: Register, monkeypatch: pytest.MonkeyPatch, state: str, said: str
) -> None:
    service(monkeypatch, state=state)
    app = looked_up()
    assert said in text(app)
    assert "review_take_point" not in [button.key for button in app.button]


def test_a_place_that_changed_meanwhile_is_left_as_it_is(
    store: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    service(monkeypatch, AT)
    app = looked_up()
    store.accept(correction(store, "LEI-039", address="Willem Klooslaan 17, Leiden"), STEWARD)
    before = snapshot(store)
    press(app, "review_take_point")
    assert snapshot(store) == before
    assert "Someone changed this place meanwhile" in told(app)


def test_a_hostile_answer_stays_text(store: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    service(monkeypatch, replace(AT, name=f"{SCRIPT} Willem Klooslaan 15", street="Elders"))
    app = looked_up()
    assert SCRIPT not in text(app)
    before = snapshot(store)
    press(app, "review_take_point")
    assert snapshot(store) == before  # the register takes no HTML
    assert "The file has faults; nothing was taken over" in told(app)


def test_without_the_role_no_address_is_looked_up(store: Register, en: Names) -> None:
    asked: list[str] = []
    desk = Desk(store, lambda: Actor("proposer", "s-1"), lambda: None)

    def look_up(_: Package, text_: str) -> AddressAnswer:
        asked.append(text_)
        return AddressAnswer(FOUND)

    points.find(en, desk, lacking_one(en)[0], look_up)
    assert asked == []
    assert "not, or no longer, signed in as steward" in st.session_state[TOLD][0]


def test_the_address_of_a_proposal_finds_its_point_before_it_is_accepted(
    store: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    service(monkeypatch, AT)
    number = correction(store, "LEI-032", address="Willem Klooslaan 15")
    app = press(whole(see(n=str(number))), f"review_{number}_find_1")
    assert "Found and filled in: Willem Klooslaan 15, 2321AA Leiden (Address), in Boshuizen" in told(app)
    assert "The register states another district: Leiden-Noord" in told(app)
    assert {"at": [52.153, 4.47], "sign": "+"} in map_update(app)["marks"]
    assert f"review_{number}_find_1" not in [button.key for button in app.button]
    assert pd.isna(place_of(store, "LEI-032")["latitude"])  # nothing is written before it is accepted
    press(app, "review_accept")
    place = place_of(store, "LEI-032")
    assert (place["latitude"], place["coordinate_source"]) == (52.153, SOURCE_OF_ADDRESSES)
    assert place["precision"] == "address"


def test_the_address_of_a_proposal_that_is_not_found_is_told(
    store: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    service(monkeypatch, state=NOTHING)
    number = correction(store, "LEI-032", address="Nergens 1")
    app = press(whole(see(n=str(number))), f"review_{number}_find_1")
    assert "does not find this address in Leiden" in told(app)
    assert app.text_input(key=f"w_review_{number}_latitude").value == ""


def place_of(store: Register, key: str) -> Any:
    return store.tables()["initiative_places"].query("initiative_id == @key").iloc[0]


def test_every_remark_has_a_sentence(n: Names) -> None:
    assert set(points.remark_names(n.w)) == set(geocoding.REMARKS)


# --- words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("part", PARTS)
def test_every_part_in_both_languages(store: Register, part: str, language: str) -> None:
    batch = store.accept(correction(store), STEWARD).batch
    query = {"n": str(new(store)), "entry": "LEI-003", "batch": batch, "keep": "LEI-005", "drop": "LEI-006"}
    app = whole(see(part=part, lang=language, **query))
    shown = Tags(text(app)).text + " ".join(each.label for each in app.button)
    assert not re.search(FORGOTTEN, shown)
    assert len(app.title) == 1


def test_every_code_of_a_fault_has_a_sentence(n: Names) -> None:
    for code in (*CODES, *DECISION_CODES):
        said = refusals.fault_text(n.w, Fault("name", code, "waarde"))
        assert f": {code} (" not in said
        assert said.endswith('("waarde")')


def test_every_refusal_has_a_sentence_of_its_own(en: Names) -> None:
    errors = [
        AlreadyDecided(3, "accepted"),
        ChangedSince("LEI-003", "name", "abc"),
        NotAllowed("proposer"),
        Unknown("x", "y"),
        NotTaken([Fault("why", "required")]),
        TooMany(9),
        *(RegisterUnavailable(code, "m") for code in ("gone", "full", "busy")),
    ]
    said = [refusals.error_text(en.w, error) for error in errors]
    assert len(set(said)) == len(errors)
    assert all(each.endswith(".") for each in said)


def test_every_kind_has_a_name(n: Names) -> None:
    assert set(review_words.kind_names(n.w)) == set(KINDS)


def test_wrong_values_in_the_address_are_told(store: Register) -> None:
    app = whole(see(part="kitchen", status="lost", n="1e9"))
    assert len(notes(app)) >= 1
    assert app.query_params.get("part", "queue") == "queue"
    for number in ("-1", "0", "99999999", "1.5", "٣", "1 OR 1=1"):
        assert whole(see(n=number))


@pytest.mark.parametrize("entity", ENTRIES)
def test_every_field_of_an_entry_has_a_name(entity: str, en: Names) -> None:
    fields = FIELDS[entity]
    assert [name for name in fields if field_words.field_text(en.w, name, entity) == name] == []


def test_every_field_of_a_place_has_a_name_with_its_number(n: Names) -> None:
    names = [field_words.field_text(n.w, name, "initiative") for name in place_fields.FIELDS]
    assert len(set(names)) == len(names) == 90
    assert all(
        str(number) in names[at] for at, (number, _) in enumerate(place_fields.FIELDS.values()) if number > 1
    )


# --- fresh figures ----------------------------------------------------------------------------------------------


def test_fresh_figures_are_those_of_the_report_that_is_kept(
    store: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "refresh.json"
    monkeypatch.setenv("HSC_REFRESH", str(file))
    settings_module.settings.cache_clear()
    assert "Nobody has looked for fresh figures yet." in text(whole(see(part="fresh")))
    at = "2026-11-30T13:05:00+00:00"
    source = Retrieved("50150NED", SCRIPT, "2026", "StatLine OData", at, "dataderden.cbs.nl", 8, "f" * 64)
    value = ValueChange("BU05460000", "50150NED-Eenzaam", 2024, "18plus", 41.0, "present", 42.5, "present")
    keep(
        RefreshReport(at, "GM0546", "Leiden", "a", "b", False, (source,), (), (), (), (value,), (), ()), file
    )
    app = whole(see(part="fresh", list="values"))
    assert "Fetched on 30 November 2026, 14:05." in text(app)
    assert rows(app, "review_fresh")[0][-2:] == ["41.0%", "42.5%"]
    assert SCRIPT not in text(whole(see(part="fresh", list="sources")))
    file.write_text("{}", encoding="utf-8")
    assert "cannot be read" in text(whole(see(part="fresh")))
