"""What a visit leaves behind in the browser of a visitor who does not sign in."""

from __future__ import annotations

import re
from typing import Any

from tests.browser.proposing import fill
from tests.browser.serving import Site
from tests.browser.visiting import MAP, PAGES, PROPOSE, REVIEW, Arrivals, Visit

TYPED = "Wandelen bij de molen"
# Streamlit's own: light or dark, for each page that was opened, and whether the menu on a phone is open.
OF_THE_SCREEN = re.compile(r"stActiveTheme-/\w*-v2|sidebarWidth|sidebarNavState")


def stored(visit: Visit, where: str) -> dict[str, str]:
    """What a storage of the browser holds."""
    found: dict[str, str] = visit.page.evaluate(f"({{...{where}}})")
    return found


def test_a_visit_leaves_no_more_than_light_or_dark_and_a_cookie_of_the_session(
    arrive: Arrivals, site: Site
) -> None:
    visit = arrive()
    for path in PAGES:
        visit.go(path, lang="en")
    visit.go(MAP, lang="en", amb="A3", sel="WK054605", q="lonely")
    fill(visit.go(PROPOSE, lang="en", kind="question"), "why", TYPED)
    cookies: list[Any] = visit.page.context.cookies()
    assert [(each["name"], each["expires"], each["sameSite"]) for each in cookies] == [
        ("_streamlit_xsrf", -1, "Lax")
    ]
    local = stored(visit, "localStorage")
    assert local
    assert [name for name in local if not OF_THE_SCREEN.fullmatch(name)] == []
    assert not re.search("A3|WK054605|lonely|molen", str(local))
    assert visit.page.evaluate("indexedDB.databases()") == []
    draft = stored(visit, "sessionStorage")
    assert list(draft) == ["hsc-proposal"]
    assert TYPED in draft["hsc-proposal"]
    tab = visit.page.context.new_page()  # of the same browser
    tab.goto(visit.address(REVIEW, lang="en"))
    assert tab.evaluate("sessionStorage.length") == 0
