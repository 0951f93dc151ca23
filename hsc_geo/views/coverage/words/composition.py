"""An index of one's own, in words."""

from hsc_geo.analysis.need import Ingredient, Need, NeedError, common_ages, of_adults_only
from hsc_geo.views.coverage.choices import CoverageChoice, common_year
from hsc_geo.views.kit.names import Names

YOUNG_STAGES = ("0-4", "4-12", "12-18")


def left_out(n: Names, choice: CoverageChoice) -> list[str]:
    """A sentence for a year or an age that is asked and that not all of the figures have."""
    w, keys = n.w, [each.indicator_id for each in choice.ingredients]
    year = common_year(n.package, keys, choice.year)
    texts = []
    if choice.year and year is None:
        texts.append(
            w.t(
                "Not every figure in the index is published for {year}. Each stands in with its newest year.",
                year=choice.year,
            )
        )
    if choice.age and choice.age not in common_ages(n.package, keys, year):
        texts.append(
            w.t(
                "Not every figure in the index is published for this age: {age}. Each stands in with its usual age.",
                age=n.term("age_group", choice.age),
            )
        )
    return texts


def composition_texts(n: Names, need: Need, choice: CoverageChoice) -> list[str]:
    """What the index is made of, and that there are only figures of adults where it is about young people."""
    texts = [composed_text(n, need)]
    young = choice.ambition in n.here.about_youth or choice.life_stage in YOUNG_STAGES
    if of_adults_only(need) and young:
        texts.append(
            n.w.t(
                "These are figures of adults (18 and over); of young people there are none in these tables."
            )
        )
    return texts


def composed_text(n: Names, need: Need) -> str:
    """What the index is made of, in a sentence."""
    return n.w.t("Need is composed of: {figures}.", figures=composition_text(n, need))


def error_text(n: Names, error: NeedError) -> str:
    """Why there is no index, in a sentence."""
    w = n.w
    figure = n.indicator(error.about) if error.about in n.package.indicators.index else error.about
    texts = {
        "no_ingredients": w.t("An index of need takes at least one figure."),
        "weights_zero": w.t(
            "All weights are zero, so there is no index. Give at least one figure a weight above it."
        ),
        "direction_needed": w.t(
            "{figure} is neither favourable nor unfavourable, so it cannot be in the index.", figure=figure
        ),
    }
    return texts.get(
        error.code, w.t("This index of need cannot be made. Go back to the figures we start with.")
    )


def composition_text(n: Names, need: Need) -> str:
    """What the index is made of: each figure with its share of the weight, and the year and age of each or of all."""
    counting = [each for each in need.ingredients if each.weight > 0]
    moments = list(dict.fromkeys(n.moment(each.year, each.age_group) for each in counting))
    total = sum(each.weight for each in counting)
    parts = [_part_text(n, each, total, len(moments) > 1) for each in counting]
    return f"{'; '.join(parts)}" + (f" ({moments[0]})" if len(moments) == 1 else "")


def _part_text(n: Names, each: Ingredient, total: float, dated: bool) -> str:
    share = n.w.value(100 * each.weight / total, "percent", 0)
    moment = f" ({n.moment(each.year, each.age_group)})" if dated else ""
    return f"{n.indicator(each.indicator_id)}{moment} {share}"
