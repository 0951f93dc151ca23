"""The three questions of the mapping, each with a short answer and where the rest of it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hsc_geo.analysis import questions
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import lower_first
from hsc_geo.views.start.words import empty
from hsc_geo.views.wording import counted


@dataclass(frozen=True)
class Answer:
    """question: as its link says it. text: the answer in short. shown: what the map is opened with."""

    question: str
    text: str
    shown: dict[str, Sequence[str]] = field(default_factory=dict)


def answers(n: Names, focus: Sequence[str]) -> list[Answer]:
    """What works, where to work together, who is missing."""
    return [_works(n, focus), _join(n, focus), _missing(n)]


def _works(n: Names, focus: Sequence[str]) -> Answer:
    w = n.w
    found = questions.working(n.package, list(focus))
    if not found.counted.everyone:
        return Answer(w.t("What already works?"), empty(n))
    text = w.t(
        "{n} initiatives count ({label}), {active} of them active when last seen. {places}Beside it, {wide}.",
        n=w.number(len(found.counted.everyone)),
        label=counted.label(n),
        active=w.number(found.active),
        places=f"{focus_text(n, found)}. " if found.per_area else "",
        wide=counted.wide_text(n, found.counted),
    )
    return Answer(w.t("What already works?"), text)


def focus_text(n: Names, found: questions.Working) -> str:
    """`Leiden Noord: 15; Leiden Zuidwest: 11`: the one number of each focus area."""
    each = (
        f"{n.area_or_focus(code)}: {counted.number(n, count.number)}"
        for code, count in found.per_area.items()
    )
    return "; ".join(each)


def _join(n: Names, focus: Sequence[str]) -> Answer:
    w = n.w
    found = questions.joining(n.package, list(focus))
    question = w.t("Where can we work together?")
    if found is None:
        none = w.t(
            "In no focus district are two organisations known that lead an initiative for one ambition."
        )
        if not n.focus():
            none = w.t(
                "In none of the districts above are two organisations known that lead an initiative for one ambition."
            )
        return Answer(question, none)
    text = w.t(
        "In {pairs} of {possible} combinations of district and ambition two or more organisations are known that lead "
        "an initiative there. Of the focus districts, most in {area}: {organisations} for {ambition}. Partners are not "
        "counted.",
        pairs=w.number(found.pairs),
        possible=w.number(found.possible),
        area=n.area_or_focus(found.area_code),
        organisations=w.number(found.organisations),
        ambition=lower_first(n.term("ambition", found.ambition)),
    )
    shown: dict[str, Sequence[str]] = {
        "district": [found.area_code],
        "amb": [found.ambition],
        "table": ["initiatives"],
    }
    return Answer(question, text, shown)


def _missing(n: Names) -> Answer:
    w = n.w
    found = questions.missing(n.package)
    question = w.t("Who is still missing?")
    if found is None:
        return Answer(question, w.t("The register names no ambitions."))
    text = w.t(
        "For {ambition} no initiative of its own is known in {without} of {districts} districts. For the whole city: "
        "{city}; for the region: {region}. None known is not the same as none.",
        ambition=lower_first(n.term("ambition", found.ambition)),
        without=w.number(found.districts_without),
        districts=w.number(found.districts),
        city=counted.number(n, found.city),
        region=counted.number(n, found.region),
    )
    return Answer(question, text, {"amb": [found.ambition], "ind": ["REGISTER-Initiatieven"]})
