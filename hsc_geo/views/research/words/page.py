"""What stands with every part of the page of research."""

from __future__ import annotations

from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import Words
from hsc_geo.views.research.choices import (
    CHANCE,
    EXPLORE,
    OWN,
    PATTERN,
    SPREAD,
    TOGETHER,
    UNEQUAL,
    Moment,
    ResearchChoice,
)


def part_names(w: Words) -> dict[str, str]:
    """The parts of the page, each a question; one is on the screen at a time."""
    return {
        EXPLORE: w.t("What is known?"),
        SPREAD: w.t("How does a figure differ?"),
        TOGETHER: w.t("Do two figures go together?"),
        UNEQUAL: w.t("How unequal is it?"),
        PATTERN: w.t("Do neighbours look alike?"),
        CHANCE: w.t("Is that more than chance?"),
        OWN: w.t("Your own area?"),
    }


def level_names(w: Words) -> dict[str, str]:
    """What the areas are."""
    return {DISTRICT: w.t("Districts"), NEIGHBOURHOOD: w.t("Neighbourhoods")}


def moment_text(n: Names, moment: Moment) -> str:
    """`Smokes tobacco (2024, 18 and older)`."""
    return f"{n.indicator(moment.indicator_id)} ({n.moment(moment.year or 0, moment.age_group)})"


def source_text(n: Names, moment: Moment) -> str:
    """`Modelled; Statistics Netherlands and RIVM, table 50150NED; 2024.`"""
    key = moment.indicator_id
    return f"{n.kind(key)}; {n.source(key)}; {moment.year}."


def level_name(n: Names, level: str) -> str:
    """What one area of a level is called, as the head of a column."""
    return n.w.t("District") if level == DISTRICT else n.w.t("Neighbourhood")


def changed_texts(n: Names, choice: ResearchChoice) -> list[str]:
    """What was taken in place of what was asked, a sentence each."""
    w = n.w
    texts = {
        "table": lambda value: w.t("Shown from another table, which has it at this level."),
        "year": lambda value: w.t("This year is not published here; {year} is shown.", year=value),
        "age": lambda value: w.t(
            "This age group is not published here; {age} is shown.", age=n.term("age_group", value)
        ),
    }
    return [texts[key](value) for key, value in choice.changed if key in texts]
