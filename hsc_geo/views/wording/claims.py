"""What the guard of claims says, in words: the reading, why it is refused, and what one may ask instead.

Plain text with names from the data in it: it becomes HTML only through `hsc_geo.views.kit.html`.
"""

from __future__ import annotations

from collections.abc import Iterable

from hsc_geo.analysis import guard
from hsc_geo.analysis.explore import LEVELS, listed_indicators
from hsc_geo.analysis.figures import has_intervals
from hsc_geo.analysis.guard import Reading, Verdict
from hsc_geo.analysis.own_area import own_area
from hsc_geo.views.kit.figure_choice import entry
from hsc_geo.views.kit.names import Names


def reading_name(n: Names, kind: str) -> str:
    """The kind of reading, as an entry in a list of choice; the code itself where there is no such kind."""
    w = n.w
    names = {
        guard.EFFECT: w.t("Does this initiative change the figure?"),
        guard.RANK: w.t("Which area is highest, second, third …?"),
        guard.CHANGE: w.t("Does it get better or worse in this area?"),
        guard.TREND: w.t("How does the figure run through the years, in one line?"),
        guard.LEVELS: w.t("Is a district higher or lower than a neighbourhood?"),
        guard.COMPARE: w.t("How does an area compare with the city, in one year?"),
    }
    return names.get(kind, kind)


def reason_text(n: Names, reading: Reading, verdict: Verdict) -> str:
    """Why the reading is refused, or that the figures bear it; one or two sentences."""
    w = n.w
    if verdict.allowed:
        return _allowed(n, verdict)
    figures, areas = _figures(n, reading.indicator_ids), _areas(n, reading.area_codes)
    texts = _modelled(n, figures, areas, _initiative(n, reading)) | _others(n, figures, areas, verdict)
    if any(has_intervals(n.package, key) for key in reading.indicator_ids):
        texts[guard.RANK_MODELLED] = w.t(
            "{figures}: estimated by a model. Areas whose 95% intervals overlap may stand in another order in truth.",
            figures=figures,
        )
    return texts.get(verdict.reason, w.t("These figures do not bear that."))


def instead_text(n: Names, reading: Reading, verdict: Verdict) -> str:
    """What one may ask instead; '' where the reading is allowed."""
    w = n.w
    figures, years = _figures(n, reading.indicator_ids), _years(reading)
    texts = {
        guard.ASK_PARTNERS: w.t(
            "Ask those who carry it out what they saw: who came, who stayed, what an evaluation found."
        ),
        guard.ASK_COMPARE: w.t(
            "Ask how the area stands beside the city in one year, and take it as a reason to look there: {figures}.",
            figures=figures,
        ),
        guard.ASK_ONE_TABLE: w.t("Ask for the years of one table, and show another table apart from it."),
        guard.ASK_ONE_FIGURE: w.t("Ask for one figure at a time."),
        guard.ASK_ONE_LEVEL: w.t(
            "Compare districts with districts and neighbourhoods with neighbourhoods, or each with the city."
        ),
        guard.ASK_ONE_YEAR: w.t("Compare areas within one year; here that can be {years}.", years=years),
    }
    return texts.get(verdict.instead, "")


def _allowed(n: Names, verdict: Verdict) -> str:
    if verdict.reason == guard.ALLOWED_COUNTED:
        return n.w.t(
            "Allowed, for what is known: the register tells which initiatives are known, not all there are."
        )
    return n.w.t("The figures bear this.")


def _modelled(n: Names, figures: str, areas: str, initiative: str) -> dict[str, str]:
    w = n.w
    return {
        guard.EFFECT_MODELLED: w.t(
            "{figures}: estimated by a model from who lives there, not measured. The model does not know {initiative}, "
            "so the figure cannot show what it does.",
            figures=figures,
            initiative=initiative,
        ),
        guard.RANK_MODELLED: w.t(
            "{figures}: estimated by a model and without an interval in this edition. Areas that lie close to one "
            "another may stand in another order in truth.",
            figures=figures,
        ),
        guard.CHANGE_MODELLED: w.t(
            "{figures}: estimated by a model anew for each year. A difference between two years in {areas} can come "
            "from the model, the survey or the residents, and cannot be told apart.",
            figures=figures,
            areas=areas,
        ),
    }


def _others(n: Names, figures: str, areas: str, verdict: Verdict) -> dict[str, str]:
    w = n.w
    return {
        guard.EFFECT_NO_COMPARISON: w.t(
            "{figures}: a figure of a whole area. Much else changes there too, and there is no like area without the "
            "initiative to set beside it.",
            figures=figures,
        ),
        guard.RANK_SURVEYED: w.t(
            "{figures}: from a survey. Areas that lie close to one another may stand in another order in truth.",
            figures=figures,
        ),
        guard.CHANGE_SURVEYED: w.t(
            "{figures}: from a survey with few answers in one area. A difference between two years in {areas} can be "
            "chance.",
            figures=figures,
            areas=areas,
        ),
        guard.CHANGE_COUNTED: w.t(
            "The register tells what is known now. More or fewer initiatives known through the years says how the "
            "register was kept, not what happened in {areas}.",
            areas=areas,
        ),
        **_joined(n, figures, verdict),
    }


def _joined(n: Names, figures: str, verdict: Verdict) -> dict[str, str]:
    """Why what is asked together cannot be read together."""
    w, tables = n.w, ", ".join(verdict.facts.get("tables", ()))
    return {
        guard.TABLES_JOINED: w.t(
            "These figures come from different tables ({tables}), with their own questions, methods and boundaries. "
            "Together they make no one line.",
            tables=tables,
        ),
        guard.FIGURES_JOINED: w.t(
            "These are different figures ({figures}); they make no one line.", figures=figures
        ),
        guard.LEVELS_MIXED: w.t(
            "A neighbourhood is a part of a district: figures of small areas lie farther apart by themselves, and the "
            "neighbourhood counts in its district."
        ),
        guard.YEARS_MIXED: w.t(
            "The figures of the areas would be of different years: {years}.", years=_of(verdict)
        ),
        guard.ONE_YEAR: w.t("One year ({years}) shows no change.", years=_of(verdict)),
    }


def _of(verdict: Verdict) -> str:
    return ", ".join(verdict.facts.get("years", ()))


def _figures(n: Names, indicator_ids: Iterable[str]) -> str:
    return ", ".join(n.indicator(key) for key in dict.fromkeys(indicator_ids))


def _areas(n: Names, codes: tuple[str, ...]) -> str:
    return ", ".join(n.area(code) for code in codes) or n.w.t("a district or neighbourhood")


def _initiative(n: Names, reading: Reading) -> str:
    names = n.package.initiatives["name"]
    return (
        str(names[reading.initiative_id]) if reading.initiative_id in names.index else n.w.t("an initiative")
    )


def _years(reading: Reading) -> str:
    """The years, of which one is to be chosen."""
    return " / ".join(map(str, sorted(set(reading.years))))


def choice_name(n: Names, key: str, code: str) -> str:
    """A figure, an area with its kind, or a year."""
    if key == "fig":
        return entry(n, code, listed_indicators(n.package, LEVELS))
    if key == "where" and not own_area(n.package, code):
        return f"{n.area(code)} ({n.area_kind(code)})"
    return n.area(code) if key == "where" else code
