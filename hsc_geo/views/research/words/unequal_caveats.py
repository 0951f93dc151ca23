"""What one may not conclude from the inequality of a value, how it was found, and why it is refused."""

from __future__ import annotations

from collections.abc import Iterator

from hsc_geo.analysis.guard import MODELLED
from hsc_geo.analysis.inequality import FEW_PLACES, ToldSlope
from hsc_geo.analysis.unequal import SLOPE
from hsc_geo.views.kit.names import Names
from hsc_geo.views.maps.legend import areas_count
from hsc_geo.views.research.answers import unequal as of
from hsc_geo.views.research.answers.unequal import Answer
from hsc_geo.views.research.choices import FIGURE, REACH
from hsc_geo.views.research.words.traits import trait_name
from hsc_geo.views.research.words.unequal_names import highest, measure_name, number, value_name
from hsc_geo.views.wording import claims

MANY = 1 / 3  # of the areas left out: said beside the answer


def warnings(n: Names, made: Answer) -> tuple[str, ...]:
    """A sentence or two for each that holds, the gravest first."""
    return tuple(_warnings(n, made))


def _warnings(n: Names, made: Answer) -> Iterator[str]:
    w, found = n.w, made.found
    assert found is not None
    if made.trait:
        yield w.t(
            "A circle: the model behind {figure} already uses {trait}. So they go together in the model, whether or "
            "not they do among people.",
            figure=n.indicator(made.figure.indicator_id),
            trait=trait_name(n, made.trait),
        )
    if found.left_out > MANY * (len(found.table) + found.left_out):
        yield left_out(n, made)
    if made.told is not None and not made.told.told:
        yield _untold(n, made, made.told)
    if made.measure is None:
        yield w.t(
            "Need is our index of figures that a model estimates. The order of areas by it is not exact."
        )
    yield w.t("This holds for areas, not for persons. It says nothing of who in an area it is about.")
    if made.value != FIGURE:
        yield w.t("The register tells which initiatives are known, not all there are.")
    yield from _moments(n, made)


def _moments(n: Names, made: Answer) -> Iterator[str]:
    if made.value != FIGURE or made.measure is None or made.figure.year == made.measure.year:
        return
    one, other = (n.moment(each.year, each.age_group) for each in (made.figure, made.measure))
    yield n.w.t("The figures are not of the same year and age: {one}, beside {other}.", one=one, other=other)


def _untold(n: Names, made: Answer, told: ToldSlope) -> str:
    why = (
        n.w.tn("it rests on {n} initiative", "it rests on {n} initiatives", told.places)
        if told.why_not == FEW_PLACES
        else n.w.t("leaving out one initiative turns the answer")
    )
    return n.w.t(
        "Whether there is more or less {highest} cannot be told: {why}.", highest=highest(n, made), why=why
    )


def left_out(n: Names, made: Answer) -> str:
    """How many areas are left out, and how many count."""
    found = made.found
    assert found is not None
    if not found.left_out:
        return n.w.t("{areas} count, which is all.", areas=areas_count(n, len(found.table), made.level))
    return n.w.t(
        "{areas} count; {left} are left out, for want of a figure or of residents.",
        areas=areas_count(n, len(found.table), made.level),
        left=n.w.number(found.left_out),
    )


def no_interval(n: Names, made: Answer) -> str:
    """Why an index has no interval, in a few words."""
    if made.value != FIGURE:
        return n.w.t("none: a register is no sample")
    if str(n.package.indicators.at[made.figure.indicator_id, "kind"]) == MODELLED:
        return n.w.t("none: this edition has no limits")
    return n.w.t("none: a count of all, no sample")


def method(n: Names, made: Answer) -> tuple[str, ...]:
    """How it was found, its limits and sources."""
    return tuple(_method(n, made))


def _method(n: Names, made: Answer) -> Iterator[str]:
    w, found = n.w, made.found
    assert found is not None
    yield w.t(
        "The areas stand in order of {measure}, each as wide as its share of all residents. {areas}",
        measure=measure_name(n, made),
        areas=left_out(n, made),
    )
    yield w.t(
        "One sign for all: above 0, and a ratio above 1, is more where {measure} is higher.",
        measure=measure_name(n, made),
    )
    yield w.t(
        "Slope index: the difference between the ends of a straight line through the areas (Mackenbach and Kunst "
        "1997). Relative index: its high end divided by its low end."
    )
    yield w.t(
        "Concentration index: twice the area between the curve and the line of equality (Kakwani, Wagstaff and van "
        "Doorslaer 1997). It is above 0 where the curve lies under the line."
    )
    if of.in_percent(n.package, made):
        yield w.t(
            "How large that index can be depends on the mean of a percentage. Wagstaff (2005) and Erreygers (2009) "
            "bring it between the bounds of 0 and 100%."
        )
    yield w.t("An area on the border of a fifth of the residents counts for its part.")
    yield from _provision(n, made)
    yield from _about(n, made)


def _provision(n: Names, made: Answer) -> Iterator[str]:
    w = n.w
    if made.told is not None:
        yield w.t(
            "With each initiative left out in turn, the slope index lies between {low} and {high}.",
            low=number(n, made, SLOPE, made.told.low),
            high=number(n, made, SLOPE, made.told.high),
        )
    if made.value == REACH:
        yield w.t(
            "The share is the least it can be: who lives within the distance, as the crow flies, of a place with a "
            "known point."
        )


def _about(n: Names, made: Answer) -> Iterator[str]:
    if made.value != FIGURE:
        return
    told = n.w.pick(n.package.indicators.loc[made.figure.indicator_id], "not_for")
    if told:
        yield f"{n.indicator(made.figure.indicator_id)}: {told}"


def refusal(n: Names, made: Answer) -> str:
    """Why nothing is computed, and what one may ask instead."""
    w, refused = n.w, made.refused
    assert refused is not None
    if refused.reading is not None and refused.verdict is not None:
        reason = claims.reason_text(n, refused.reading, refused.verdict)
        instead = w.t("Choose a registered figure to put the areas in order, such as income.")
        return f"{reason} {instead}"
    texts = {
        of.SIZE: w.t(
            "{value} tells how large an area is. Choose a share or a mean.", value=value_name(n, made)
        ),
        of.SAME: w.t("The value and the measure are the same. Choose another measure."),
        of.FEW: w.t(
            "Only {areas} have both figures. At least three are needed.",
            areas=areas_count(n, refused.count, made.level),
        ),
        of.ALIKE: w.t("All areas have the same measure, so they stand in no order. Choose another measure."),
        of.PLACES: w.t(
            "How many residents live within {n} metres cannot be told: of only {placed} of {total} initiatives the "
            "place is known.",
            n=w.number(made.distance),
            placed=w.number(refused.placed),
            total=w.number(refused.total),
        ),
    }
    return texts[refused.reason]
