"""The statements of a profile as sentences. One statement is one sentence; all numbers come from the statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hsc_geo.analysis import summary as rules
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.profile import DIFFERENT, FAVOURABLE, INDISTINCT, SAME, UNFAVOURABLE, Spine
from hsc_geo.analysis.summary import Statement
from hsc_geo.analysis.yardstick import POINTS
from hsc_geo.views.kit.intervals import shown_text, with_bounds
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import lower_first
from hsc_geo.views.wording.asked import asked_on
from hsc_geo.views.wording.counted import beside_text, label


def sentences(n: Names, statements: Iterable[Statement]) -> list[str]:
    """A sentence per statement, in the language of the page."""
    return [_SENTENCES[each.code](n, each.params) for each in statements]


def _city(n: Names) -> str:
    return n.area(municipality_code(n.package))


def _residents(n: Names, p: Mapping[str, Any]) -> str:
    return n.w.t(
        "{area} had {n} residents in {year}.",
        area=n.area(p["area"]),
        n=n.w.number(p["population"]),
        year=p["year"],
    )


def _residents_ages(n: Names, p: Mapping[str, Any]) -> str:
    w = n.w
    other = f", {p['city_bands_year']}" if p["city_bands_year"] != p["bands_year"] else ""
    said = {
        "area": n.area(p["area"]),
        "n": w.number(p["population"]),
        "year": p["year"],
        "young": _percent(n, p["young"]),
        "young_against": _against(n, p["young_against"], _percent(n, p["city_young"]) + other),
        "old": _percent(n, p["old"]),
        "old_against": _against(n, p["old_against"], _percent(n, p["city_old"]) + other),
    }
    if p["bands_year"] == p["year"]:
        return w.t(
            "{area} had {n} residents in {year}: {young} were aged 0 to 14, {young_against}, and {old} were 65 or "
            "over, {old_against}.",
            **said,
        )
    return w.t(
        "{area} had {n} residents in {year}; in {bands_year} {young} were aged 0 to 14, {young_against}, and {old} "
        "were 65 or over, {old_against}.",
        bands_year=p["bands_year"],
        **said,
    )


def _against(n: Names, sign: int, percent: str) -> str:
    """percent: the share in the city, with its year where that is another."""
    w, city = n.w, _city(n)
    if sign > 0:
        return w.t("a larger share than in {city} ({share})", city=city, share=percent)
    if sign < 0:
        return w.t("a smaller share than in {city} ({share})", city=city, share=percent)
    return w.t("about the same share as in {city} ({share})", city=city, share=percent)


def _percent(n: Names, share: float) -> str:
    return n.w.value(100 * share, "percent", 0)


def _no_residents(n: Names, p: Mapping[str, Any]) -> str:
    return n.w.t("How many people live in {area} is not known.", area=n.area(p["area"]))


def _unfavourable(n: Names, p: Mapping[str, Any]) -> str:
    return n.w.t(
        "Less favourable than in {city} ({moment}): {figures}.",
        city=_city(n),
        moment=n.moment(p["year"], p["age_group"]),
        figures=_figures(n, p["rows"]),
    )


def _favourable(n: Names, p: Mapping[str, Any]) -> str:
    return n.w.t(
        "More favourable than in {city} ({moment}): {figures}.",
        city=_city(n),
        moment=n.moment(p["year"], p["age_group"]),
        figures=_figures(n, p["rows"]),
    )


def _different(n: Names, p: Mapping[str, Any]) -> str:
    return n.w.t(
        "Different from {city}, neither good nor bad in itself ({moment}): {figures}.",
        city=_city(n),
        moment=n.moment(p["year"], p["age_group"]),
        figures=_figures(n, p["rows"]),
    )


def _same(n: Names, p: Mapping[str, Any]) -> str:
    return n.w.t(
        "About the same as in {city}, less than {points} percentage points apart ({moment}): {figures}.",
        city=_city(n),
        points=n.w.number(POINTS),
        moment=n.moment(p["year"], p["age_group"]),
        figures=_figures(n, p["rows"]),
    )


def _indistinct(n: Names, p: Mapping[str, Any]) -> str:
    return n.w.t(
        "Not distinguishable from {city}, whose value lies in the 95% interval ({moment}): {figures}.",
        city=_city(n),
        moment=n.moment(p["year"], p["age_group"]),
        figures=_figures(n, p["rows"]),
    )


def _missing(n: Names, p: Mapping[str, Any]) -> str:
    return missing_figures_text(n, p["rows"])


def missing_figures_text(n: Names, rows: Iterable[Spine]) -> str:
    """Of which figures none is known, each with the reason."""
    reasons = [f"{lower_first(n.indicator(row.indicator_id))} ({n.figure(row.figure)})" for row in rows]
    return n.w.t("No figure is known for: {figures}.", figures="; ".join(reasons))


def _figures(n: Names, rows: Iterable[Spine]) -> str:
    """`loneliness 45.2% (40.1%)`: the area's figure, and the city's in brackets."""
    parts = [
        n.w.t(
            "{figure} {value} (city {city})",
            figure=lower_first(n.indicator(row.indicator_id)),
            value=with_bounds(n, row.figure),
            city=n.figure(row.city),
        )
        for row in rows
    ]
    return "; ".join(parts)


def _no_figures(n: Names, p: Mapping[str, Any]) -> str:
    return n.w.t(
        "No core health figure is published for {area}, so nothing is said of its health here.",
        area=n.area(p["area"]),
    )


def _initiatives(n: Names, p: Mapping[str, Any]) -> str:
    w = n.w
    known = w.tn(
        "{n} initiative is known to serve {area} ({label}): {ambitions}",
        "{n} initiatives are known to serve {area} ({label}): {ambitions}",
        p["here"],
        area=n.area(p["area"]),
        label=label(n),
        ambitions=_per_ambition(n, p["per_ambition"]),
    )
    without = _without(n, p["area"], p["without"])
    return f"{known}; {without}." if without else f"{known}."


def _without(n: Names, area: str, ambitions: Iterable[str]) -> str:
    """For which ambitions none is known, with the day on which someone asked; '' where there is none such."""
    names = []
    for code in ambitions:
        name = lower_first(n.term("ambition", code))
        was_asked = asked_on(n, area, code)
        names.append(f"{name} ({was_asked})" if was_asked else name)
    return n.w.t("for {ambitions} none of its own is known", ambitions="; ".join(names)) if names else ""


def _per_ambition(n: Names, pairs: Iterable[tuple[str, int]]) -> str:
    parts = [
        n.w.t("{n} for {ambition}", n=n.w.number(count), ambition=lower_first(n.term("ambition", code)))
        for code, count in pairs
    ]
    return ", ".join(parts) or n.w.t("their ambition is not known")


def _no_initiatives(n: Names, p: Mapping[str, Any]) -> str:
    text = n.w.t(
        "No initiative is known to serve {area} itself ({label})", area=n.area(p["area"]), label=label(n)
    )
    lines = [code for code in p["without"] if asked_on(n, p["area"], code)]
    return f"{text}; {_without(n, p['area'], lines)}." if lines else f"{text}."


def _beside(n: Names, p: Mapping[str, Any]) -> str:
    return beside_text(n, p["count"])


def _evidence(n: Names, p: Mapping[str, Any]) -> str:
    w = n.w
    return w.t(
        "Of these, {recent} were seen or confirmed in the {months} months up to {date}, {older} before that, and "
        "{undated} carry no date.",
        recent=w.number(p["recent"]),
        months=p["months"],
        date=w.date(p["date"]),
        older=w.number(p["older"]),
        undated=w.number(p["undated"]),
    )


def _caveat(n: Names, p: Mapping[str, Any]) -> str:
    if p["interval"]:
        said = n.w.t("The health figures are estimates by a model from who lives there, not a count.")
        return f"{said} {shown_text(n)}"
    return n.w.t(
        "The health figures are estimates by a model from who lives there, not a count; this edition gives no "
        "interval, so a small difference says nothing."
    )


_SENTENCES: dict[str, Callable[[Names, Mapping[str, Any]], str]] = {
    rules.RESIDENTS: _residents,
    rules.RESIDENTS_AGES: _residents_ages,
    rules.NO_RESIDENTS: _no_residents,
    rules.FIGURES[UNFAVOURABLE]: _unfavourable,
    rules.FIGURES[FAVOURABLE]: _favourable,
    rules.FIGURES[SAME]: _same,
    rules.FIGURES[INDISTINCT]: _indistinct,
    rules.FIGURES[DIFFERENT]: _different,
    rules.FIGURES[""]: _missing,
    rules.NO_FIGURES: _no_figures,
    rules.INITIATIVES: _initiatives,
    rules.NO_INITIATIVES: _no_initiatives,
    rules.BESIDE: _beside,
    rules.EVIDENCE: _evidence,
    rules.CAVEAT: _caveat,
}
