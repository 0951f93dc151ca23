"""The files of the page of changes: every change with its fields, figures and dates, and what each column means."""

from __future__ import annotations

from functools import partial

import pandas as pd

from hsc_geo.analysis import export
from hsc_geo.analysis.changes import EntryChange
from hsc_geo.domain.text import carriable
from hsc_geo.views.changes import rows
from hsc_geo.views.changes.answers import Found
from hsc_geo.views.changes.choices import ChangesChoice
from hsc_geo.views.changes.tables import changed_fields, name_text
from hsc_geo.views.changes.words import asked, basis_text, beside, method, said
from hsc_geo.views.kit.names import Names
from hsc_geo.views.paper.take import stem_of
from hsc_geo.views.wording import cite


def bundle(n: Names, choice: ChangesChoice, found: Found, cited: cite.Citation) -> export.Bundle:
    """The answer as tables of plain values, with what each column means and how to cite them."""
    tables = {
        "changes": rows.entries(found.changed.entries, partial(_in_words, n)),
        "figures": rows.figures(found.changed.figures),
        "dates": rows.dates(found.dates),
    }
    columns = {"changes": _entry_columns(n), "figures": _figure_columns(n), "dates": _date_columns(n)}
    dictionary = pd.DataFrame(
        [(table, name, text) for table, each in columns.items() for name, text in each.items()],
        columns=["table", "column", "meaning"],
        dtype=object,
    )
    about = {
        "title": cited.title,
        "answer": said(n, choice, found),
        "counted": beside(n, choice, found),
        "basis": basis_text(n, found),
        "method": " ".join(method(n, found)),
        "area": choice.area,
        "ambition": choice.ambition,
        "since": choice.since.isoformat(),
        "until": choice.until.isoformat(),
        "snapshot": cited.edition,
        "contract_version": cited.contract,
        "taken_on": cited.day.isoformat(),
        "language": n.w.code,
        "address": cited.address,
        "citation": cite.apa(n, cited),
    }
    return export.Bundle(
        {**tables, "dictionary": dictionary}, {key: carriable(value) for key, value in about.items()}
    )


def stem(n: Names, choice: ChangesChoice) -> str:
    """How the files are called: what was asked, and the edition."""
    return f"hsc-geo-{stem_of(asked(n, choice))}-{stem_of(n.package.snapshot)}"


def _in_words(n: Names, change: EntryChange) -> tuple[str, rows.Fields]:
    """The name of an entry, and each field that differs with what it was and is in words."""
    return name_text(n, change), [
        (name, before, after) for name, _, before, after in changed_fields(n, change)
    ]


def _entry_columns(n: Names) -> dict[str, str]:
    w = n.w
    return {
        "what": w.t("added, ended, confirmed, corrected, or gone (taken out or merged)"),
        "day": w.t("day of the last change in the period; empty where two editions are compared"),
        "kind": w.t("initiative, organisation, venue, or asked (what was asked and not found)"),
        "id": w.t("number of the entry; of a venue its name"),
        "name": w.t("name of the entry"),
        "for_whom": w.t(
            "own: the area that was asked; around: its district as a whole; city; region; unknown"
        ),
        "areas": w.t("codes of the areas that it serves, with | between"),
        "ambitions": w.t("codes of the ambitions, with | between"),
        "field": w.t("column of the register that differs; a table for places, areas and organisations"),
        "before": w.t("what stood there, in words; – is nothing"),
        "after": w.t("what stands there, in words; – is nothing"),
    }


def _figure_columns(n: Names) -> dict[str, str]:
    w = n.w
    return {
        "what": w.t("new, revised, or gone"),
        "area_code": w.t("code of the area"),
        "indicator_id": w.t("the figure, as the data dictionary has it"),
        "year": w.t("year of the figure"),
        "age_group": w.t("age group of the figure"),
        "old_value": w.t("value in the earlier edition; empty where it has none"),
        "old_lower": w.t("lower end of the 95% interval in the earlier edition"),
        "old_upper": w.t("upper end of the 95% interval in the earlier edition"),
        "old_status": w.t("why the earlier edition has none, or value"),
        "old_unit": w.t("unit in the earlier edition"),
        "new_value": w.t("value in the later edition; empty where it has none"),
        "new_lower": w.t("lower end of the 95% interval in the later edition"),
        "new_upper": w.t("upper end of the 95% interval in the later edition"),
        "new_status": w.t("why the later edition has none, or value"),
        "new_unit": w.t("unit in the later edition"),
    }


def _date_columns(n: Names) -> dict[str, str]:
    w = n.w
    return {
        "initiative_id": w.t("number of the initiative"),
        "what": w.t("began, ended or confirmed"),
        "when": w.t("day, month or year as the entry has it"),
    }
