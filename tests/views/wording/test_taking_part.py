"""How to take part: what the sources say of it and no more, with the office of the organisations."""

from __future__ import annotations

from dataclasses import replace

from hsc_geo.views.kit.names import Names
from hsc_geo.views.wording import taking_part
from hsc_geo.views.wording.initiative import initiative
from tests.shared import naive
from tests.shared.by_hand import LINKS, ORGANISATIONS
from tests.shared.hostile import SCRIPT

KEY = "LEI-045"
TOLD = {"schedule_en": "Tuesday, 10-12", "cost_en": "free", "how_to_join_en": "walk in", "contact": SCRIPT}


def test_what_is_known_is_told_and_what_is_not_in_one_line(en: Names) -> None:
    assert naive.initiatives()[KEY]["schedule_en"] == ""
    bare = str(initiative(en, KEY))
    assert "Not known here: days and times, costs, how to join." in bare
    assert "<dt>Days and times</dt>" not in bare
    register = en.package.initiatives.copy()
    register.loc[KEY, list(TOLD)] = list(TOLD.values())
    n = replace(en, package=replace(en.package, initiatives=register))
    full = str(initiative(n, KEY))
    for name, value in (("Days and times", "Tuesday, 10-12"), ("Costs", "free"), ("How to join", "walk in")):
        assert f"<dt>{name}</dt><dd>{value}</dd>" in full
    assert "Not known here" not in full
    assert SCRIPT not in full


def test_the_office_of_an_organisation_as_far_as_known(en: Names) -> None:
    for key, row in ORGANISATIONS.items():
        told = str(taking_part.office(en, key))
        assert (row["website"] in told) == bool(told) or not row["website"]
        assert bool(told) == bool(row["website"] or row["public_contact"] or row["address"])
    (contact,) = [value for name, value in taking_part.facts_of(en, KEY) if name == "Contact"]
    codes = [
        row["organisation_id"] for row in LINKS if row["initiative_id"] == KEY and row["organisation_id"]
    ]
    assert any(ORGANISATIONS[code]["name"] in str(contact) for code in codes)
