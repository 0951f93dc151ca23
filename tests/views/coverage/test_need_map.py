"""The map of need with one quantity: dark has the meaning that it has on every map."""

from types import SimpleNamespace
from typing import Any

import pytest

from hsc_geo.views.coverage.words.need_map import one_colours
from hsc_geo.views.maps.colours import ramp


@pytest.mark.parametrize(
    ("show", "dark_is_low"), [("need", False), ("known", False), ("share", True), ("access", True)]
)
def test_darker_is_more_need_fewer_within_reach_and_more_initiatives(show: str, dark_is_low: bool) -> None:
    one: Any = SimpleNamespace(k=3)
    assert one_colours(show, one) == ramp(3, dark_is_low)
