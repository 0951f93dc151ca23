"""Rows of initiatives."""

from typing import Any

import pandas as pd

from hsc_geo.analysis.facets import last_seen
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.views.kit.html import safe_url
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import PAGE_SIZE, Column, Row, first_of_page, sorted_rows
from hsc_geo.views.kit.stated import stated
from hsc_geo.views.wording import freshness
from hsc_geo.views.wording.initiative import ambitions_text, listed_status, serves_text

LONGEST = 300  # letters of a cell; the panel shows the whole text


def initiative_row(n: Names, key: str) -> Row:
    """One initiative: name, organisation, ambitions, area served, status, when it was last seen, source."""
    row: Any = n.package.initiatives.loc[key]
    source = {"text": row["source_publisher"] or n.w.t("source"), "href": safe_url(row["source_url"])}
    organisation = stated(n.w, row["organisation"])
    text = [row["name"], organisation, ambitions_text(n, row), serves_text(n, key), listed_status(n, key)]
    return Row(key, [*(value[:LONGEST] for value in text), freshness.seen_text(n, key), source], {})


def initiative_order(n: Names) -> dict[str, dict[str, Any]]:
    """Per column what the initiatives are sorted by: column -> id -> value; made once a language and a day."""
    return _order(n.package, n)


@per_package(maxsize=8)
def _order(package: Package, n: Names) -> dict[str, dict[str, Any]]:
    register = package.initiatives
    texts = {
        "name": register["name"],
        "organisation": register["organisation"].map(lambda cell: stated(n.w, cell)),
        "ambition": register["ambition_codes"].map(lambda codes: n.terms("ambition", codes)),
        "serves": register.index.to_series().map(lambda key: serves_text(n, str(key))),
        "status": register["status"].map(lambda code: n.term("status", code)),
    }
    columns: dict[str, pd.Series] = {key: text.str.casefold() for key, text in texts.items()}
    columns["year"] = last_seen(n.package, n.today).dropna().astype(int)
    return {key: {str(i): value for i, value in column.items()} for key, column in columns.items()}


def initiative_rows(n: Names, keys: list[str], sort: str, descending: bool, page: int) -> list[Row]:
    """The rows of one page of the initiatives, sorted."""
    if sort:
        column = initiative_order(n)[sort]
        rows = [Row(key, [], {sort: column.get(key)}) for key in keys]
        keys = [row.id for row in sorted_rows(rows, sort, descending)]
    first = first_of_page(len(keys), page, PAGE_SIZE)
    return [initiative_row(n, key) for key in keys[first : first + PAGE_SIZE]]


def initiative_columns(n: Names) -> list[Column]:
    """Columns that go with `initiative_rows`."""
    w = n.w
    return [
        Column("name", w.t("Initiative")),
        Column("organisation", w.t("Organisation")),
        Column("ambition", w.t("Ambition (most are inferred)")),
        Column("serves", w.t("Serves")),
        Column("status", w.t("Status")),
        Column("year", w.t("Last seen or confirmed"), numeric=True),
        Column("source", w.t("Source"), sortable=False),
    ]
