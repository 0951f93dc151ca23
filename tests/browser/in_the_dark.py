"""What axe finds on a page, in the light theme and in the dark one."""

from tests.browser import axe
from tests.browser.visiting import Visit

BACKGROUND = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"


def darken(visit: Visit) -> None:
    light = visit.page.evaluate(BACKGROUND)
    visit.page.emulate_media(color_scheme="dark")
    visit.eventually(lambda: visit.page.evaluate(BACKGROUND) != light, True)


def broken(visit: Visit, where: str) -> list[str]:
    faults, kept = axe.findings(visit.page)
    assert len({one.rule for one in kept}) > 30
    return [f"{where}: {one}" for one in faults if axe.limit_of(visit.page, one) is None]
