"""The register as a file: take it along, or take a file over after all its faults are told."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from hsc_geo.domain.problems import Problem
from hsc_geo.register import Imported, ImportReport
from hsc_geo.register.opening import LARGEST
from hsc_geo.register.sheets import MOST_ROWS
from hsc_geo.views.kit.controls import segments
from hsc_geo.views.kit.html import items, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Listing, Row
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.words import Words
from hsc_geo.views.review.desk import BAD, Desk, forget_message, reason, tell
from hsc_geo.views.review.lists import by_pages, columns

MADE, READ = "review_made", "review_read"
REASON = "review_import_reason"
MEGABYTES = LARGEST // 1_000_000
NAMES = {
    "csv": ("hsc_geo-register.zip", "application/zip"),
    "xlsx": ("hsc_geo-register.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "hsds": ("hsc_geo-register.json", "application/json"),
}
TYPES = {"csv": ["zip", "csv"], "xlsx": ["xlsx"], "hsds": ["json"]}


def draw(n: Names, state: PageState, desk: Desk) -> None:
    """Which form; then export and import."""
    w = n.w
    st.header(w.t("Files"), anchor=False)
    names = {"csv": w.t("CSV (zip)"), "xlsx": w.t("Excel (XLSX)"), "hsds": w.t("HSDS 3 (JSON)")}

    def take() -> None:
        forget_message()
        _forget()
        state.take("form")

    segments(state, "form", w.t("Form"), names, take)
    _export(n, state["form"], desk)
    _import(n, state, desk)


def _forget() -> None:
    for key in (MADE, READ):
        st.session_state.pop(key, None)


# Export


def _export(n: Names, form: str, desk: Desk) -> None:
    w = n.w
    st.subheader(w.t("Export"), anchor=False)
    st.html(markup("<p>{}</p>", w.t("All entries as they are now. Read back, the file changes nothing.")))
    st.button(w.t("Make the file"), key="review_make", on_click=partial(make, n, form, desk))
    made = st.session_state.get(MADE)
    if made and made[0] == form:
        name, mime = NAMES[form]
        st.download_button(
            w.t("Download the file"), made[1], name, mime, key="review_download", on_click="ignore"
        )


def make(n: Names, form: str, desk: Desk) -> None:
    """Make the file and keep it for the download."""
    forget_message()
    made = desk.attempt(n.w, lambda register, by: register.export(form))
    if made is not None:
        st.session_state[MADE] = (form, made)


# Import


def _import(n: Names, state: PageState, desk: Desk) -> None:
    w, form = n.w, state["form"]
    st.subheader(w.t("Import"), anchor=False)
    st.html(items(bound_texts(w)))
    given = st.file_uploader(
        w.t("File to take over"),
        type=TYPES[form],
        key=f"w_upload_{form}",
        max_upload_size=MEGABYTES,
        on_change=forget_message,
    )
    if given is None:
        st.session_state.pop(READ, None)
        return
    report = _report(n, given, form, desk)
    if report.passed:
        st.html(items(n.w.told(each) for each in report.passed))
    if report.problems:
        _faults(n, state, report)
    else:
        _take_over(n, report, desk)


def bound_texts(w: Words) -> list[str]:
    """What is taken at most, and what happens with a file."""
    return [
        w.t("At most {mb} MB and {rows} rows a table.", mb=w.number(MEGABYTES), rows=w.number(MOST_ROWS)),
        w.t(
            "Every fault is told by table, row and column before anything is written. With one fault nothing is "
            "taken over."
        ),
        w.t("Entries that the file lacks stay as they are."),
    ]


def _report(n: Names, given: Any, form: str, desk: Desk) -> ImportReport:
    """What the file holds; read once, and anew when another file is given."""
    kept = st.session_state.get(READ)
    if kept is None or kept[0] != (form, given.file_id):
        content = given.getvalue()
        kept = ((form, given.file_id), desk.do(lambda register, by: register.read_import(content, form)))
        st.session_state[READ] = kept
    report: ImportReport = kept[1]
    return report


def _faults(n: Names, state: PageState, report: ImportReport) -> None:
    w = n.w
    text = w.tn(
        "The file has {n} fault; nothing was taken over.",
        "The file has {n} faults; nothing was taken over.",
        len(report.problems),
    )
    st.html(markup('<p role="{}" class="hsc-note" id="faults">{}</p>', BAD, text))
    headers = {
        "table": w.t("Table"),
        "row": w.t("Row"),
        "column": w.t("Column"),
        "value": w.t("What stands there"),
        "mend": w.t("How to mend it"),
    }
    caption = w.t("Faults by table, row and column")
    listing = Listing(caption, columns(headers), [fault_row(n, each) for each in report.problems])
    by_pages(n, state, "review_faults", listing, "")


def fault_row(n: Names, each: Problem) -> Row:
    """One fault; without a row it is of the whole file."""
    w = n.w
    row = w.number(each.row) if each.row else "–"
    return Row("", [w.told(each.file), row, each.column, each.value, w.told(each.mend)], {})


def _take_over(n: Names, report: ImportReport, desk: Desk) -> None:
    w = n.w
    total = sum(map(len, report.rows.values()))
    text = w.tn("{n} row read, without a fault.", "{n} rows read, without a fault.", total)
    st.html(markup('<p role="status" id="sound">{}</p>', text))
    reason(w.t("Reason, for the journal"), REASON)
    st.button(
        w.t("Take over"), type="primary", key="review_import", on_click=partial(take_over, n, report, desk)
    )


def take_over(n: Names, report: ImportReport, desk: Desk) -> None:
    """Take the rows over, and tell what that did or why it was refused."""
    done = desk.attempt_with(n.w, REASON, lambda register, by, why: register.import_rows(report, by, why))
    if done is not None:
        tell(imported_text(n.w, done))


def imported_text(w: Words, done: Imported) -> str:
    """What an import did."""
    return w.t(
        "Taken over: {added} entries added, {changed} changed, {unchanged} were so already.",
        added=w.number(done.added),
        changed=w.number(done.changed),
        unchanged=w.number(done.unchanged),
    )
