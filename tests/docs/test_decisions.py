"""Decisions: one page each, dated, with the same parts, and all in the list."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.docs.reading import ROOT, links, text

FOLDER = "docs/decisions"
DECISIONS = sorted(path.name for path in (ROOT / FOLDER).glob("*.md") if path.name != "README.md")
PARTS = ["Context", "Decision", "Consequences"]
ONE_PAGE = 70  # lines


def listed() -> dict[str, str]:
    """The list: file -> the day beside it."""
    rows = re.findall(
        r"^\| \[[^]]+\]\(([^)]+)\) \| (\S+) \| .{20,} \|$", text(f"{FOLDER}/README.md"), re.MULTILINE
    )
    assert len(rows) == len(dict(rows))
    return dict(rows)


def day(name: str) -> str:
    """The day of a page, which stands alone under the title."""
    found = re.match(r"# [^\n]{10,}\n\n(\d{4}-\d\d-\d\d)\n\n## ", text(f"{FOLDER}/{name}"))
    assert found, f"{name} does not begin with a title and a day"
    return found[1]


def test_every_decision_is_listed_with_its_day() -> None:
    assert listed() == {name: day(name) for name in DECISIONS}
    assert list(listed().values()) == sorted(listed().values())
    assert all(date.fromisoformat(each) for each in listed().values())


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_has_its_parts_on_one_page(name: str) -> None:
    page = text(f"{FOLDER}/{name}")
    parts = re.findall(r"^## (.+)$", page, re.MULTILINE)
    assert [part for part in parts if part in PARTS] == PARTS
    assert len(page.splitlines()) <= ONE_PAGE


def test_the_architecture_leads_to_the_decisions() -> None:
    targets = {link.target.partition("#")[0] for link in links(text("docs/architecture.md"))}
    assert "decisions/README.md" in targets
