"""What one may not conclude from two figures that go together, and how it was found."""

from __future__ import annotations

from collections.abc import Iterator

from hsc_geo.analysis import association as of
from hsc_geo.analysis.association import Coefficient, Warned
from hsc_geo.analysis.guard import EFFECT, Reading, judge
from hsc_geo.analysis.measures import Measure
from hsc_geo.analysis.yardstick import POINTS, SHARE
from hsc_geo.views.kit.names import Names
from hsc_geo.views.maps.legend import areas_count
from hsc_geo.views.research.answers.together import BY_RESIDENTS, CITY, Together
from hsc_geo.views.research.choices import Moment
from hsc_geo.views.research.words.page import source_text
from hsc_geo.views.research.words.traits import trait_name
from hsc_geo.views.wording import claims


def warnings(n: Names, found: Together) -> tuple[str, ...]:
    """A sentence or two for each warning that holds; what they cannot say of an initiative stands after the first."""
    told = list(_warned(n, found))
    return (*told[:1], _effect(n, found), *told[1:])


def _warned(n: Names, found: Together) -> Iterator[str]:
    """What differs in year and age is one sentence."""
    codes = [each.code for each in found.found.warnings]
    for each in found.found.warnings:
        if each.code == of.AGES and of.YEARS in codes:
            continue
        yield _moments(n, found) if each.code in (of.YEARS, of.AGES) else _text(n, each)


def _text(n: Names, warned: Warned) -> str:
    w, facts = n.w, warned.facts
    figure = n.indicator(facts["modelled"]) if "modelled" in facts else ""
    if warned.code == of.CIRCULAR:
        return w.t(
            "A circle: the model behind {figure} already uses {trait}. So they go together in the model, whether or "
            "not they do among people.",
            figure=figure,
            trait=trait_name(n, facts["trait"]),
        )
    if warned.code == of.SMOOTHED:
        return w.t(
            "The model behind {figure} also uses the areas around. Neighbours look more alike than they may be.",
            figure=figure,
        )
    texts = {
        of.SHARED: w.t(
            "Both figures are estimated by a model from the same traits of residents. That makes them go together."
        ),
        of.ONE_CONCEPT: w.t(
            "Both figures measure the same thing, of another table or age. So it is no news that they go together."
        ),
        of.COUNTS: w.t("Both are numbers of people or households. In larger areas both are larger."),
        of.ECOLOGICAL: w.t(
            "This holds for areas, not for persons. It says nothing of who in an area it is about."
        ),
        of.FEW_AREAS: w.t("With {n} areas, a single one can turn the answer.", n=facts.get("n", "")),
    }
    return texts[warned.code]


def _moments(n: Names, found: Together) -> str:
    one, other = (n.moment(each.year, each.age_group) for each in (found.found.x, found.found.y))
    return n.w.t("The figures differ in year or age: {one}, beside {other}.", one=one, other=other)


def _effect(n: Names, found: Together) -> str:
    """That the figures do not show what an initiative does, as the guard says it."""
    keys = tuple(dict.fromkeys((found.found.x.indicator_id, found.found.y.indicator_id)))
    modelled = [key for key in keys if n.package.indicators.at[key, "kind"] == "modelled"]
    reading = Reading(EFFECT, tuple(modelled) or keys)
    return claims.reason_text(n, reading, judge(n.package, reading))


def method(n: Names, found: Together) -> tuple[str, ...]:
    """How it was found, its limits and sources."""
    w, told = n.w, found.found
    sources = (
        w.t("{figure}: {source}", figure=n.indicator(each.indicator_id), source=_source(n, each))
        for each in (told.x, told.y)
    )
    return (
        *sources,
        w.t(
            "Over {areas}: Pearson {pearson}; Spearman, of ranks, {spearman}; weighted by residents {weighted}.",
            areas=areas_count(n, told.n, told.level),
            pearson=coefficient_text(n, told.pearson),
            spearman=coefficient_text(n, told.spearman),
            weighted=coefficient_text(n, told.weighted),
        ),
        w.t(
            "The intervals (Fisher 1921; Bonett and Wright 2000) take areas as independent. Neighbours are not, so "
            "they are too narrow. With weights there is none: they tell how much an area counts, not how sure it is."
        ),
        w.t(
            "Higher or lower than the city: from {points} percentage points, and for other units from {share}% of the "
            "value of the city.",
            points=w.number(POINTS),
            share=w.number(100 * SHARE),
        ),
        *_references(n, found),
        *_left_out(n, found),
        *_not_for(n, (told.x, told.y)),
        *_model(n, found),
    )


def coefficient_text(n: Names, told: Coefficient | None) -> str:
    """`−0.67 (95% interval −0.79 to −0.48)`."""
    value = n.w.number(told.value if told else None, 2)
    if told is None or told.interval is None:
        return value
    low, high = (n.w.number(each, 2) for each in told.interval)
    return n.w.t("{value} (95% interval {low} to {high})", value=value, low=low, high=high)


def _source(n: Names, measured: Measure) -> str:
    return source_text(n, Moment(measured.indicator_id, measured.year, measured.age_group))


def _references(n: Names, found: Together) -> Iterator[str]:
    """What stands in the place of a value of the city."""
    for held, measured in ((found.x, found.found.x), (found.y, found.found.y)):
        if held is None or held.against == CITY:
            continue
        named = {
            "figure": n.indicator(measured.indicator_id),
            "year": measured.year,
            "value": n.value(measured.indicator_id, held.yardstick.city),
        }
        if held.against == BY_RESIDENTS:
            yield n.w.t(
                "{figure}: the table has no value of the city for {year}. In its place stands the mean of the areas by "
                "residents, {value}, computed by us.",
                **named,
            )
        else:
            yield n.w.t(
                "{figure}: a number of the whole city is no measure for one area. In its place stands the mean of the "
                "areas, {value}, computed by us.",
                **named,
            )


def _left_out(n: Names, found: Together) -> Iterator[str]:
    table = found.found.table
    for axis, measured in (("x", found.found.x), ("y", found.found.y)):
        gone = table[table[axis].isna()]
        for status, rows in gone.groupby(f"status_{axis}"):
            yield n.w.t(
                "Left out, {figure} {reason}: {areas}.",
                figure=n.indicator(measured.indicator_id),
                reason=n.missing(str(status)),
                areas=", ".join(n.area(str(code)) for code in rows.index),
            )


def _not_for(n: Names, measures: tuple[Measure, ...]) -> Iterator[str]:
    for each in measures:
        row = n.package.indicators.loc[each.indicator_id]
        told = n.w.pick(row, "not_for")
        if told:
            yield f"{n.indicator(each.indicator_id)}: {told}"


def _model(n: Names, found: Together) -> Iterator[str]:
    """Where it is written how the modelled figures are made."""
    if any(each.code in (of.CIRCULAR, of.SHARED, of.SMOOTHED) for each in found.found.warnings):
        yield n.w.t(
            "What the model uses: Van de Kassteele et al. (2017), table 1, doi:10.1186/s12942-017-0097-5."
        )
