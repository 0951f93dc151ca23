"""Text from data as a brief can carry it: no control signs, only letters that the fonts have, of bounded length."""

from __future__ import annotations

import re

from hsc_geo.domain.text import carriable

LONGEST = 1200
LONGEST_WORD = 28
ABSENT = "?"
BREAK = "\u200b"  # a place where a line may break, without width
# Directional signs turn the text around them, so that an address could look like another one.
_DIRECTION = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u200b-\u200d\u2060\ufeff\u00ad]")
_ABSENT = re.compile(
    r"[^\n\u0020-\u007e\u00a0-\u017f\u0192\u0218-\u021b\u0391-\u03a1\u03a3-\u03a9\u03b1-\u03c9\u0410-\u044f"
    r"\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026\u2030\u2039\u203a\u20ac\u2122\u2190-\u2193\u2212\u2248\u2260"
    r"\u2264\u2265\u00d7]"
)
_WORD = re.compile(rf"[^\s{BREAK}]{{{LONGEST_WORD},}}")


def plain(text: str, shortened: str, longest: int = LONGEST) -> str:
    """The text as it can stand in a brief; what the fonts lack becomes `?`, what is too long ends with `shortened`.

    Words of more than LONGEST_WORD letters (addresses) get places where a line may break.
    """
    found = _ABSENT.sub(ABSENT, _DIRECTION.sub("", carriable(text[: longest * 4]))).strip()
    if len(found) > longest or len(text) > longest * 4:
        found = f"{found[:longest].rstrip()}… ({shortened})"
    return _WORD.sub(_breakable, found)


def _breakable(match: re.Match[str]) -> str:
    word = match[0]
    return BREAK.join(word[i : i + 12] for i in range(0, len(word), 12))
