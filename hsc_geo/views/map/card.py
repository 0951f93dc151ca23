"""The card beside the map: what you see, why it matters, what you can do, about the data. Written by rules."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from hsc_geo.analysis.explore import View
from hsc_geo.analysis.figures import NOT_PUBLISHED, PRESENT, REGISTER_INDICATOR, Figure, figure
from hsc_geo.analysis.focus import country_code, municipality_code
from hsc_geo.views.kit.html import joined, markup
from hsc_geo.views.kit.intervals import rule_text
from hsc_geo.views.kit.names import Names
from hsc_geo.views.map.rows import tip_text
from hsc_geo.views.wording.counted import view_label, view_parts
from hsc_geo.views.wording.people import of_whom, people_text, with_people


def card(n: Names, view: View) -> Markup:
    """The four texts for a view; the limits of the data fold out."""
    body = joined(markup("<h2>{}</h2><p>{}</p>", head, text) for head, text in card_texts(n, view))
    return markup('<section class="hsc-card">{}{}</section>', body, _limits(n, view))


def card_texts(n: Names, view: View) -> list[tuple[str, str]]:
    """(head, text) of what there is to say of a view."""
    w = n.w
    texts = [
        (w.t("What you see"), what_you_see(n, view)),
        (w.t("Why it matters"), why_it_matters(n, view)),
        (w.t("What you can do"), what_you_can_do(n, view)),
        (w.t("About the data"), about_the_data(n, view)),
    ]
    return [(head, text) for head, text in texts if text]


def what_you_see(n: Names, view: View) -> str:
    """The range of the figures, the focus districts beside the city, and the initiatives counted."""
    return " ".join(part for part in (_range(n, view), _focus(n, view), _initiatives(n, view)) if part)


def why_it_matters(n: Names, view: View) -> str:
    """What the indicator measures and which way is favourable."""
    if view.choice.indicator:
        return meaning_of(n, view.choice.indicator)
    return n.w.t(
        "Who knows what already runs can join forces, refer people, and see whom the city does not reach yet."
    )


def meaning_of(n: Names, indicator_id: str) -> str:
    """What an indicator measures and which way is favourable."""
    w = n.w
    row = n.package.indicators.loc[indicator_id]
    direction = {
        "high_good": w.t("A higher value is favourable."),
        "high_bad": w.t("A higher value is unfavourable."),
    }.get(str(row["direction"]), "")
    return f"{w.pick(row, 'definition')} {direction}".strip()


def what_you_can_do(n: Names, view: View) -> str:
    """A next step that fits the view."""
    w = n.w
    if not view.ids:
        return w.t(
            "No initiative known fits these choices. Clear a filter, or ask the partners in the district."
        )
    if not any(view.choice.facets.values()) and not view.choice.text:
        return w.t(
            "Choose an ambition to see who works on it, then click a district for its figures and initiatives. "
            "A district without initiatives known is a question to ask, not proof that nothing happens."
        )
    return w.t(
        "Click a district or a yellow circle to see who is active there and whom to approach. Share the "
        "address of this page: it holds all your choices."
    )


def about_the_data(n: Names, view: View) -> str:
    """Source, year, kind, interval and missing values."""
    w = n.w
    indicator_id = view.choice.indicator
    if indicator_id in ("", REGISTER_INDICATOR):
        return w.t(
            "Counted by us in the register: what public sources tell. An initiative that is not in it can still exist. "
            "The ambitions of most initiatives are inferred by us from their description."
        )
    moment = n.moment(view.choice.year, view.choice.age_group)
    source = f"{n.source(indicator_id)}, {moment}; {n.kind(indicator_id).lower()}."
    held = view.classes is not None and view.classes.against_city
    interval = rule_text(n) if held else n.interval_note(indicator_id)
    return " ".join(part for part in (source, interval, _missing(n, view), _adults_note(n, view)) if part)


def limits_head(n: Names) -> str:
    """The head above `limits`."""
    return n.w.t("Limits of this figure, and what it may not be used for")


def limits(n: Names, view: View) -> list[str]:
    """How the figure came about, caveats, and what it may not be used for; none for what we count ourselves."""
    if view.choice.indicator in ("", REGISTER_INDICATOR):
        return []
    return limits_of(n, view.choice.indicator)


def limits_of(n: Names, indicator_id: str) -> list[str]:
    """How a published figure came about, its caveats, and what it may not be used for."""
    row = n.package.indicators.loc[indicator_id]
    return [n.w.pick(row, part) for part in ("method", "caveats", "not_for")]


def _limits(n: Names, view: View) -> Markup:
    told = limits(n, view)
    if not told:
        return Markup("")
    body = joined(markup("<p>{}</p>", text) for text in told)
    return markup("<details><summary>{}</summary>{}</details>", limits_head(n), body)


def _range(n: Names, view: View) -> str:
    known = view.table["value"].dropna()
    if not view.choice.indicator or known.empty:
        return ""
    what = (
        n.w.t("per district (wijk)")
        if view.choice.level == "district"
        else n.w.t("per neighbourhood (buurt)")
    )
    return n.w.t(
        "{indicator} {what}: from {low} to {high}.",
        indicator=n.indicator(view.choice.indicator),
        what=what,
        low=n.value(view.choice.indicator, known.min()),
        high=n.value(view.choice.indicator, known.max()),
    )


def _focus(n: Names, view: View) -> str:
    indicator_id = view.choice.indicator
    if not indicator_id or view.choice.level != "district":
        return ""
    places = [(code, name, view.table["value"].get(code)) for code, name in n.focus().items()]
    texts = [
        f"{name} {tip_text(n, view, code)}{_about(n, view, code)}"
        for code, name, value in places
        if pd.notna(value)
    ]
    return f"{'; '.join([*texts, *_above(n, view)])}." if texts else ""


def _figure(n: Names, view: View, code: str) -> Figure | None:
    """The published figure of an area that the map may not show; None for a count of our own."""
    choice = view.choice
    if choice.indicator in ("", REGISTER_INDICATOR) or choice.year is None:
        return None
    return figure(n.package, code, choice.indicator, choice.year, choice.age_group)


def _about(n: Names, view: View, code: str) -> str:
    """How many adults that is, in brackets, where it can be told."""
    found = _figure(n, view, code)
    text = people_text(n, found) if found else ""
    return f" ({text})" if text else ""


def _above(n: Names, view: View) -> list[str]:
    """The figure of the city, and that of the country or why there is none."""
    city, country = municipality_code(n.package), country_code(n.package)
    own, national = _figure(n, view, city), _figure(n, view, country)
    if own is None or national is None or own.value is None:
        return []
    told = n.figure(national) if national.value is None else f"{n.area(country)} {n.figure(national)}"
    return [f"{n.area(city)} {with_people(n, own)}", told]


def _adults_note(n: Names, view: View) -> str:
    """Of how many adults the numbers of the focus districts and the city are."""
    fine = view.choice.level != "district"
    codes = () if fine else (*n.focus(), municipality_code(n.package))
    return of_whom(n, filter(None, (_figure(n, view, code) for code in codes)))


def _initiatives(n: Names, view: View) -> str:
    if not view.ids:
        return ""
    return n.w.tn(
        "{n} initiative fits your choices ({label}); {parts}.",
        "{n} initiatives fit your choices ({label}); {parts}.",
        len(view.ids),
        label=view_label(n, view),
        parts="; ".join(view_parts(n, view)),
    )


def _missing(n: Names, view: View) -> str:
    gone = view.table[view.table["status"] != PRESENT]
    if gone.empty:
        return ""
    if (gone["status"] == NOT_PUBLISHED).all() and len(gone) == len(view.table):
        return n.w.t("This figure is not published at this level.")
    names = ", ".join(f"{n.area(str(code))} ({n.missing(status)})" for code, status in gone["status"].items())
    return n.w.t("No figure for: {names}.", names=names)
