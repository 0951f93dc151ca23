"""Fresh figures: what the last refresh of the data would change or changed, as its report on disk tells. This page
fetches nothing and writes nothing; the administrator of the server does, with a command."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from hsc_geo.data.refresh_report import (
    ADDED,
    GONE,
    MISSING,
    MOVED,
    NEW,
    OTHER_NAME,
    RENAMED,
    TWICE,
    UNKNOWN,
    AreaChange,
    ColumnChange,
    RefreshReport,
    SeriesChange,
    ValueChange,
)
from hsc_geo.views.kit.controls import segments
from hsc_geo.views.kit.html import items
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Listing, Row
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.words import Words
from hsc_geo.views.review.choices import FRESH_LISTS
from hsc_geo.views.review.desk import Desk, refusal
from hsc_geo.views.review.files import fault_row
from hsc_geo.views.review.lists import by_pages, columns
from hsc_geo.views.review.words import moment_text

COMMAND = "python -m hsc_geo data refresh"

Kept = Callable[[], RefreshReport | None]


def draw(n: Names, state: PageState, desk: Desk, kept: Kept) -> None:
    """What came of the last refresh in one sentence, what stands in its way, and the lists of what changes."""
    w = n.w
    st.header(w.t("Fresh figures"), anchor=False)
    try:
        report = desk.do(lambda register, by: kept())
    except ValueError:
        refusal(w.t("The report of the last refresh cannot be read. Let the administrator run it again."))
        return
    st.html(items(sentences(n, report)))
    if report is None:
        return
    if report.problems:
        by_pages(n, state, "review_fresh_problems", problems(n, report))
    names = list_names(w)
    segments(state, "list", w.t("List"), names, lambda: _turn(state))
    by_pages(n, state, "review_fresh", listing(n, report, state["list"]), page="second")


def _turn(state: PageState) -> None:
    state.clear(["second"])
    state.take("list")


def list_names(w: Words) -> dict[str, str]:
    """The lists of the report; one is on the screen at a time."""
    names = (
        w.t("Figures"),
        w.t("Values that differ"),
        w.t("Areas"),
        w.t("Columns"),
        w.t("Where from"),
    )
    return dict(zip(FRESH_LISTS, names, strict=True))


# The answer


def sentences(n: Names, report: RefreshReport | None) -> list[str]:
    """What the last refresh says, and what can be done."""
    w = n.w
    if report is None:
        none = w.t("Nobody has looked for fresh figures yet.")
        return [none, w.t("The administrator of the server does so with: {command}", command=COMMAND)]
    at = moment_text(w, datetime.fromisoformat(report.made_at))
    told = [w.t("Fetched on {moment}.", moment=at), changes_text(w, report), state_text(n, report)]
    told += [
        w.t(
            "There is a newer table than {old}: {new}, {title}.",
            old=e.table_id,
            new=e.newer_id,
            title=e.title,
        )
        for e in report.newer
    ]
    return told


def changes_text(w: Words, report: RefreshReport) -> str:
    """How much differs, in one sentence."""
    if report.changes_nothing:
        return w.t("No area and no figure differs.")
    counted = {
        "areas": len({each.area_code for each in report.areas}),
        "new": sum(each.new for each in report.series),
        "revised": sum(each.revised for each in report.series),
        "missing": sum(each.missing + each.gone for each in report.series),
        "limits": sum(each.limits for each in report.series),
    }
    return w.t(
        "Areas that differ: {areas}. Figures: {new} new, {revised} with another value, {missing} no longer there, "
        "{limits} with a new margin.",
        **{name: w.number(number) for name, number in counted.items()},
    )


def state_text(n: Names, report: RefreshReport) -> str:
    """Whether it was written, can be, or cannot; and whether it is of the data that the site shows."""
    w = n.w
    if report.problems:
        return w.tn(
            "It cannot be written: {n} thing stands in the way. See the list.",
            "It cannot be written: {n} things stand in the way. See the list.",
            len(report.problems),
        )
    here = n.package.descriptor.get("snapshot", "")
    if report.written:
        return (
            w.t("It was written. The site shows it.")
            if here == report.after
            else w.t(
                "It was written. The site shows other data: those of after it, or the server was not started again."
            )
        )
    if here != report.before:
        return w.t("The data of the site are others by now. Let the administrator look again.")
    return w.t("Nothing was written. The administrator does so with: {command}", command=f"{COMMAND} --write")


# The lists


def problems(n: Names, report: RefreshReport) -> Listing:
    """What stands in the way, each with its mend."""
    w = n.w
    headers = {
        "table": w.t("Table"),
        "row": w.t("Row"),
        "column": w.t("Column"),
        "value": w.t("What stands there"),
        "mend": w.t("How to mend it"),
    }
    rows = [fault_row(n, each) for each in report.problems]
    return Listing(w.t("What stands in the way"), columns(headers), rows)


def listing(n: Names, report: RefreshReport, which: str) -> Listing:
    """One of the lists of FRESH_LISTS."""
    made = dict(zip(FRESH_LISTS, (_figures, _values, _areas, _columns, _sources), strict=True))
    return made[which](n, report)


def _figures(n: Names, report: RefreshReport) -> Listing:
    w = n.w
    headers = {"figure": w.t("Figure"), "moment": w.t("Year"), "change": w.t("Change")}
    caption = w.tn("{n} series of figures changes", "{n} series of figures change", len(report.series))
    rows = [
        Row("", [indicator(n, e.indicator_id), n.moment(e.year, e.age_group), series_text(n, e)], {})
        for e in report.series
    ]
    return Listing(caption, columns(headers), rows)


def indicator(n: Names, indicator_id: str) -> str:
    """The name of a figure with its table; its id where the data of the site do not have it."""
    if indicator_id not in n.package.indicators.index:
        return indicator_id
    table = str(n.package.indicators.at[indicator_id, "table_id"])
    return f"{n.indicator(indicator_id)} ({table})"


def series_text(n: Names, each: SeriesChange) -> str:
    """What changes in a series, in numbers of figures."""
    w = n.w
    counted = [
        (each.new, w.t("{n} new", n=w.number(each.new))),
        (each.empty, w.t("{n} new without a value", n=w.number(each.empty))),
        (each.gone, w.t("{n} gone", n=w.number(each.gone))),
        (each.revised, w.t("{n} with another value", n=w.number(each.revised))),
        (each.missing, w.t("{n} no longer published", n=w.number(each.missing))),
        (each.published, w.t("{n} now published", n=w.number(each.published))),
        (each.limits, w.t("{n} with a new margin", n=w.number(each.limits))),
    ]
    told = [text for number, text in counted if number]
    if each.largest:
        told.append(w.t("largest difference {value}", value=w.number(each.largest, 1)))
    return ", ".join(told) or w.t("another unit or reason")


def _values(n: Names, report: RefreshReport) -> Listing:
    w = n.w
    headers = {
        "area": w.t("Area"),
        "figure": w.t("Figure"),
        "moment": w.t("Year"),
        "old": w.t("Before"),
        "new": w.t("After"),
    }
    caption = w.tn("{n} figure has another value", "{n} figures have another value", len(report.values))
    return Listing(caption, columns(headers), [_value_row(n, each) for each in report.values])


def _value_row(n: Names, each: ValueChange) -> Row:
    before = _value(n, each.indicator_id, each.old, each.old_status)
    after = _value(n, each.indicator_id, each.new, each.new_status)
    moment = n.moment(each.year, each.age_group)
    return Row("", [n.area(each.area_code), indicator(n, each.indicator_id), moment, before, after], {})


def _value(n: Names, indicator_id: str, value: float | None, status: str) -> str:
    if value is None:
        return n.missing(status) if status else n.w.t("no longer there")
    if indicator_id not in n.package.indicators.index:
        return n.w.number(value, 1)
    return n.value(indicator_id, value)


def _areas(n: Names, report: RefreshReport) -> Listing:
    w = n.w
    headers = {"code": w.t("Code"), "name": w.t("Name"), "change": w.t("Change")}
    caption = w.tn("{n} area differs", "{n} areas differ", len(report.areas))
    rows = [Row("", [each.area_code, each.name, area_text(w, each)], {}) for each in report.areas]
    return Listing(caption, columns(headers), rows)


def area_text(w: Words, each: AreaChange) -> str:
    """What happened to an area."""
    if each.what == ADDED:
        return w.t("new")
    if each.what == GONE:
        lies = w.t("no longer there; it lies in {areas}", areas=each.other)
        return lies if each.other else w.t("no longer there")
    if each.what == RENAMED:
        return w.t("was called {name}", name=each.other)
    assert each.what == MOVED
    return w.t("other boundary: {m2} m² differ", m2=w.number(each.moved_m2))


def _columns(n: Names, report: RefreshReport) -> Listing:
    w = n.w
    headers = {"table": w.t("Table"), "column": w.t("Column"), "unit": w.t("Unit"), "change": w.t("Change")}
    caption = w.tn(
        "{n} column is not as we know it", "{n} columns are not as we know them", len(report.columns)
    )
    rows = [
        Row("", [each.table_id, each.title or each.key or each.stem, each.unit, column_text(w, each)], {})
        for each in report.columns
    ]
    return Listing(caption, columns(headers), rows)


def column_text(w: Words, each: ColumnChange) -> str:
    """What is the matter with a column."""
    return {
        MISSING: w.t("is not in the table; its figures cannot be fetched"),
        TWICE: w.t("stands there more than once; which it is cannot be told"),
        OTHER_NAME: w.t("has another name now; we know it as {name}", name=each.stem),
        NEW: w.t("new; we have no figure of it"),
        UNKNOWN: w.t("we have no figure of it"),
    }[each.what]


def _sources(n: Names, report: RefreshReport) -> Listing:
    w = n.w
    headers = {
        "source": w.t("Source"),
        "title": w.t("Title"),
        "edition": w.t("Edition"),
        "way": w.t("Way"),
        "moment": w.t("Fetched"),
    }
    rows = [
        Row("", [e.source_id, e.title, e.edition, f"{e.way}, {e.host}", _moment(w, e.retrieved_at)], {})
        for e in report.retrieved
    ]
    caption = w.tn("{n} source was asked", "{n} sources were asked", len(report.retrieved))
    return Listing(caption, columns(headers), rows)


def _moment(w: Words, at: str) -> str:
    return moment_text(w, datetime.fromisoformat(at))
