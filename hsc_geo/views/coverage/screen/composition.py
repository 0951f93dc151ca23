"""The index of need as a user composes it: which figures, how heavy, which way round, which year and age."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from hsc_geo.analysis.explore import LEVELS
from hsc_geo.analysis.figures import listed, offer, one_each
from hsc_geo.analysis.need import Ingredient, Need, NeedError, default_ingredients, need_index, of_adults_only
from hsc_geo.data.load import Package
from hsc_geo.views.coverage.choices import HEAVIEST, TURNED, figures_of_need
from hsc_geo.views.kit.figure_choice import entry, table_label, tables
from hsc_geo.views.kit.html import label as plain_label
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.words import Words

YOUTH_AMBITION = "A3"  # a smoke-free youth
YOUNG_STAGES = ("0-4", "4-12", "12-18")


def composed(n: Names, state: PageState, level: str) -> tuple[Need | None, str]:
    """The index of the choices, or None and the sentence that says why there is none."""
    try:
        return need_index(n.package, ingredients(n.package, state), level), ""
    except NeedError as error:
        return None, error_text(n, error)


def ingredients(package: Package, state: PageState) -> tuple[Ingredient, ...]:
    """What the address composes; where it names no figure, those that fit the ambition that is chosen."""
    chosen = [_parse(package, code) for code in state.many("need")]
    chosen = chosen or list(default_ingredients(package, state["ramb"]))
    keys = [each.indicator_id for each in chosen]
    year = _int(state["nyear"], common_years(package, keys))
    age = state["nage"] if state["nage"] in common_ages(package, keys, year) else ""
    return tuple(
        Ingredient(
            each.indicator_id, each.weight, year or each.year, age or each.age_group, each.high_is_need
        )
        for each in {each.indicator_id: each for each in chosen}.values()
    )


def _parse(package: Package, code: str) -> Ingredient:
    key, _, rest = code.rpartition("~")
    high_bad = str(package.indicators.at[key, "direction"]) == "high_bad"
    ages = {age for group in offer(package, key).ages.values() for age in group}
    turned = rest.endswith(TURNED)
    age = "18plus" if "18plus" in ages else ""
    return Ingredient(key, float(rest.removesuffix(TURNED)), None, age, high_bad != turned)


def code_of(package: Package, each: Ingredient) -> str:
    """How an ingredient stands in the address."""
    high_bad = str(package.indicators.at[each.indicator_id, "direction"]) == "high_bad"
    turned = each.high_is_need is not None and each.high_is_need != high_bad
    return f"{each.indicator_id}~{round(each.weight)}{TURNED if turned else ''}"


def common_years(package: Package, keys: list[str]) -> list[int]:
    """Years for which all of the figures are published, newest first."""
    found = [set(offer(package, key).years) for key in keys]
    return sorted(set.intersection(*found), reverse=True) if found else []


def common_ages(package: Package, keys: list[str], year: int | None) -> list[str]:
    """Age groups that all of the figures have in the year, or in their newest one."""
    found = [offer(package, key) for key in keys]
    ages = [each.ages.get(year or each.years[0], ()) for each in found if each.years]
    return [age for age in ages[0] if all(age in group for group in ages)] if ages else []


def _int(text: str, allowed: list[int]) -> int | None:
    return int(text) if text and int(text) in allowed else None


def controls(n: Names, state: PageState) -> None:
    """The figures with their weights, folded; year and age."""
    w, package = n.w, n.package
    now = {each.indicator_id: each for each in ingredients(package, state)}
    absent = left_out(n, state, list(now))
    if absent:
        st.html(note(absent))
    if state.many("need"):
        st.session_state["w_compose"] = True
    with st.expander(
        w.t("How need is composed: figures, weights, direction, year, age"),
        key="w_compose",
        on_change="rerun",
    ) as box:
        if not box.open:
            return
        _figures(n, state, now)
        for key, each in now.items():
            _figure(n, state, key, each)
        _moment(n, state, list(now))
        st.button(
            w.t("Back to the figures we start with"),
            key="need_reset",
            on_click=state.clear,
            args=(["need", "nyear", "nage"],),
        )


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


def _figures(n: Names, state: PageState, now: dict[str, Ingredient]) -> None:
    st.session_state["w_need"] = list(now)

    def take() -> None:
        chosen = [now.get(key) or Ingredient(key) for key in st.session_state["w_need"]]
        state.set("need", [code_of(n.package, each) for each in chosen])

    usual = listed(n.package, (state["level"], *LEVELS))
    allowed = figures_of_need(n.package)
    st.multiselect(
        n.w.t("Figures in the index; none gives those we start with"),
        one_each(n.package, [key for key in usual if key in allowed], now),
        format_func=lambda key: entry(n, key, usual),
        key="w_need",
        placeholder=n.w.t("none chosen"),
        on_change=take,
    )


def _figure(n: Names, state: PageState, key: str, each: Ingredient) -> None:
    """Weight and direction of one figure."""
    w = n.w
    high_bad = str(n.package.indicators.at[key, "direction"]) == "high_bad"
    weight, turned = f"w_weight_{key}", f"w_turned_{key}"
    st.session_state[weight] = round(each.weight)
    st.session_state[turned] = each.high_is_need is not None and each.high_is_need != high_bad

    def take() -> None:
        direction = high_bad != bool(st.session_state[turned])
        changed = Ingredient(key, float(st.session_state[weight] or 0), high_is_need=direction)
        rest = ingredients(n.package, state)
        state.set("need", [code_of(n.package, changed if e.indicator_id == key else e) for e in rest])

    twins = tables(n, key, figures_of_need(n.package))
    widths = [0.4, 0.25, 0.35] if len(twins) > 1 else [0.55, 0.45]
    columns = st.columns(widths, vertical_alignment="bottom")
    with columns[0]:
        st.number_input(
            plain_label(w.t("Weight of: {figure}", figure=n.indicator(key))),
            0,
            HEAVIEST,
            step=1,
            key=weight,
            on_change=take,
        )
    if len(twins) > 1:
        with columns[1]:
            _table(n, state, each, twins)
    with columns[-1]:
        st.checkbox(_direction_text(w, high_bad), key=turned, on_change=take)


def _table(n: Names, state: PageState, each: Ingredient, twins: list[str]) -> None:
    """Of which table the figure is; weight and direction stay."""
    widget = f"w_table_{each.indicator_id}"
    st.session_state[widget] = each.indicator_id

    def take() -> None:
        other = replace(each, indicator_id=st.session_state[widget])
        rest = ingredients(n.package, state)
        state.set("need", [code_of(n.package, other if e == each else e) for e in rest])

    st.selectbox(
        n.w.t("Source table"), twins, format_func=lambda key: table_label(n, key), key=widget, on_change=take
    )


def _direction_text(w: Words, high_bad: bool) -> str:
    return w.t("Count a low value as need") if high_bad else w.t("Count a high value as need")


def _moment(n: Names, state: PageState, keys: list[str]) -> None:
    w = n.w
    years = common_years(n.package, keys)
    year = _int(state["nyear"], years)
    ages = common_ages(n.package, keys, year)
    year_names = {"": w.t("the newest of each figure"), **{str(each): str(each) for each in years}}
    age_names = {"": w.t("adults where published"), **{age: n.term("age_group", age) for age in ages}}
    left, right = st.columns(2)
    with left:
        _choose(state, "nyear", w.t("Year"), year_names, str(year or ""))
    with right:
        _choose(state, "nage", w.t("Age"), age_names, state["nage"] if state["nage"] in ages else "")


def _choose(state: PageState, key: str, label: str, names: dict[str, str], now: str) -> None:
    st.session_state[f"w_{key}"] = now
    st.selectbox(
        label,
        list(names),
        format_func=lambda code: names[code],
        key=f"w_{key}",
        on_change=state.take,
        args=(key,),
    )


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


def composition_texts(n: Names, need: Need, ambition: str, life_stage: str) -> list[str]:
    """What the index is made of, and that there are only figures of adults where it is about young people."""
    w = n.w
    texts = [w.t("Need is composed of: {figures}.", figures=composition_text(n, need))]
    if of_adults_only(need) and (ambition == YOUTH_AMBITION or life_stage in YOUNG_STAGES):
        texts.append(
            w.t("These are figures of adults (18 and over); of young people there are none in these tables.")
        )
    return texts


def _part_text(n: Names, each: Ingredient, total: float, dated: bool) -> str:
    share = n.w.value(100 * each.weight / total, "percent", 0)
    moment = f" ({n.moment(each.year, each.age_group)})" if dated else ""
    return f"{n.indicator(each.indicator_id)}{moment} {share}"
