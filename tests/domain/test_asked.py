"""The key of what an area was asked for."""

from __future__ import annotations

import re

import pytest

from hsc_geo.domain.schema_asked import ASKED_ID, asked_id
from hsc_geo.register.entries import entity_of


@pytest.mark.parametrize("area", ["GM0546", "WK054603", "BU05460301"])
def test_the_key_names_area_and_ambition_and_is_no_other_entry(area: str) -> None:
    key = asked_id(area, "A3")
    assert key == f"ASK-{area}-A3"
    assert re.fullmatch(ASKED_ID, key)
    assert entity_of(key) == "asked"


@pytest.mark.parametrize(
    "key", ["ASK-001", "ASK-NL00-A3", "ASK-WK0546-A3", "ASK-WK054603-", "ask-WK054603-A3"]
)
def test_other_keys_are_none(key: str) -> None:
    assert not re.fullmatch(ASKED_ID, key)
    assert entity_of(key) != "asked"
