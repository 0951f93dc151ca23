"""What computes and what words it reads no clock and no setting: the visit's day, moment and settings are handed in."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HANDED_DOWN = [path for layer in ("views", "analysis") for path in (ROOT / "hsc_geo" / layer).rglob("*.py")]
CLOCKS = {"today", "now", "utcnow", "time", "time_ns"}  # of what is named as below
OF = {"date", "datetime", "time", "Timestamp"}
SETTINGS = {"os.environ", "os.getenv", "environ", "getenv"}


def reads(text: str) -> list[str]:
    """What reads the clock or the environment, called or only named, as it stands in the code."""
    named = (each for each in ast.walk(ast.parse(text)) if isinstance(each, ast.Attribute | ast.Name))
    return [ast.unparse(each) for each in named if _is_clock(each) or ast.unparse(each) in SETTINGS]


def _is_clock(node: ast.Attribute | ast.Name) -> bool:
    if isinstance(node, ast.Name) or node.attr not in CLOCKS:
        return False
    return ast.unparse(node.value).rpartition(".")[2] in OF


def test_no_clock_and_no_setting_is_read_below_the_page() -> None:
    assert len(HANDED_DOWN) > 100
    found = {str(path.relative_to(ROOT)): reads(path.read_text(encoding="utf-8")) for path in HANDED_DOWN}
    assert {path: told for path, told in found.items() if told} == {}


@pytest.mark.parametrize(
    "text",
    [
        "date.today()",
        "field(default_factory=dt.date.today)",
        "datetime.now(UTC)",
        "time.time()",
        "pd.Timestamp.now()",
        "os.environ['HSC_SMALL_COUNTS']",
    ],
)
def test_each_way_to_read_one_is_seen(text: str) -> None:
    assert reads(text)


@pytest.mark.parametrize(
    "text", ["places.now(form)", "n.now", "n.today", "visit.time", "date.fromisoformat(day)"]
)
def test_what_is_handed_in_is_no_clock(text: str) -> None:
    assert not reads(text)
