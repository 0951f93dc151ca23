"""Text from data as a brief can carry it: no control signs, only letters that the fonts have, of bounded length."""

from __future__ import annotations

import re

from hsc_geo.domain.text import carriable

LONGEST = 1200
LONGEST_WORD = 28
ABSENT = "\u25a1"  # an empty square, in the place of a letter that the fonts lack
BREAK = "\u200b"  # a place where a line may break, without width
# Directional signs turn the text around them, so that an address could look like another one.
_DIRECTION = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u200b-\u200d\u2060\ufeff\u00ad]")
_ABSENT = re.compile(
    r"[^\n\u0020-\u007e\u00a0-\u024f\u0300-\u0304\u0306-\u030c\u0323\u0326-\u0328\u0384-\u038a\u038c"
    r"\u038e-\u03a1\u03a3-\u03ff\u0400-\u04ff\u05d0-\u05ea\u060c\u061b\u061f\u0621-\u063a\u0640-\u0652"
    r"\u0660-\u0669\u1e00-\u1eff"
    r"\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026\u2030\u2039\u203a\u20ac\u2122\u2190-\u2193\u2212\u2248\u2260"
    r"\u2264\u2265\u00d7\u25a1]"
)
_WORD = re.compile(rf"[^\s{BREAK}]{{{LONGEST_WORD},}}")


def plain(text: str, shortened: str, longest: int = LONGEST) -> str:
    """The text as it can stand in a brief; a letter that the fonts lack becomes an empty square, what is too long ends
    with `shortened`.

    Words of more than LONGEST_WORD letters (addresses) get places where a line may break.
    """
    found = _ABSENT.sub(ABSENT, _DIRECTION.sub("", carriable(text[: longest * 4]))).strip()
    if len(found) > longest or len(text) > longest * 4:
        found = f"{found[:longest].rstrip()}… ({shortened})"
    return _WORD.sub(_breakable, found)


def _breakable(match: re.Match[str]) -> str:
    word = match[0]
    return BREAK.join(word[i : i + 12] for i in range(0, len(word), 12))
