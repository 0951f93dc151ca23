"""The files of the page of changes: every change with its fields, figures and dates, and what each column means."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from hsc_geo.analysis import export
from hsc_geo.analysis.what_changed import Entry
from hsc_geo.domain.text import carriable
from hsc_geo.views.changes.answers import Found
from hsc_geo.views.changes.choices import ChangesChoice
from hsc_geo.views.changes.tables import changed_fields, name_text
from hsc_geo.views.changes.words import asked, basis_text, beside, method, said
from hsc_geo.views.kit.names import Names
from hsc_geo.views.paper.take import stem_of
from hsc_geo.views.wording import cite

SEVERAL = "|"


def bundle(n: Names, choice: ChangesChoice, found: Found, cited: cite.Citation) -> export.Bundle:
    """The answer as tables of plain values, with what each column means and how to cite them."""
    changed = found.changed
    entries = pd.DataFrame([row for each in changed.entries for row in _entry_rows(n, each)], dtype=object)
    tables = {
        "changes": entries.reindex(columns=list(_entry_columns(n))),
        "figures": _figures(found).reindex(columns=list(_figure_columns(n))),
        "dates": pd.DataFrame(
            [(each.initiative_id, each.what, each.when) for each in found.dates],
            columns=list(_date_columns(n)),
            dtype=object,
        ),
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


def _entry_rows(n: Names, entry: Entry) -> Iterator[dict[str, str]]:
    """A row for each field that differs; one without a field for what was added or is gone."""
    change = entry.change
    about = {
        "what": change.what,
        "day": entry.day.isoformat() if entry.day else "",
        "kind": change.kind,
        "id": change.key,
        "name": name_text(n, change),
        "for_whom": entry.reach,
        "areas": SEVERAL.join(change.areas),
        "ambitions": SEVERAL.join(change.ambitions),
    }
    fields = changed_fields(n, change)
    for name, _, before, after in fields:
        yield {**about, "field": name, "before": before, "after": after}
    if not fields:
        yield {**about, "field": "", "before": "", "after": ""}


def _figures(found: Found) -> pd.DataFrame:
    rows = []
    for each in found.changed.figures:
        key = (each.what, each.area_code, each.indicator_id, each.year, each.age_group)
        sides = [
            part
            for value in (each.old, each.new)
            for part in (
                (value.value, value.lower, value.upper, value.status, value.unit)
                if value
                else (None, None, None, "", "")
            )
        ]
        rows.append((*key, *sides))
    names = ("what", "area_code", "indicator_id", "year", "age_group")
    ends = ("value", "lower", "upper", "status", "unit")
    return pd.DataFrame(rows, columns=[*names, *(f"{when}_{end}" for when in ("old", "new") for end in ends)])


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
