"""The fold with Python under the tables of a page: closed it draws nothing, open it has code for what is chosen."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from tests.shared.hostile import SCRIPT
from tests.views.screens import visit, whole

# Page and choices -> key of its fold, and what stands in it.
FOLDS: list[tuple[str, dict[str, Any], str, tuple[str, ...]]] = [
    ("start", {}, "start", ("start.focus(edition, as_of=date(2026, 3, 1))",)),
    (
        "kaart",
        {"table": "citywide", "q": SCRIPT},
        "map",
        ("on_map.citywide(edition, choice)", "on_map.tables("),
    ),
    (
        "dekking",
        {"part": "near", "dist": "800"},
        "near",
        ("near = coverage.near(", "shared = ", "distance=800"),
    ),
    (
        "dekking",
        {"part": "need", "ramb": "A3"},
        "need",
        ("verdicts = ", "need = ", "to_ask = ", "ambition='A3'"),
    ),
    ("wijkprofiel", {"full": "1"}, "figures", ("profile.figures(", "every=True")),
    ("partners", {"place": "WK054603"}, "near", ("partners.near(", "place='WK054603'")),
    ("partners", {"part": "missing"}, "missing", ("to_invite = partners.to_invite(",)),
    ("onderzoek", {"part": "spread"}, "rows", ("research.spread(", "research.over_years(")),
    (
        "veranderd",
        {"area": "WK054603", "since": "2025-01-01"},
        "changes",
        ("dates = changes.dates(", "area='WK054603'", "since=date(2025, 1, 1)"),
    ),
    ("data", {}, "indicators", ("indicators = edition.indicators",)),
]


def codes(app: Any) -> list[str]:
    return [each.value for each in app.code if "hsc_geo.open(" in each.value]


@pytest.mark.parametrize(("page", "query", "key", "holds"), FOLDS)
def test_an_open_fold_holds_code_for_what_is_chosen_and_a_closed_one_nothing(
    page: str, query: dict[str, Any], key: str, holds: tuple[str, ...]
) -> None:
    app = whole(visit(page, asof="2026-03-01", lang="en", **query))
    assert codes(app) == []
    app.session_state[f"python_{key}"] = True
    (code,) = codes(whole(app.run()))
    ast.parse(code)
    assert [each for each in holds if each not in code] == []
