"""A visit to the page of coverage."""

from typing import Any

from streamlit.testing.v1 import AppTest

from tests.views.screens import SITE, components, html, whole
from tests.views.tags import Tags


def visit(chip: str = "", **query: Any) -> AppTest:
    """The page's own script, opened by a link with this query; a chip is pressed open."""
    app = AppTest.from_file(str(SITE.with_name("coverage.py")), default_timeout=60)
    app.query_params = dict(query)
    if chip:
        app.session_state[f"chip_{chip}"] = True
    return whole(app.run())


def address(app: AppTest) -> dict[str, list[str]]:
    """What stands in the address; AppTest gives a single value bare."""
    given = dict(app.query_params)
    return {key: [value] if isinstance(value, str) else list(value) for key, value in given.items()}


def said(app: AppTest) -> str:
    """The sentence that answers, with what stands beside it."""
    (found,) = [part for part in html(app) if "hsc-said" in part]
    return Tags(found).text


def cells(app: AppTest, key: str = "coverage_matrix") -> dict[str, list[str]]:
    """First cell of each row -> the texts of the other cells, of one of the tables."""
    return {row["cells"][0]: texts(row)[1:] for row in components(app)[key]["rows"]}


def texts(row: dict[str, Any]) -> list[str]:
    """What stands in the cells of a row, whether it can be chosen or not."""
    return [cell["text"] if isinstance(cell, dict) else cell for cell in row["cells"]]
