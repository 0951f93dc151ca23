"""The fields of the page Propose: each with what is wrong in it, and what was typed kept from step to step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

import streamlit as st
from markupsafe import Markup

from hsc_geo.analysis.explore import LEVELS
from hsc_geo.analysis.figures import REGISTER_INDICATOR, listed
from hsc_geo.domain.schema_register import PUBLIC_PAGE
from hsc_geo.register import Fault, likely_duplicates
from hsc_geo.register.checking import LONGEST, LONGEST_ALL, LONGEST_OTHER
from hsc_geo.register.place_fields import FIELDS
from hsc_geo.views.kit.controls import one_or_none
from hsc_geo.views.kit.figure_choice import entry
from hsc_geo.views.kit.html import items, joined, markup, quiet
from hsc_geo.views.kit.html import label as plain_label
from hsc_geo.views.kit.names import by_name, organisation_name
from hsc_geo.views.propose import moves, places, words
from hsc_geo.views.propose.choices import (
    CLOSURE,
    COMMENT,
    CONFIRMATION,
    CORRECTION,
    NEW,
    PLACE,
    QUESTION,
    SEPARATOR,
    SOURCE_KIND,
    WHAT,
    WITH_SOURCE,
)
from hsc_geo.views.propose.form import LINES, LONG, MANY, ONE, Form, fields_of
from hsc_geo.views.propose.proposal import proposal_of

Visibility = Literal["visible", "collapsed"]
YEARS = ("start_year", "end_year")
NEEDED = {
    NEW: ("name", "organisation", "ambition_codes", "description_nl", "description_en", "source_url"),
    CORRECTION: ("source_url",),
    CLOSURE: ("source_url",),
    CONFIRMATION: (),
    QUESTION: ("why",),
    COMMENT: ("why",),
}


def what(form: Form, faults: Sequence[Fault]) -> None:
    """What it is about: the entry, or what a new one is."""
    if form.kind != NEW:
        entry_choice(form, faults)
    if form.kind == COMMENT and not form.entry:
        figure_choice(form)
    fields(form, WHAT, faults)
    if form.kind in (QUESTION, COMMENT):
        field(form, "why", faults)
    if form.kind == NEW:
        duplicates(form)


def source(form: Form, faults: Sequence[Fault]) -> None:
    """Who says so: a public page, or the organisation itself, of which no page is asked."""
    if form.kind in WITH_SOURCE:
        _source_kind(form)
    if not form.of_itself:
        field(form, "source_url", faults)
    field(form, "why", faults)


def _source_kind(form: Form) -> None:
    names = words.source_names(form.n.w)
    one_of(form, SOURCE_KIND, form.n.w.t("Who says so?"), names, form.source_kind)
    rests = bool(form.entry) and form.known_source_kind == PUBLIC_PAGE
    st.html(quiet(words.of_source(form.n.w, form.of_itself, rests)))


def fields(form: Form, step: str, faults: Sequence[Fault]) -> None:
    """The columns that a step asks for."""
    for name in fields_of(form, step):
        field(form, name, faults)


def field(form: Form, name: str, faults: Sequence[Fault]) -> None:
    """One field, after what is wrong in it."""
    fault_lines(form, name, faults)
    if name in MANY:
        _many(form, name, MANY[name])
    elif name in ONE:
        _one(form, name, ONE[name])
    else:
        _text(form, name)


def fault_lines(form: Form, name: str, faults: Sequence[Fault]) -> None:
    """What is wrong in a field; the list on top leads here."""
    mine = [words.sentence(form.n.w, each) for each in faults if each.field == name]
    if mine:
        told = joined(markup("<p>{}</p>", each) for each in mine)
        st.html(markup('<div class="hsc-fault" id="fault-{}" tabindex="-1">{}</div>', name, told))


def fault_list(form: Form, faults: Sequence[Fault]) -> None:
    """All that is wrong on this step, with a link to each field."""
    w = form.n.w
    if not faults:
        return
    head = w.tn("{n} thing to look at:", "{n} things to look at:", len(faults))
    links = [markup('<a href="#fault-{}">{}</a>', each.field, words.sentence(w, each)) for each in faults]
    mark = moves.mark(moves.FAULTS)
    told = '<div class="hsc-note" role="alert" id="faults" {}><p>{}</p>{}</div>'
    st.html(markup(told, mark, head, items(links)))


def _label(form: Form, name: str) -> str:
    w = form.n.w
    text = _names(form).get(name, name)
    number = _place_of(form, name)
    if number:
        return w.t("{name}, place {n}", name=text, n=number)
    needed = name in NEEDED[form.kind]
    return w.t("{name} (needed)", name=text) if needed else text


def _place_of(form: Form, name: str) -> int:
    """The number of the place that a field is of, where there are several; else 0."""
    if PLACE not in form.steps or name not in FIELDS or len(places.numbers(form)) == 1:
        return 0
    return FIELDS[name][0]


def _names(form: Form) -> dict[str, str]:
    w = form.n.w
    found = words.names_of_fields(w)
    mine = {QUESTION: w.t("Your question"), COMMENT: w.t("Your comment")}
    return found | {"why": mine.get(form.kind, w.t("Explanation, if one is needed"))}


def _kept(form: Form, name: str, value: object, text: Callable[[Any], str]) -> dict[str, Any]:
    """Arguments of a widget whose content is kept as the text of a field. text: what the widget holds as that text."""
    key = f"w_p_{name}"
    st.session_state[key] = value
    return {"key": key, "on_change": lambda: form.draft.put(name, text(st.session_state.get(key)))}


def one_of(
    form: Form, name: str, label: str, names: Mapping[str, str], now: str, visibility: Visibility = "visible"
) -> None:
    """One of a few, side by side, kept as the text of a field."""
    st.segmented_control(
        label,
        list(names),
        format_func=lambda code: names[code],
        required=True,
        label_visibility=visibility,
        **_kept(form, name, now, lambda chosen: str(chosen or now)),
    )


def several(form: Form, name: str, label: str, options: Sequence[str], name_of: Callable[[str], str]) -> None:
    """Any number of codes, kept as the text of a field; one that is no option (any more) is left out."""
    now = [code for code in form.text(name).split(SEPARATOR) if code in options]
    st.multiselect(
        label,
        options,
        format_func=name_of,
        placeholder=form.n.w.t("none chosen"),
        select_all=False,
        **_kept(form, name, now, lambda chosen: SEPARATOR.join(chosen or [])),
    )


def _text(form: Form, name: str) -> None:
    text, lines = form.text(name), name in LINES
    kept = _kept(
        form, name, text.replace(SEPARATOR, "\n") if lines else text, _of_lines if lines else _of_text
    )
    draw = st.text_area if lines or name in LONG else st.text_input
    draw(
        _label(form, name),
        max_chars=4 if name in YEARS else LONGEST.get(name, LONGEST_OTHER),
        help=words.help_text(form.n.w, name),
        **kept,
    )


def _of_text(typed: object) -> str:
    return str(typed or "")[: LONGEST_ALL + 1]  # a browser holds to `max_chars`, others may not


def _of_lines(typed: object) -> str:
    return SEPARATOR.join(part.strip() for part in _of_text(typed).splitlines() if part.strip())


def _many(form: Form, name: str, vocabulary: str) -> None:
    several(
        form,
        name,
        _label(form, name),
        _codes(form, vocabulary, form.text(name).split(SEPARATOR)),
        lambda code: form.n.term(vocabulary, code),
    )


def _one(form: Form, name: str, vocabulary: str) -> None:
    now = form.text(name)
    one_or_none(
        _label(form, name),
        _codes(form, vocabulary, [now]),
        lambda code: form.n.term(vocabulary, code),
        form.n.w.t("not chosen"),
        help=words.help_text(form.n.w, name),
        **_kept(form, name, now, lambda chosen: str(chosen or "")),
    )


def _codes(form: Form, vocabulary: str, now: Iterable[str]) -> list[str]:
    """The codes of a vocabulary, and what a field holds `now` beside them."""
    return list(dict.fromkeys([*form.n.codes(vocabulary), *filter(None, now)]))


def entry_choice(form: Form, faults: Sequence[Fault]) -> None:
    """Which entry it is about: initiatives by name, then organisations where they can be meant."""
    n, state, w = form.n, form.state, form.n.w
    fault_lines(form, "entity_id", faults)
    initiatives = by_name(n, [str(key) for key in n.package.initiatives.index], n.initiative)
    organisations = by_name(
        n, [str(key) for key in n.package.organisations.index], lambda key: organisation_name(n, key)
    )
    options = [*initiatives, *([] if form.kind == CLOSURE else organisations)]
    optional = form.kind in (QUESTION, COMMENT)

    def name(code: str) -> str:
        if code in n.package.initiatives.index:
            return n.initiative(code)
        return w.t("{name} (organisation)", name=organisation_name(n, code))

    key = state.seed("entry")
    if state["entry"] not in options:
        st.session_state[key] = ""  # chosen for another kind, and kept for it
    one_or_none(
        w.t("Which entry is it about?") if optional else w.t("Which entry is it? (needed)"),
        options,
        name,
        w.t("about no entry") if optional else w.t("choose an entry"),
        key=key,
        on_change=lambda: state.take("entry"),
    )


def figure_choice(form: Form) -> None:
    """The figure that a comment is about."""
    n = form.n
    codes = [str(code) for code in n.package.indicators.index if code != REGISTER_INDICATOR]
    usual = listed(n.package, LEVELS)
    one_or_none(
        n.w.t("Or which figure?"),
        sorted(codes, key=lambda code: n.indicator(code).casefold()),
        lambda code: entry(n, code, usual),
        n.w.t("about no figure"),
        key=form.state.seed("fig"),
        on_change=lambda: form.state.take("fig"),
    )


def duplicates(form: Form) -> None:
    """Entries that may be the same as the new one."""
    n, w = form.n, form.n.w
    fits = len(form.text("name")) <= LONGEST["name"]  # comparing takes time
    found = likely_duplicates(proposal_of(form), n.package, most=5) if fits else []
    if not found:
        return
    reasons = words.reason_names(w)
    lines = [_duplicate(form, each.entity_id, [reasons[code] for code in each.why]) for each in found]
    head = w.t("Is it one of these, which are known already?")
    st.html(
        markup('<div class="hsc-note" role="status" id="duplicates"><p>{}</p>{}</div>', head, items(lines))
    )
    with st.container(horizontal=True, gap="small"):
        for each in found:
            text = w.t("Correct {name} instead", name=n.initiative(each.entity_id))
            st.button(
                plain_label(text),
                key=f"duplicate_{each.entity_id}",
                on_click=_instead,
                args=(form, each.entity_id),
            )


def _duplicate(form: Form, key: str, reasons: list[str]) -> Markup:
    n = form.n
    return markup(
        '<a href="kaart?sel={}&amp;lang={}" target="_blank">{}</a> ({}; {})',
        key,
        n.w.code,
        n.initiative(key),
        key,
        ", ".join(reasons),
    )


def _instead(form: Form, key: str) -> None:
    form.state.set("kind", CORRECTION)
    form.state.set("entry", key)
    form.state.set("step", WHAT)
    moves.move(moves.STEP)
