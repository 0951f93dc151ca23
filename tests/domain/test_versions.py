"""The versions of the data contract."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from hsc_geo.domain import schema
from hsc_geo.domain.versions import VERSIONS, fingerprint, newest


def test_no_change_of_the_contract_without_a_version() -> None:
    assert fingerprint(schema.TABLES) == newest().fingerprint, (
        "the contract changed: give VERSIONS in hsc_geo/domain/versions.py a new version with this fingerprint, "
        "build data/ again, and write the dictionary"
    )


def test_versions_follow_one_another() -> None:
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", each.number) for each in VERSIONS)
    numbers = [tuple(map(int, each.number.split("."))) for each in VERSIONS]
    days = [date.fromisoformat(each.day) for each in VERSIONS]
    assert numbers == sorted(set(numbers), reverse=True)
    assert days == sorted(days, reverse=True)
    firsts = {
        each.fingerprint: each.number.split(".")[0] for each in VERSIONS
    }  # a code comes without a new one
    assert all(firsts[each.fingerprint] == each.number.split(".")[0] for each in VERSIONS)
    assert all(each.nl and each.en and each.nl != each.en for each in VERSIONS)


@pytest.mark.parametrize(
    "change",
    [{"name": "renamed"}, {"required": True}, {"type": "number"}, {"vocabulary": "theme"}, {"many": True}],
    ids=str,
)
def test_what_a_program_sees_counts_and_words_do_not(change: dict[str, object]) -> None:
    table = schema.table("organisations")
    last = replace(table.fields[-1], many=False)
    table = replace(table, fields=(*table.fields[:-1], last))
    assert not any(getattr(last, name) == value for name, value in change.items())
    changed = replace(table, fields=(*table.fields[:-1], replace(last, **change)))  # type: ignore[arg-type]
    reworded = replace(
        table, en="Other words.", fields=(*table.fields[:-1], replace(last, en="Other words."))
    )
    assert fingerprint([changed]) != fingerprint([table]) == fingerprint([reworded])
    assert fingerprint([replace(table, primary_key=())]) != fingerprint([table])
