"""The start page: the three questions in one line each, the focus districts in six figures, how fresh it all is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from hsc_geo.analysis import questions
from hsc_geo.analysis.figures import Figure
from hsc_geo.analysis.focus import Comparison, comparisons, focus_codes, freshness
from hsc_geo.analysis.matrix import Basis
from hsc_geo.analysis.matrix import counted as counting
from hsc_geo.views.kit.html import joined, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import lower_first
from hsc_geo.views.wording import counted

Answer = tuple[
    str, str, str, dict[str, Sequence[str]]
]  # question, answer, label of the link, what it chooses


def draw(n: Names, map_page: str, data_page: str) -> None:
    """The whole page; `map_page` and `data_page` are what its links lead to."""
    w = n.w
    st.title(w.t("What Leiden does for health, district by district"), anchor=False)
    st.html(
        markup(
            '<p class="hsc-lead">{}</p>',
            w.t(
                "City, university and partners want smaller health differences, first in Leiden Noord and Leiden "
                "Zuidwest. This is what public sources tell of their initiatives, beside the official figures."
            ),
        )
    )
    _questions(n, map_page)
    _figures(n)
    _focus(n)
    _fresh(n, data_page)


def _questions(n: Names, map_page: str) -> None:
    focus = [code for codes in focus_codes(n.package).values() for code in codes]
    answers = [_works(n, focus), _join(n, focus), _missing(n)]
    for column, (question, answer, label, query) in zip(st.columns(3, gap="large"), answers, strict=True):
        with column:
            st.html(markup('<div class="hsc-answer"><h2>{}</h2><p>{}</p></div>', question, answer))
            st.page_link(
                map_page,
                label=label,
                query_params=query,
                icon=":material/arrow_forward:",
                icon_position="right",
            )


def _works(n: Names, focus: list[str]) -> Answer:
    w = n.w
    found = questions.working(n.package, focus)
    answer = w.t(
        "{n} initiatives count ({label}), {active} of them active when last seen. {places}. Beside it, {wide}.",
        n=w.number(len(found.counted.everyone)),
        label=counted.label(n),
        active=w.number(found.active),
        places=focus_text(n, found),
        wide=counted.wide_text(n, found.counted),
    )
    return w.t("What already works?"), answer, w.t("See them on the map"), {}


def focus_text(n: Names, found: questions.Working) -> str:
    """`Leiden Noord: 15; Leiden Zuidwest: 11`: the one number of each focus area."""
    names = n.focus()
    each = (f"{names[code]}: {counted.number(n, count.number)}" for code, count in found.per_area.items())
    return "; ".join(each)


def _join(n: Names, focus: list[str]) -> Answer:
    w = n.w
    found = questions.joining(n.package, focus)
    question, label = w.t("Where can we work together?"), w.t("See who they are")
    if found is None:
        none = w.t(
            "In no focus district are two organisations known that lead an initiative for one ambition."
        )
        return question, none, label, {}
    answer = w.t(
        "In {pairs} of {possible} combinations of district and ambition two or more organisations are known that lead "
        "an initiative there. Of the focus districts, most in {area}: {organisations} for {ambition}. Partners are not "
        "counted.",
        pairs=w.number(found.pairs),
        possible=w.number(found.possible),
        area=n.focus()[found.area_code],
        organisations=w.number(found.organisations),
        ambition=lower_first(n.term("ambition", found.ambition)),
    )
    shown: dict[str, Sequence[str]] = {
        "district": [found.area_code],
        "amb": [found.ambition],
        "table": ["initiatives"],
    }
    return question, answer, label, shown


def _missing(n: Names) -> Answer:
    w = n.w
    found = questions.missing(n.package)
    question, label = w.t("Who is still missing?"), w.t("See where none is known")
    if found is None:
        return question, w.t("The register names no ambitions."), label, {}
    answer = w.t(
        "For {ambition} no initiative of its own is known in {without} of {districts} districts. For the whole city: "
        "{city}; for the region: {region}. None known is not the same as none.",
        ambition=lower_first(n.term("ambition", found.ambition)),
        without=w.number(found.districts_without),
        districts=w.number(found.districts),
        city=counted.number(n, found.city),
        region=counted.number(n, found.region),
    )
    return question, answer, label, {"amb": [found.ambition], "ind": ["REGISTER-Initiatieven"]}


def _figures(n: Names) -> None:
    w = n.w
    found = comparisons(n.package)
    st.header(w.t("The focus districts beside the city and the country"), anchor=False)
    st.html(markup('<ul class="hsc-figures">{}</ul>', joined(_figure(n, comparison) for comparison in found)))
    if found:
        st.html(
            quiet(
                w.t(
                    "Source: {source}. Estimates by a model from who lives there and in the areas next to it: fit to "
                    "see where to look, not to judge an initiative or to rank neighbourhoods. No interval in this "
                    "edition.",
                    source=n.source(found[0].indicator_id),
                ),
            )
        )


def _figure(n: Names, c: Comparison) -> Markup:
    focus = n.focus()
    rows = [(focus.get(f.area_code, n.area(f.area_code)), f, "focus") for f in c.focus]
    rows += [(n.area(f.area_code), f, "") for f in (c.municipality, c.country)]
    values = [f.value for _, f, _ in rows if f.value is not None]
    top = 100.0 if n.package.indicators.at[c.indicator_id, "unit"] == "percent" else max(values, default=1.0)
    direction = {"high_good": n.w.t("higher is favourable"), "high_bad": n.w.t("higher is unfavourable")}
    note = direction.get(str(n.package.indicators.at[c.indicator_id, "direction"]), "")
    head = markup(
        '<h3>{}</h3><span class="hsc-quiet">{} · {}{}</span>',
        n.indicator(c.indicator_id),
        n.moment(c.year, c.age_group),
        n.kind(c.indicator_id).lower(),
        f" · {note}" if note else "",
    )
    body = joined(_row(n, name, f, css, top) for name, f, css in rows)
    return markup("<li>{}<table><tbody>{}</tbody></table></li>", head, body)


def _row(n: Names, name: str, f: Figure, css: str, top: float) -> Markup:
    if f.value is None:
        why = '<tr class="{}"><th scope="row">{}</th><td colspan="2"><span class="hsc-quiet">{}</span></td></tr>'
        return markup(why, css, name, n.figure(f))
    width = round(100 * f.value / top, 1)
    return markup(
        '<tr class="{}"><th scope="row">{}</th>'
        '<td class="bar"><span class="hsc-bar"><i style="width:{}%"></i></span></td><td class="n">{}</td></tr>',
        css,
        name,
        width,
        n.figure(f),
    )


def _focus(n: Names) -> None:
    w = n.w
    st.header(w.t("What we call Leiden Noord and Leiden Zuidwest"), anchor=False)
    table = n.package.focus_areas
    for _, row in table.iterrows():
        st.html(
            markup(
                '<p><strong>{}</strong> = {} ({}), {}. <span class="hsc-quiet">{}</span></p>',
                w.pick(row, "name"),
                n.area(str(row["area_code"])),
                row["area_code"],
                w.t("since {date}", date=w.date(date.fromisoformat(str(row["valid_from"])))),
                w.pick(row, "basis"),
            )
        )


def _fresh(n: Names, data_page: str) -> None:
    w = n.w
    found = freshness(n.package, n.today, counting(n.package, Basis()))
    st.header(w.t("How fresh is the register?"), anchor=False)
    st.html(
        markup(
            "<p>{}</p>",
            w.t(
                "Of the {total} initiatives that count, {recent} were seen or confirmed in the {months} months up to "
                "{date}; {undated} carry no date. An old row is not an ended initiative: nobody confirmed it since.",
                total=w.number(found.total),
                recent=w.number(found.recent),
                months=found.months,
                date=w.date(n.today),
                undated=w.number(found.undated),
            ),
        )
    )
    st.page_link(
        data_page,
        label=w.t("How the register was made and what it lacks"),
        query_params={"section": "register"},
    )
