"""The one search: what a few words may mean, of all that the register and the pages have.

The rule of the order. First how a name fits what was typed, the best of: it is the name; the name begins with it; every
word of it is a word of the name; every word begins one; every word stands inside the name. Blanks, signs, accents,
capitals and the order of words make no difference, so a Dutch compound is found apart and joined. Of what fits alike,
a thing's own name goes before what people call it (for a topic that is as good), and that before an address and the
name of a figure; then topics, areas, initiatives,
organisations, figures, places, streets, postcodes, pages; then what has not ended; then the shortest name.

Only where no name fits, a house number that is not known is left out, and then a postcode's letters; then names that
look like it are taken, the likeliest first; then each word for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hsc_geo.analysis.search_index import (
    ADDRESS,
    ALSO,
    FIGURE,
    KINDS,
    NAME,
    TOPIC_KINDS,
    WAYS,
    Index,
    Name,
    Thing,
    search_index,
    words_of,
)
from hsc_geo.analysis.search_words import PASSED_OVER
from hsc_geo.data.load import Package

FEWEST, MOST_LETTERS = 2, 100  # of what is looked for
MOST, MOST_OF_KIND = 8, 5
ALIKE, PART = (
    "alike",
    "part",
)  # why found, beside NAME, ALSO and ADDRESS: it looks like it; by one of the words
WHYS = (NAME, ALSO, ADDRESS, ALIKE, PART)
LIKENESS = 80  # of 100: the least of a word or a name (rapidfuzz's ratio) that looks like it

_WHOLE, _BEGINS, _WORDS, _STARTS, _INSIDE = range(5)
_INSIDE_FROM = 4  # letters of a word that may stand inside another
_ALIKE_FROM = 4  # letters of a word that may be misspelt
_RANK = {kind: 0 if kind in TOPIC_KINDS else i for i, kind in enumerate(KINDS)}
_NUMBER = re.compile(r"\d+[a-z]?")
_POSTCODE = re.compile(r"\d{4}[a-z]{0,2}")

Rank = tuple[float, ...]


@dataclass(frozen=True)
class Found:
    """One result. label: in the language asked for; why: one of WHYS; by: the name by which it was found."""

    thing: Thing
    label: str
    why: str
    by: str


@dataclass(frozen=True)
class _Asked:
    """What was typed: words: all; wanted: those that must be found."""

    words: tuple[str, ...]
    wanted: tuple[str, ...]
    joined: str


def search(package: Package, text: str, language: str = "nl") -> tuple[Found, ...]:
    """What `text` may mean: at most MOST, of a kind at most MOST_OF_KIND, the best first and each kind together."""
    asked = _asked(words_of(text[:MOST_LETTERS]))
    if len(asked.joined) < FEWEST:
        return ()
    index = search_index(package)
    hits = next(filter(None, (step(index, asked) for step in _STEPS)), {})
    return tuple(_found(index, *hit, language) for hit in _together(index, hits.items()))


def _asked(words: Sequence[str]) -> _Asked:
    wanted = tuple(word for word in words if word not in PASSED_OVER) or tuple(words)
    return _Asked(tuple(words), wanted, "".join(words))


Hits = dict[int, tuple[Rank, Name, str]]  # number of a thing -> its best rank, by which name, and why


def _best(index: Index, ranked: Iterable[tuple[Rank, Name, str]]) -> Hits:
    hits: Hits = {}
    for rank, name, why in ranked:
        thing = index.things[name.thing]
        whole = (*rank, _RANK[thing.kind], name.order, thing.ended, len(name.joined), name.thing)
        if name.thing not in hits or whole < hits[name.thing][0]:
            hits[name.thing] = (whole, name, why)
    return hits


def _fitting(index: Index, asked: _Asked) -> Hits:
    """By names that fit."""
    fits = ((_fit(name, asked), name) for name in index.names)
    return _best(index, (((fit, _way(index, name)), name, name.way) for fit, name in fits if fit is not None))


def _way(index: Index, name: Name) -> int:
    kind = index.things[name.thing].kind
    return 0 if kind in TOPIC_KINDS else WAYS.index(ADDRESS if kind == FIGURE else name.way)


def _fit(name: Name, asked: _Asked) -> int | None:
    at = name.joined.find(asked.joined)
    if at < 0 and not all(word in name.joined for word in asked.wanted):
        return None
    if at == 0 and len(asked.joined) in name.edges:
        return _WHOLE if len(asked.joined) == len(name.joined) else _BEGINS
    if {*asked.wanted} <= {*name.words} or (at in name.edges and at + len(asked.joined) in name.edges):
        return _WORDS
    if at in name.edges or all(any(w.startswith(word) for w in name.words) for word in asked.wanted):
        return _STARTS
    if all(len(word) >= _INSIDE_FROM and word in name.joined for word in asked.wanted):
        return _INSIDE
    return None


def _without_number(index: Index, asked: _Asked) -> Hits:
    """A street of which this house number is not known, and a postcode of which only the digits are."""
    words = asked.words
    kept = tuple(word for word in words if not _NUMBER.fullmatch(word))
    if _POSTCODE.fullmatch(asked.joined):
        kept = (asked.joined[:4],)
    return _fitting(index, _asked(kept)) if kept and kept != words else {}


def _alike(index: Index, asked: _Asked) -> Hits:
    """By names that look like it: as a whole, or of which a word looks like each of the words."""
    from rapidfuzz import fuzz, process

    if len(asked.joined) < _ALIKE_FROM:
        return {}
    whole = process.extract(asked.joined, index.joined, scorer=fuzz.ratio, limit=None, score_cutoff=LIKENESS)
    likeness = {row: float(score) for _, score, row in whole}
    near = [_words_alike(index, word) for word in asked.wanted]
    for row, name in enumerate(index.names):
        each = [max((scores.get(word, 0.0) for word in name.words), default=0.0) for scores in near]
        if all(each):
            likeness[row] = max(likeness.get(row, 0.0), sum(each) / len(each))
    return _best(index, (((-score,), index.names[row], ALIKE) for row, score in likeness.items()))


def _words_alike(index: Index, word: str) -> dict[str, float]:
    """The words of names that look like a word; a short one must stand there as it is."""
    from rapidfuzz import fuzz, process

    if len(word) < _ALIKE_FROM:
        return {word: 100.0}
    found = process.extract(word, index.words, scorer=fuzz.ratio, limit=None, score_cutoff=LIKENESS)
    return {each: float(score) for each, score, _ in found}


def _by_word(index: Index, asked: _Asked) -> Hits:
    """By each word for itself, where it is a whole name."""
    found: Hits = {}
    for word in asked.wanted:
        whole = {key: hit for key, hit in _fitting(index, _asked((word,))).items() if hit[0][0] == _WHOLE}
        found = {**{key: (rank, name, PART) for key, (rank, name, _) in whole.items()}, **found}
    return found


_STEPS = (_fitting, _without_number, _alike, _by_word)


def _together(index: Index, hits: Iterable[tuple[int, tuple[Rank, Name, str]]]) -> Iterator[tuple[Name, str]]:
    """The best of each kind, the kinds in the order of their best."""
    groups: dict[int, list[tuple[Name, str]]] = {}
    count = 0
    for key, (_, name, why) in sorted(hits, key=lambda hit: hit[1][0]):
        group = groups.setdefault(_RANK[index.things[key].kind], [])
        if len(group) < MOST_OF_KIND and count < MOST:
            group.append((name, why))
            count += 1
    return (hit for group in groups.values() for hit in group)


def _found(index: Index, name: Name, why: str, language: str) -> Found:
    thing = index.things[name.thing]
    return Found(thing, thing.labels[0 if language == "nl" else 1], why, name.shown)
