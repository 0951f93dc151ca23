"""Reading a PDF back: its pages, its text, its structure, its fonts, its links."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pypdf import PdfReader

BREAKS = re.compile(r"[\s\u200b\u00ad]+")


@lru_cache(maxsize=64)
def opened(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


@lru_cache(maxsize=64)
def text(content: bytes) -> str:
    """All text without spaces and line breaks: where a line breaks is no matter."""
    pages = "\n".join(page.extract_text() for page in opened(content).pages)
    return squeezed(re.sub(r"-\n", "", pages))


def squeezed(given: str) -> str:
    return BREAKS.sub("", given)


@lru_cache(maxsize=64)
def elements(content: bytes) -> list[dict[str, Any]]:
    """Every element of the structure tree, in reading order."""
    return list(_walk(opened(content).trailer["/Root"]["/StructTreeRoot"]["/K"]))


def _walk(node: Any) -> Iterator[dict[str, Any]]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            yield from _walk(each)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _walk(node["/K"])


def kinds(content: bytes) -> Counter[str]:
    return Counter(str(each["/S"]) for each in elements(content))


def links(content: bytes) -> list[str]:
    found = [note.get_object() for page in opened(content).pages for note in page.get("/Annots") or []]
    return [str(note["/A"]["/URI"]) for note in found if "/A" in note]


def objects(content: bytes) -> Iterator[dict[str, Any]]:
    reader = opened(content)
    for number in range(1, int(reader.trailer["/Size"])):
        found = reader.get_object(number)
        if isinstance(found, dict):
            yield found
