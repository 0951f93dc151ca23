"""What a text may not be, besides the rules of the contract, whoever brings it: too long, of a person, a broken cell.

One rule for proposals, for what a steward changes, and for files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hsc_geo.domain.message import Message
from hsc_geo.domain.problems import shorten
from hsc_geo.register import cells, place_fields
from hsc_geo.register.personal import personal_data

LONGEST = {"name": 200, "description_nl": 4000, "description_en": 4000, "why": 4000, "source_url": 2000}
LONGEST_OTHER = 1000
_LOOKED_THROUGH = 5 * LONGEST_OTHER  # signs of a text, for what tells of a person
_OFFICE_PHONE = re.compile(
    r"(?!(?:\+31|0031)?[\s(0)]*6)[+0(][\d\s()./-]{5,20}"
)  # a mobile one is taken for a person's
_CONTACTS = ("contact", "public_contact")
_NO_WORDS = ("source_url", "source2_url", "website", *place_fields.POINTS)


# Letters of UTF-8 that a program took for those of Windows, and wrote so: é became Ã©, ’ became â€™.
_MISREAD = re.compile(
    r"\w*(?:Ã[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\xa0-\xbf]|â€[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ])\w*"
)


def longest(name: str) -> int:
    """Characters that a field of this name holds at most."""
    return LONGEST.get(name, LONGEST_OTHER)


def faults(name: str, text: str) -> Iterator[tuple[str, str]]:
    """(code, value) of what is wrong with the text of a field of this name, as it was cleaned."""
    if len(text) > longest(name):
        yield "too_long", shorten(text)
    if cells.is_error(text) or (name not in _NO_WORDS and cells.is_nothing(text)):
        yield "broken_cell", text
    if found := _MISREAD.search(text):
        yield "misread", shorten(found[0])
    if name in _NO_WORDS or (name in _CONTACTS and _OFFICE_PHONE.fullmatch(text)):
        return
    yield from (("personal_data", shorten(part)) for part in personal_data(text[:_LOOKED_THROUGH]))


def mend(name: str, code: str, value: str) -> Message:
    """What whoever brings a file can do about such a fault."""
    if code == "misread":
        return Message(
            "these letters were read in a wrong encoding; save the source as UTF-8, or type the word anew"
        )
    if code == "too_long":
        return Message("write at most {most} characters", most=longest(name))
    if code == "broken_cell":
        return cells.mend_of(value)
    return Message(
        "this looks like the name, telephone number or private mail address of a person; leave it out"
    )
