"""The changelog follows the version, which stands in one place."""

from __future__ import annotations

import re
from datetime import date

import hsc_geo
from hsc_geo.domain.versions import VERSIONS, newest
from tests.docs.project import files
from tests.docs.reading import ROOT, text

KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}  # of Keep a Changelog
EDITION = re.compile(r"\[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)")
READ_BY_PEOPLE = {".md", ".py", ".toml", ".yml", ".js", ".typ", ".css", ".svg", ".cfg"}


def sections() -> list[tuple[str, str]]:
    """Headings of editions with what stands under them, newest first."""
    _, *rest = re.split(r"^## (.+)\n", text("CHANGELOG.md"), flags=re.MULTILINE)
    return list(zip(rest[::2], rest[1::2], strict=True))


def editions() -> list[tuple[str, date]]:
    """Number and day of each edition, newest first."""
    found = [EDITION.fullmatch(heading) for heading, _ in sections() if heading != "[Unreleased]"]
    return [(match[1], date.fromisoformat(match[2])) for match in found if match]


def test_newest_edition_is_the_version() -> None:
    """With what is not yet released above it, or nothing."""
    headings = [heading for heading, _ in sections()]
    numbered = [heading for heading in headings if heading != "[Unreleased]"]
    assert headings in (numbered, ["[Unreleased]", *numbered])
    assert all(EDITION.fullmatch(heading) for heading in numbered)
    assert editions()[0][0] == hsc_geo.__version__


def test_editions_go_back_in_time() -> None:
    numbers = [tuple(map(int, number.split("."))) for number, _ in editions()]
    days = [day for _, day in editions()]
    assert len(numbers) > 1
    assert numbers == sorted(set(numbers), reverse=True)
    assert days == sorted(days, reverse=True)


def test_every_edition_tells_something_of_each_kind_that_it_names() -> None:
    for heading, body in sections():
        _, *rest = re.split(r"^### (.+)\n", body, flags=re.MULTILINE)
        kinds, told = rest[::2], rest[1::2]
        assert kinds, heading
        assert set(kinds) <= KINDS, heading
        assert len(set(kinds)) == len(kinds), heading
        assert all(part.strip().startswith("- ") for part in told), heading


def test_every_edition_names_the_contract_that_it_reads() -> None:
    named = [re.findall(r"[Dd]ata contract (\d+\.\d+\.\d+)", body.split("###")[0]) for _, body in sections()]
    assert all(len(numbers) == 1 for numbers in named)
    assert named[0] == [newest().number]
    assert {numbers[0] for numbers in named} <= {version.number for version in VERSIONS}


def test_version_stands_in_one_place() -> None:
    """Whatever else tells it takes it from there; the changelog has its history."""
    allowed = {ROOT / "CHANGELOG.md", ROOT / "hsc_geo" / "__init__.py"}
    number = re.compile(rf"(?<![\w.]){re.escape(hsc_geo.__version__)}(?![\w.])")
    looked_at = [path for path in files() if path.suffix in READ_BY_PEOPLE and path not in allowed]
    assert len(looked_at) > 400
    assert [path.name for path in looked_at if number.search(path.read_text(encoding="utf-8"))] == []
