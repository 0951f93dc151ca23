"""What readers see in Dutch is plain: short sentences, no officialese, no English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.pofile import read_po

from hsc_geo.domain.text import split_names

CATALOGUE = Path(__file__).resolve().parents[2] / "locale" / "nl" / "LC_MESSAGES" / "hsc_geo.po"
LONGEST = 25  # words of a sentence, or of a part of one before a colon or semicolon
OFFICIALESE = split_names(
    "aldus alsmede bijgevolg derhalve desalniettemin desbetreffende diens dienaangaande dienen dient geschieden "
    "geschiedt hetgeen indien ingevolge inzake krachtens leemte leemten middels mits navragen omtrent onderhavige "
    "reeds teneinde tevens thans voorts waaromtrent zulke zulks"
)
# Words of English that are no Dutch; names of codes and files in a text are left out before.
ENGLISH = split_names(
    "the and with not after before since until results choose options save delete cancel close yes feedback overview "
    "settings apply reset nothing found by every weekly share"
)
_CODE = re.compile(r"`[^`]*`|\{\w*\}|\b\w+(?:[_.]\w+)+\b|\b[A-Z]{2,}\b")
_ENDS = re.compile(r"(?<=[.!?:;])\s+")


def texts() -> Iterator[str]:
    """Every Dutch text of the catalogue."""
    with CATALOGUE.open("rb") as stream:
        for message in read_po(stream, locale="nl"):
            if message.id:
                yield from [message.string] if isinstance(message.string, str) else message.string


def with_word(words: Sequence[str]) -> list[str]:
    wanted = re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])", re.IGNORECASE)
    return [text for text in texts() if wanted.search(_CODE.sub(" ", text))]


def test_sentences_are_short() -> None:
    parts = (part for text in texts() for part in _ENDS.split(text))
    assert [part for part in parts if len(part.split()) > LONGEST] == []


def test_no_word_of_an_office() -> None:
    assert with_word(OFFICIALESE) == []


def test_no_word_of_english() -> None:
    assert with_word(ENGLISH) == []
