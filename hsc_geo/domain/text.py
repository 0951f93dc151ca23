"""Text that any screen, file or protocol can carry."""

from __future__ import annotations

import re

_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
REPLACEMENT = "\ufffd"


def carriable(text: str, instead: str = REPLACEMENT) -> str:
    """The text with line ends as `\\n`, and `instead` for control characters and broken Unicode (lone surrogates)."""
    return _NOT_TEXT.sub(instead, text.replace("\r\n", "\n").replace("\r", "\n"))


_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")


def neutral(text: str) -> str:
    """The text as a spreadsheet may hold it: with an apostrophe in front when it would be taken for a formula.

    A text that has such apostrophes of its own gets one more, so that `as_written` gives back every text.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def as_written(text: str) -> str:
    """The text that `neutral` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def split_names(text: str) -> tuple[str, ...]:
    """The names in a text, with blanks between: for a long list of columns, which reads better as lines of text."""
    return tuple(text.split())
