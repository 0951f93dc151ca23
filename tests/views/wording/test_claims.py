"""What the guard says: every verdict in both languages, with the names that it is about and nothing left open."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from hsc_geo.analysis import guard
from hsc_geo.analysis.guard import INSTEAD_OF, KINDS, REASONS, Reading, Verdict, judge
from hsc_geo.data.load import Package
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.wording.claims import instead_text, reading_name, reason_text
from tests.shared import naive
from tests.shared.hostile import SCRIPT
from tests.visit import names_of

LONELY, SMOKERS, NEW_HEALTH = "50090NED-Eenzaam", "50090NED-Roker", "50150NED-GoedErvarenGezondheid"
HOMES = "85984NED-Koopwoningen"
FACTS = {"kind": ("modelled",), "tables": ("50090NED", "50150NED"), "levels": (), "years": ("2016", "2020")}
READING = Reading(guard.EFFECT, (LONELY,), ("BU05460302",), (2016, 2020), "LEI-001")


def refused(reason: str) -> Verdict:
    return Verdict(False, reason, INSTEAD_OF[reason], FACTS)


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_and_way_out_has_a_sentence(n: Names, reason: str) -> None:
    general = reason_text(n, READING, Verdict(False, "no such reason", "", FACTS))
    for text in (reason_text(n, READING, refused(reason)), instead_text(n, READING, refused(reason))):
        assert text.endswith(".")
        assert "{" not in text
        assert text != general


def test_no_two_reasons_say_the_same(en: Names) -> None:
    assert len({reason_text(en, READING, refused(reason)) for reason in REASONS}) == len(REASONS)
    ways = set(INSTEAD_OF.values())
    texts = {instead_text(en, READING, Verdict(False, REASONS[0], way, FACTS)) for way in ways}
    assert len(texts) == len(ways)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_reading_has_a_name(n: Names, kind: str) -> None:
    assert reading_name(n, kind) not in ("", kind)
    assert reading_name(n, "guess") == "guess"


def test_the_effect_names_the_initiative_and_the_figure(n: Names, package: Package) -> None:
    verdict = judge(package, READING)
    text = reason_text(n, READING, verdict)
    assert naive.initiatives()["LEI-001"]["name"] in text
    assert n.indicator(LONELY) in text
    assert instead_text(n, READING, verdict)


def test_an_initiative_that_is_not_known_has_no_name(en: Names) -> None:
    for key in ("", "no such"):
        text = reason_text(en, replace(READING, initiative_id=key), refused("effect_modelled"))
        assert "does not know an initiative" in text


def test_change_names_the_area_and_one_year_names_it(n: Names, package: Package) -> None:
    reading = Reading(guard.CHANGE, (LONELY,), ("BU05460302",), (2016, 2020))
    assert "De Kooi" in reason_text(n, reading, judge(package, reading))
    single = Reading(guard.CHANGE, (HOMES,), ("BU05460302",), (2024,))
    assert "2024" in reason_text(n, single, judge(package, single))


def test_joined_tables_are_named(n: Names, package: Package) -> None:
    reading = Reading(guard.TREND, (LONELY, NEW_HEALTH), ("GM0546",))
    assert "50090NED, 50150NED" in reason_text(n, reading, judge(package, reading))


def test_years_to_choose_from_are_named(n: Names, package: Package) -> None:
    reading = Reading(guard.COMPARE, (LONELY,), ("BU05460302", "GM0546"), (2020, 2016))
    assert "2016 / 2020" in instead_text(n, reading, judge(package, reading))


@pytest.mark.parametrize("key", [HOMES, "REGISTER-Initiatieven"])
def test_what_is_allowed_needs_no_way_out(n: Names, package: Package, key: str) -> None:
    reading = Reading(guard.RANK, (key,), ("WK054603", "WK054605"))
    verdict = judge(package, reading)
    assert verdict.allowed
    assert reason_text(n, reading, verdict)
    assert instead_text(n, reading, verdict) == ""


def test_counted_by_us_is_said_to_be_what_is_known(en: Names, package: Package) -> None:
    reading = Reading(guard.RANK, ("REGISTER-Initiatieven",))
    assert "not all there are" in reason_text(en, reading, judge(package, reading))


@pytest.mark.parametrize("reason", REASONS)
def test_hostile_names_are_escaped_where_they_become_html(
    hostile_package: Package, n: Names, reason: str
) -> None:
    names = names_of(hostile_package, n.w)
    key = next(k for k, name in hostile_package.initiatives["name"].items() if name == SCRIPT)
    text = reason_text(names, replace(READING, initiative_id=str(key)), refused(reason))
    assert "<script" not in markup("<p>{}</p>", text)
    assert (SCRIPT in text) is (reason == "effect_modelled")


def test_braces_in_a_name_are_no_places_to_fill(hostile_package: Package, en: Names) -> None:
    names = names_of(hostile_package, en.w)
    key = next(
        k for k, name in hostile_package.initiatives["name"].items() if name.startswith("%s {0} {name}")
    )
    text = reason_text(names, replace(READING, initiative_id=str(key)), refused("effect_modelled"))
    assert "%s {0} {name}" in text


def test_the_absence_of_initiatives_is_never_claimed(n: Names) -> None:
    for reason in REASONS:
        both = reason_text(n, READING, refused(reason)) + instead_text(n, READING, refused(reason))
        assert not re.search(r"\b(no initiatives?|geen initiatie\w+)\b(?! (known|bekend))", both)
