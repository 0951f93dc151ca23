"""The fields of the page Propose: each with what is wrong in it, and what was typed kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

import streamlit as st
from markupsafe import Markup

from hsc_geo.analysis.explore import LEVELS
from hsc_geo.analysis.figures import REGISTER_INDICATOR, listed
from hsc_geo.domain.schema_register import PUBLIC_PAGE
from hsc_geo.register import Duplicate, Fault, Proposal, RegisterError, likely_duplicates
from hsc_geo.register.checking import LONGEST_ALL
from hsc_geo.register.place_fields import FIELDS
from hsc_geo.register.texts import longest
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
    WHOM,
    WITH_SOURCE,
    Letterbox,
)
from hsc_geo.views.propose.form import BESIDE, LINES, LONG, MANY, ONE, Form, fields_of, more_fields
from hsc_geo.views.propose.proposal import proposal_of

Visibility = Literal["visible", "collapsed"]
MOST_ALIKE = 3  # told of what may be the same
LOW, HIGH = 68, 100  # pixels of a field with several lines
YEARS = ("start_year", "end_year")
NEEDED = {
    NEW: (
        "name",
        "organisation",
        "description_nl",
        "description_en",
        "ambition_codes",
        "theme",
        "activity_types",
        "sector",
        "status",
        "source_url",
    ),
    CORRECTION: ("source_url",),
    CLOSURE: ("source_url",),
    CONFIRMATION: (),
    QUESTION: ("why",),
    COMMENT: ("why",),
}


def what(form: Form, letterbox: Letterbox, faults: Sequence[Fault]) -> None:
    """What it is about: the entry, or what a new one is."""
    if form.kind != NEW and not form.sent:
        entry_choice(form, faults)
    if form.kind == COMMENT and not form.entry and not form.sent:
        figure_choice(form)
        _about_area(form)
    for name in fields_of(form, WHAT):
        field(form, name, faults)
        if name == "name" and form.kind == NEW:
            duplicates(form, letterbox)
    if form.kind in (QUESTION, COMMENT):
        field(form, "why", faults)


def _about_area(form: Form) -> None:
    """The area from which someone came with a comment."""
    area = form.subject[1]
    if area:
        st.html(markup("<p>{}</p>", form.n.w.t("Your comment is about {area}.", area=form.n.area(area))))


def whom(form: Form, faults: Sequence[Fault]) -> None:
    """For whom and when; what few know is behind a fold, which is open where something in it is wrong."""
    more = more_fields(form)
    for name in fields_of(form, WHOM):
        if name not in more:
            field(form, name, faults)
    wrong = any(each.field in more for each in faults)
    with st.expander(form.n.w.t("More, as far as you know it"), expanded=wrong):
        for name in more:
            field(form, name, faults)


def source(form: Form, faults: Sequence[Fault]) -> None:
    """Who says so: a public page, or the organisation itself, of which no page is asked."""
    if form.kind in WITH_SOURCE:
        _source_kind(form)
    if not form.of_itself:
        field(form, "source_url", faults)
    field(form, "why", faults)


def _source_kind(form: Form) -> None:
    names = words.source_names(form.n.w)
    one_of(form, SOURCE_KIND, form.n.w.t("Who says so?"), names, form.source_kind, "collapsed")
    rests = bool(form.entry) and form.known_source_kind == PUBLIC_PAGE
    st.html(quiet(words.of_source(form.n.w, form.of_itself, rests)))


def field(form: Form, name: str, faults: Sequence[Fault], then: Callable[[], None] = lambda: None) -> None:
    """One field, after what is wrong in it. then: what follows when a text was typed into it."""
    fault_lines(form, name, faults)
    if name in MANY:
        _many(form, name, MANY[name])
    elif name == "status":
        _status(form)
    elif name in ONE:
        _one(form, name, ONE[name])
    else:
        _text(form, name, then)


def fault_lines(form: Form, name: str, faults: Sequence[Fault]) -> None:
    """What is wrong in a field; the list on top leads here."""
    mine = [words.sentence(form.n.w, each) for each in faults if each.field == name]
    if mine:
        told = joined(markup("<p>{}</p>", each) for each in mine)
        st.html(markup('<div class="hsc-fault" id="fault-{}" tabindex="-1">{}</div>', name, told))


def fault_list(form: Form, faults: Sequence[Fault]) -> None:
    """All that is wrong, with a link to each field."""
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
    optional = form.kind != CORRECTION and name not in NEEDED[form.kind] and name not in FIELDS
    return w.t("{name} (may stay empty)", name=text) if optional else text


def _place_of(form: Form, name: str) -> int:
    """The number of the place that a field is of, where there are several; else 0."""
    if PLACE not in form.parts or name not in FIELDS or len(places.numbers(form)) == 1:
        return 0
    return FIELDS[name][0]


def _names(form: Form) -> dict[str, str]:
    w = form.n.w
    found = words.names_of_fields(w)
    mine = {QUESTION: w.t("Your question"), COMMENT: w.t("Your comment")}
    found |= {f"{name}_{w.code}": text for name, text in words.names_of_texts(w).items()}
    return found | ({"why": mine[form.kind]} if form.kind in mine else {})


def _kept(
    form: Form,
    name: str,
    value: object,
    text: Callable[[Any], str],
    then: Callable[[], None] = lambda: None,
) -> dict[str, Any]:
    """Arguments of a widget whose content is kept as the text of a field. text: what the widget holds as that text."""
    key = f"w_p_{name}"
    st.session_state[key] = value

    def take() -> None:
        form.draft.put(name, text(st.session_state.get(key)))
        then()

    return {"key": key, "on_change": take}


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


def beside(form: Form, name: str, label: str, options: Sequence[str], name_of: Callable[[str], str]) -> None:
    """The same side by side, each a press away."""
    st.pills(
        label,
        options,
        selection_mode="multi",
        format_func=lambda code: plain_label(name_of(code)),
        help=words.help_text(form.n.w, name),
        **_kept(form, name, form.text(name).split(SEPARATOR), lambda chosen: SEPARATOR.join(chosen or [])),
    )


def _status(form: Form) -> None:
    """How it stands, in words of who knows it; of a new one only what can be known of it now."""
    now, names = form.text("status"), words.state_names(form.n.w)
    usual = [code for code in names if form.kind == CORRECTION or code in words.OF_NEW or code == now]
    st.pills(
        _label(form, "status"),
        usual,
        format_func=lambda code: names[code],
        **_kept(form, "status", now or None, lambda chosen: str(chosen or "")),
    )


def _text(form: Form, name: str, then: Callable[[], None]) -> None:
    text, lines = form.text(name), name in LINES
    shown = text.replace(SEPARATOR, "\n") if lines else text
    kept = _kept(form, name, shown, _of_lines if lines else _of_text, then)
    most, help_ = 4 if name in YEARS else longest(name), words.help_text(form.n.w, name)
    if lines or name in LONG:
        st.text_area(_label(form, name), max_chars=most, help=help_, height=LOW if lines else HIGH, **kept)
    else:
        st.text_input(_label(form, name), max_chars=most, help=help_, **kept)


def _of_text(typed: object) -> str:
    return str(typed or "")[: LONGEST_ALL + 1]  # a browser holds to `max_chars`, others may not


def _of_lines(typed: object) -> str:
    return SEPARATOR.join(part.strip() for part in _of_text(typed).splitlines() if part.strip())


def _many(form: Form, name: str, vocabulary: str) -> None:
    codes = _codes(form, vocabulary, form.text(name).split(SEPARATOR))
    draw = beside if name in BESIDE else several
    draw(form, name, _label(form, name), codes, lambda code: form.n.term(vocabulary, code))


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
        w.t("Which entry is it about?") if optional else w.t("Which entry is it?"),
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


def duplicates(form: Form, letterbox: Letterbox) -> None:
    """Entries that may be the same as the new one, and that someone proposed the like already."""
    fits = len(form.text("name")) <= longest("name")  # comparing takes time
    if not fits or not form.text("name").strip():
        return
    proposal = proposal_of(form)
    found = likely_duplicates(proposal, form.n.package, MOST_ALIKE)
    if found:
        _known_already(form, found)
    _waiting(form, letterbox, proposal)


def _known_already(form: Form, found: Sequence[Duplicate]) -> None:
    n, w = form.n, form.n.w
    reasons = words.reason_names(w)
    lines = [_duplicate(form, each.entity_id, [reasons[code] for code in each.why]) for each in found]
    head = w.t("Is it one of these, which are known already?")
    st.html(
        markup('<div class="hsc-note" role="status" id="duplicates"><p>{}</p>{}</div>', head, items(lines))
    )
    if form.sent:
        return
    with st.container(horizontal=True, gap="small"):
        for each in found:
            text = w.t("Correct {name} instead", name=n.initiative(each.entity_id))
            st.button(
                plain_label(text),
                key=f"duplicate_{each.entity_id}",
                on_click=_instead,
                args=(form, each.entity_id),
            )


def _waiting(form: Form, letterbox: Letterbox, proposal: Proposal) -> None:
    """That a proposal like it waits already; what it says is for stewards until they looked at it."""
    register = letterbox.register()
    try:
        but = form.sent.number if form.sent else 0
        alike = register.waiting_alike(proposal, but)[:MOST_ALIKE] if register else []
    except RegisterError:  # told elsewhere: the register cannot be reached
        return
    if alike:
        w = form.n.w
        numbers = ", ".join(w.number(int(each.entity_id)) for each in alike)
        text = w.tn(
            "Someone proposed something like it already: proposal {numbers} waits. You may send yours too.",
            "Others proposed something like it already: proposals {numbers} wait. You may send yours too.",
            len(alike),
            numbers=numbers,
        )
        moves.note("waiting", text, role="status")


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
    moves.move(moves.STEP)
