"""Reading the PDF that Chromium prints: its pages, its text and the colours it fills with. Enough of PDF for that."""

from __future__ import annotations

import re
import zlib
from functools import cached_property

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_OBJECT = re.compile(rb"(\d+) 0 obj(.*?)endobj", re.DOTALL)


class Paper:
    """A printed page."""

    def __init__(self, content: bytes) -> None:
        assert content.startswith(b"%PDF")
        self._content = content
        self._objects = {int(number): body for number, body in _OBJECT.findall(content)}

    @property
    def pages(self) -> int:
        """How many sheets."""
        return len(re.findall(rb"/Type /Page\b", self._content))

    @cached_property
    def drawing(self) -> str:
        """What is drawn on all sheets, as PDF's operators."""
        return "\n".join(stream for body in self._objects.values() for stream in self._stream(body))

    @cached_property
    def text(self) -> str:
        """The letters of all sheets in the order that they are drawn, without blanks."""
        found: list[str] = []
        letters: dict[str, str] = {}
        for font, code in re.findall(r"/(F\d+) [\d.]+ Tf|<([0-9A-F]+)> Tj", self.drawing):
            if font:
                letters = self._fonts.get(font, {})
            else:
                width = 4 if any(len(key) == 4 for key in letters) else 2
                found += [letters.get(code[i : i + width], "") for i in range(0, len(code), width)]
        return re.sub(r"\s", "", "".join(found))

    def filled_with(self, colour: str) -> bool:
        """Whether something is filled with a colour, given as `#rrggbb`."""
        parts = (f"{int(colour[i : i + 2], 16) / 255:.4f}".strip("0").rstrip(".") or "0" for i in (1, 3, 5))
        return f"{' '.join(parts)} rg" in self.drawing

    def _stream(self, body: bytes) -> list[str]:
        return [_unpacked(packed).decode("latin-1") for packed in _STREAM.findall(body)]

    @cached_property
    def _fonts(self) -> dict[str, dict[str, str]]:
        """Font name -> code -> letter."""
        named = re.findall(rb"/(F\d+) (\d+) 0 R", self._content)
        return {name.decode(): self._letters(int(number)) for name, number in named}

    def _letters(self, font: int) -> dict[str, str]:
        at = re.search(rb"/ToUnicode (\d+) 0 R", self._objects.get(font, b""))
        table = "".join(self._stream(self._objects[int(at[1])])) if at else ""
        letters: dict[str, str] = {}
        for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
            for code, letter in re.findall(r"<(\w+)> <(\w+)>", block):
                letters[code] = _letter(letter)
        for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
            for low, high, letter in re.findall(r"<(\w+)> <(\w+)> <(\w+)>", block):
                for step in range(int(high, 16) - int(low, 16) + 1):
                    letters[f"{int(low, 16) + step:0{len(low)}X}"] = chr(int(letter, 16) + step)
        return letters


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed)
    except zlib.error:
        return packed


def _letter(code: str) -> str:
    return bytes.fromhex(code).decode("utf-16-be", errors="replace")
