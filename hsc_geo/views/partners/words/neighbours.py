"""Neighbours of an initiative in words: each with its reasons and the points that these give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from hsc_geo.analysis import neighbours as method
from hsc_geo.analysis.matrix import Basis, counted
from hsc_geo.analysis.neighbours import Neighbour, Reason
from hsc_geo.analysis.partners import organisations_of
from hsc_geo.views.kit.names import Names, plain
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.kit.stated import stated
from hsc_geo.views.kit.words import lower_first
from hsc_geo.views.partners.choices import NeighboursChoice
from hsc_geo.views.partners.words.near import metres_text
from hsc_geo.views.wording import initiative, short
from hsc_geo.views.wording.counted import number

MOST_NAMES = 4  # organisations named in one cell


def said(n: Names, choice: NeighboursChoice, found: Sequence[Neighbour]) -> str:
    """How many have to do with it, and who first."""
    w, name = n.w, n.initiative(choice.initiative)
    if not found:
        return w.t("No other initiative is known that fits with {name} under these choices.", name=name)
    first = found[0]
    why = ", ".join(lower_first(reason_names(n)[reason.code]) for reason in first.reasons)
    many = w.tn(
        "{n} other initiative fits with {name}.",
        "{n} other initiatives fit with {name}.",
        len(found),
        name=name,
    )
    best = w.t("First: {name} ({why}).", name=n.initiative(first.id), why=why)
    return f"{many} {best}"


def said_sharing(n: Names, found: Sequence[tuple[str, tuple[str, ...]]]) -> str:
    """Before one is chosen: how many share something with another."""
    return n.w.t(
        "{n} of {total} initiatives share a place or an organisation with another.",
        n=number(n, len(found)),
        total=n.w.number(len(counted(n.package, Basis()))),
    )


def sharing_list(n: Names, found: Sequence[tuple[str, tuple[str, ...]]]) -> Listing:
    """Those that share a place or an organisation with others, who shares with most first."""
    columns = [
        Column("name", n.w.t("Initiative"), sortable=False),
        Column("number", n.w.t("Shares with"), numeric=True, sortable=False),
        Column("organisations", n.w.t("Organisations"), sortable=False, wordy=True),
    ]
    caption = n.w.t("Who shares most; choose one to see who fits with it, and why")
    return Listing(caption, columns, [_sharing_row(n, *each) for each in found])


def _sharing_row(n: Names, key: str, others: Sequence[str]) -> Row:
    names = _cut(n, [plain(name) for _, name, _ in organisations_of(n.package, key)])
    return Row(key, [n.initiative(key), n.w.number(len(others)), ", ".join(names)], {})


def _cut(n: Names, names: Sequence[str]) -> list[str]:
    more = len(names) - MOST_NAMES
    rest = [n.w.t("and {n} more", n=n.w.number(more))] if more > 0 else []
    return [*names[:MOST_NAMES], *rest]


def own_facts(n: Names, key: str) -> list[tuple[str, object]]:
    """What the initiative itself is compared by."""
    w = n.w
    row: Any = n.package.initiatives.loc[key]
    return [
        (w.t("Ambition (most are inferred)"), initiative.ambitions_text(n, row)),
        (w.t("Life stage"), n.terms("life_stage", str(row["life_stages"]))),
        (w.t("Serves"), initiative.serves_text(n, key)),
        (w.t("Organisation"), plain(stated(n.w, row["organisation"]))),
    ]


def neighbours_list(n: Names, found: Sequence[Neighbour]) -> Listing:
    """Those that are shown, most points first."""
    caption = n.w.tn("{n} neighbour, most points first", "{n} neighbours, most points first", len(found))
    return Listing(caption, neighbour_columns(n), neighbour_rows(n, found))


def reason_counts(n: Names, found: Sequence[Neighbour]) -> dict[str, str]:
    """Each reason by name, with how many have it."""
    number = Counter(reason.code for each in found for reason in each.reasons)
    return {code: f"{name} ({n.w.number(number[code])})" for code, name in reason_names(n).items()}


def reason_names(n: Names) -> dict[str, str]:
    """The reasons by name."""
    w = n.w
    return {
        "join": w.t("Join forces"),
        "refer": w.t("Refer people"),
        "partners": w.t("Partners in common"),
        "place": w.t("Same place"),
        "alike": w.t("Descriptions alike"),
    }


def neighbour_columns(n: Names) -> list[Column]:
    """Columns that go with `neighbour_rows`."""
    w = n.w
    return [
        Column("name", w.t("Initiative"), sortable=False),
        Column("points", w.t("Points"), numeric=True, sortable=False),
        Column("why", w.t("Why"), sortable=False, wordy=True),
        Column("status", w.t("Status"), sortable=False),
    ]


def neighbour_rows(n: Names, found: Sequence[Neighbour]) -> list[Row]:
    """A row per neighbour."""
    return [
        Row(
            each.id,
            [
                n.initiative(each.id),
                n.w.number(each.score, 1),
                "; ".join(reason_text(n, reason) for reason in each.reasons),
                short.mark(n, each.id),
            ],
            {},
        )
        for each in found
    ]


def reason_text(n: Names, reason: Reason) -> str:
    """A reason in words with its points."""
    said = {
        "join": _together_text,
        "refer": _together_text,
        "partners": _partners_text,
        "place": _place_text,
        "alike": _alike_text,
    }[reason.code](n, reason.facts)
    name = reason_names(n)[reason.code]
    return n.w.t("{reason} ({points}): {facts}", reason=name, points=n.w.number(reason.points, 1), facts=said)


def _together_text(n: Names, known: Mapping[str, Any]) -> str:
    parts = [
        n.terms("ambition", "|".join(known["ambitions"])),
        n.terms("life_stage", "|".join(known["stages"])),
        metres_text(n, known["metres"]) if "metres" in known else "",
        ", ".join(n.area(code) for code in known.get("areas", ())),
    ]
    return " · ".join(part for part in parts if part)


def _partners_text(n: Names, known: Mapping[str, Any]) -> str:
    return ", ".join(_cut(n, [plain(name) for name in known["organisations"]]))


def _place_text(n: Names, known: Mapping[str, Any]) -> str:
    return n.w.t("the same venue") if known["venue"] else n.w.t("the same place on the map")


def _alike_text(n: Names, known: Mapping[str, Any]) -> str:
    return n.w.t("words such as {words}", words=", ".join(known["words"]))


def method_texts(n: Names) -> list[str]:
    """The points and what they are for."""
    w = n.w
    near, far = w.number(method.NEARBY), w.number(method.SAME_DISTRICT * 100)
    return [
        w.t(
            "Join forces: {n} points for an ambition in common, for the same people, nearby.",
            n=w.number(method.JOIN),
        ),
        w.t(
            "Refer people: {n} points for another ambition, for the same people, nearby.",
            n=w.number(method.REFER),
        ),
        w.t(
            "Nearby is within {metres} metres or in the same neighbourhood; where only the district is in common, "
            "{share}% of the points.",
            metres=near,
            share=far,
        ),
        w.t(
            "Partners in common: {n} point for each organisation, at most {most}. Same place: {place} point.",
            n=w.number(method.PARTNER),
            most=w.number(method.MOST_PARTNERS),
            place=w.number(method.PLACE),
        ),
        w.t(
            "Descriptions alike: up to {n} points, by the words of the Dutch texts that few others have (cosine of "
            "TF-IDF, from {least} on).",
            n=w.number(method.ALIKE),
            least=w.number(method.LEAST_ALIKE, 2),
        ),
        w.t(
            "The points are a choice of ours. They say whom to ask first, not who would fit; and most ambitions are "
            "inferred by us."
        ),
    ]
