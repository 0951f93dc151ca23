"""Text that any screen, file or protocol can carry."""

from __future__ import annotations

import re
import unicodedata

_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
REPLACEMENT = "\ufffd"
_MARKS = (
    ",",
    ";",
    "\t",
    "|",
)  # between cells; a spreadsheet in Dutch saves with semicolons, as text with tabs


def carriable(text: str, instead: str = REPLACEMENT) -> str:
    """The text with line ends as `\\n`, and `instead` for control characters and broken Unicode (lone surrogates)."""
    return _NOT_TEXT.sub(instead, text.replace("\r\n", "\n").replace("\r", "\n"))


# Characters that show nothing or turn the direction of reading; who writes them cannot see that they are there.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff"
    "\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f\ufdd0-\ufdef]"
)
# What joins, parts or varies the letters of other scripts and emoji shows nothing beside Latin letters.
_BESIDE_LATIN = re.compile(
    "(?<![^\x00-\u024f])[\u200c\u200d]+|(?<![^\\sA-Za-z\u00c0-\u024f])[\ufe00-\ufe0f\U000e0100-\U000e01ef]+"
)
_LINE_ENDS = re.compile("[\x0b\x0c\u2028\u2029]")  # besides those that `carriable` knows


def clean_text(text: str) -> str:
    """The text as it is kept: composed Unicode (NFC), line ends as `\\n`, without control characters, without what
    shows nothing or turns the reading direction, without blanks around. A sign that stands for a lost letter (U+FFFD)
    stays, to be told."""
    seen = _BESIDE_LATIN.sub("", _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)))
    return unicodedata.normalize("NFC", carriable(seen, "")).strip()


def cell_mark(header: str) -> str:
    """What stands between the cells of a CSV, by its header: the one of these marks which it has most of."""
    return max(_MARKS, key=header.count)


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
