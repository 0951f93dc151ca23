"""Reading the documentation: its files, code, links, pictures and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
AT_THE_TOP = ("README", "CONTRIBUTING", "CHANGELOG")
GENERATED = {
    "docs/data-checks.md",
    "docs/data-dictionary.md",
    "docs/settings.md",
}  # held to the code by tests

_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_STEP = re.compile(r"`([\w./-]+)`:?\n\n( *)```(\w+)\n(.*?)^\2```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"(!?)\[([^]]*)\]\(([^)\s]+)\)")


class Link(NamedTuple):
    """A link or, with `picture`, an image: its text and where it leads."""

    picture: bool
    text: str
    target: str


class Step(NamedTuple):
    """What a how-to says to do with a file: its path, and a block that is the whole file or, as `diff`, a change."""

    path: str
    language: str
    code: str


def steps(page: str) -> list[Step]:
    """The blocks of code that stand right after the name of a file, in order."""
    return [Step(match[1], match[3], dedented(match[4], match[2])) for match in _STEP.finditer(page)]


def dedented(block: str, blanks: str) -> str:
    """A block without the blanks in front that a list gives it."""
    return "\n".join(line.removeprefix(blanks) for line in block.splitlines())


def written() -> list[str]:
    """The pages of documentation that people write, as paths below the root."""
    pages = [*(ROOT / f"{name}.md" for name in AT_THE_TOP), *sorted((ROOT / "docs").rglob("*.md"))]
    return [name for page in pages if (name := page.relative_to(ROOT).as_posix()) not in GENERATED]


def text(name: str) -> str:
    """A file below the root."""
    return (ROOT / name).read_text(encoding="utf-8")


def fences(page: str, language: str) -> list[str]:
    """The blocks of code in a language, without the blanks in front that a list gives them."""
    found = [match for match in _FENCE.finditer(page) if match[2] == language]
    return [dedented(match[3], match[1]) for match in found]


def code_in_text(page: str) -> list[str]:
    """What stands between single backticks."""
    return _INLINE.findall(_FENCE.sub("", page))


def commands(page: str) -> Iterator[str]:
    """Commands in blocks of shell and those in the text, without the remark that ends a line."""
    for block in fences(page, "sh"):
        yield from (line.split("  #")[0].strip() for line in block.splitlines() if line.strip())
    starts = ("./start", "./test", ".venv/bin/", "python -m ")
    yield from (code for code in code_in_text(page) if code.startswith(starts))


def links(page: str) -> list[Link]:
    """Links and pictures outside of code."""
    prose = _INLINE.sub("", _FENCE.sub("", page))
    return [Link(bool(mark), words, target) for mark, words, target in _LINK.findall(prose)]


def anchors(page: str) -> set[str]:
    """The anchors that a forge makes of the headings."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
