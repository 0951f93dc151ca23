"""An index of one's own, in words."""

from hsc_geo.analysis.need import Ingredient, Need, NeedError, common_ages, common_years, need_index
from hsc_geo.views.coverage.choices import _int, ingredients
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState


def composed(n: Names, state: PageState, level: str) -> tuple[Need | None, str]:
    """The index of the choices, or None and the sentence that says why there is none."""
    try:
        return need_index(n.package, ingredients(n.package, state), level), ""
    except NeedError as error:
        return None, error_text(n, error)


def left_out(n: Names, state: PageState, keys: list[str]) -> list[str]:
    """A sentence for a year or an age that is asked and that not all of the figures have."""
    w, years = n.w, common_years(n.package, keys)
    year = _int(state["nyear"], years)
    texts = []
    if state["nyear"] and year is None:
        texts.append(
            w.t(
                "Not every figure in the index is published for {year}. Each stands in with its newest year.",
                year=state["nyear"],
            )
        )
    if state["nage"] and state["nage"] not in common_ages(n.package, keys, year):
        texts.append(
            w.t(
                "Not every figure in the index is published for this age: {age}. Each stands in with its usual age.",
                age=n.term("age_group", state["nage"]),
            )
        )
    return texts


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
