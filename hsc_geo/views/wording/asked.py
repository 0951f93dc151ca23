"""What is said where no initiative is known: none known, asked and nothing found, or not asked since."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from hsc_geo.analysis.asked import Asked, asked
from hsc_geo.analysis.counting import count_for
from hsc_geo.views.kit.html import link, markup
from hsc_geo.views.kit.names import Names


def absent_text(n: Names, found: Asked | None, area_code: str) -> str:
    """In a cell of an area: that none is known or, where someone asked, when. Never that there is none."""
    w = n.w
    if found is None:
        return w.t("none known")
    day = w.date(found.asked_on)
    if found.area_code == area_code:
        said = w.t("asked on {date}: nothing found", date=day)
        return said if found.recent else w.t("none known, not asked since {date}", date=day)
    where = n.area(found.area_code)
    said = w.t("asked in {area} on {date}: nothing found", area=where, date=day)
    return said if found.recent else w.t("none known, not asked in {area} since {date}", area=where, date=day)


def absent(n: Names, area_code: str, ambition: str) -> str:
    """The same, looked up on the day of the page."""
    return absent_text(n, asked(n.package, area_code, ambition, n.today), area_code)


def asked_on(n: Names, area_code: str, ambition: str) -> str:
    """The same where someone asked; '' where nobody did."""
    found = asked(n.package, area_code, ambition, n.today)
    return absent_text(n, found, area_code) if found else ""


def asked_lines(n: Names, area_code: str, ambitions: Sequence[str]) -> list[tuple[str, Asked]]:
    """A line for each of the ambitions for which none is known for the area and someone asked, with what was asked."""
    found = ((code, asked(n.package, area_code, code, n.today)) for code in ambitions)
    return [
        (f"{n.term('ambition', code)}: {absent_text(n, each, area_code)}", each)
        for code, each in found
        if each and not count_for(n.package, area_code, ambition=code).number
    ]


def asked_texts(n: Names, area_code: str, ambitions: Sequence[str]) -> list[Markup]:
    """The same lines for a page, with their sources."""
    return [
        markup("{} ({} {})", text, n.w.t("Source:"), link(each.source_url, each.source))
        for text, each in asked_lines(n, area_code, ambitions)
    ]


def asked_plain(n: Names, area_code: str, ambitions: Sequence[str]) -> list[str]:
    """The same lines for a paper."""
    return [
        f"{text} ({n.w.t('Source:')} {each.source})" for text, each in asked_lines(n, area_code, ambitions)
    ]
