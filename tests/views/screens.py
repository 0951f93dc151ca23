"""What stands on a page that AppTest ran: texts, and what our components were given (AppTest does not draw them)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

SITE = Path(__file__).resolve().parents[2] / "pages" / "site.py"
PAGES = (
    "start",
    "kaart",
    "dekking",
    "wijkprofiel",
    "partners",
    "onderzoek",
    "veranderd",
    "aanmelden",
    "beheer",
    "stuk",
    "data",
)


def visit(page: str, /, **query: Any) -> AppTest:
    """A page of the site, opened by a link with this query."""
    app = AppTest.from_file(str(SITE), default_timeout=60)
    if page != "start":  # switch_page() would run the start page first; a page's hash is that of its address
        app._page_hash = calc_hash(page)
    app.query_params = dict(query)
    for chip in ("more", "figure", "area"):  # of the map, each opened
        app.session_state[f"chip_{chip}"] = True
    app.session_state["map_embed"] = True  # the code for other sites too
    return app.run()


def html(app: AppTest) -> list[str]:
    """Every piece of HTML that the page writes, the style sheet left out."""
    return [each.value for each in app.get("html") if not each.value.startswith("<style>")]


def text(app: AppTest) -> str:
    return "\n".join(html(app))


def notes(app: AppTest) -> list[str]:
    return [part for part in html(app) if "hsc-note" in part]


def components(app: AppTest) -> dict[str, dict[str, Any]]:
    """Key of one of our own components -> what it draws."""
    found = [each.proto for each in app.get("bidi_component")]
    return {proto.id.rsplit("-", 1)[-1]: json.loads(proto.json) for proto in found}


def map_update(app: AppTest) -> dict[str, Any]:
    """What this run tells the map."""
    (frame,) = app.get("component_instance")
    script = json.loads(frame.proto.json_args)["feature_group"]
    found = re.search(r"hsc\.update\((\{.*\})\);", script)
    assert found
    return json.loads(found[1])


def map_script(app: AppTest) -> str:
    (frame,) = app.get("component_instance")
    return json.loads(frame.proto.json_args)["script"]


def whole(app: AppTest) -> AppTest:
    """The page, after making sure that nothing on it failed."""
    assert list(app.exception) == []
    assert [each.value for each in app.error] == []
    return app
