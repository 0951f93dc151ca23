"""The matrix of the start page: focus districts and the city against the ambitions, the reason of each cell under it.

A reason opens in the browser itself, with no run of the page: a cell is a button, its reason a popover of HTML.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from markupsafe import Markup

from hsc_geo.analysis.gaps import GAP, UNCERTAIN
from hsc_geo.views.kit.html import items, joined, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.start import words
from hsc_geo.views.start.answers import Cockpit

HEAT = {GAP: "gap", UNCERTAIN: "doubt"}


def address(n: Names, page: str, **choices: str | Sequence[str]) -> str:
    """A page of this site with these choices, from the start page."""
    values: Mapping[str, str | Sequence[str]] = {**choices, **n.kept()}
    return f"{page}?{urlencode(values, doseq=True)}"


def matrix(n: Names, found: Cockpit) -> Markup:
    """The whole table, with what its words mean."""
    heads = joined(markup('<th scope="col">{}</th>', n.term("ambition", each)) for each in found.ambitions)
    rows = joined(_row(n, found, area, name) for area, name in words.row_names(n, found).items())
    table = markup(
        '<table class="hsc-matrix"><caption>{}</caption><thead><tr><td></td>{}</tr></thead>'
        "<tbody>{}{}</tbody></table>",
        words.caption(n),
        heads,
        rows,
        _wide(n, found),
    )
    return table + quiet(words.meaning(n))


def _row(n: Names, found: Cockpit, area: str, name: str) -> Markup:
    if area == found.city:
        cells = joined(_city_cell(n, found, each) for each in found.ambitions)
        return markup('<tr><th scope="row">{}</th>{}</tr>', name, cells)
    cells = joined(_cell(n, found, area, each) for each in found.ambitions)
    link = address(n, "wijkprofiel", area=area)
    return markup('<tr class="focus"><th scope="row"><a href="{}">{}</a></th>{}</tr>', link, name, cells)


def _cell(n: Names, found: Cockpit, area: str, ambition: str) -> Markup:
    said = words.state(n, found, area, ambition)
    known, key = words.number(n, found, area, ambition), f"hsc-why-{area}-{ambition}"
    return markup(
        '<td class="{}"><button type="button" popovertarget="{}"><strong>{}</strong>{}</button>{}</td>',
        HEAT.get(found.verdict(area, ambition), "known"),
        key,
        known,
        markup(" <span>{}</span>", said) if said else "",
        _why(n, found, area, ambition, key),
    )


def _why(n: Names, found: Cockpit, area: str, ambition: str, key: str) -> Markup:
    """The reason of a cell, and the ways to see it on the map and among all districts."""
    w = n.w
    on_map = address(n, "kaart", district=area, amb=ambition, table="initiatives")
    in_need = address(n, "dekking", part="need", ramb=ambition, area=area)
    return markup(
        '<div popover id="{}" class="hsc-why"><h3>{}</h3>{}<p class="hsc-links"><a href="{}">{}</a> <a href="{}">{}</a>'
        '</p><button type="button" popovertarget="{}" popovertargetaction="hide">{}</button></div>',
        key,
        words.cell_title(n, area, ambition),
        items(words.reasons(n, found, area, ambition)),
        on_map,
        w.t("Who they are, on the map"),
        in_need,
        w.t("How this is judged, with all districts"),
        key,
        w.t("Close"),
    )


def _city_cell(n: Names, found: Cockpit, ambition: str) -> Markup:
    link = address(n, "kaart", amb=ambition, table="initiatives")
    known = words.number(n, found, found.city, ambition)
    return markup('<td><a href="{}"><strong>{}</strong></a></td>', link, known)


def _wide(n: Names, found: Cockpit) -> Markup:
    """What is there for the city or the region, which no district has for itself."""
    cells = []
    for each in found.ambitions:
        link = address(n, "kaart", amb=each, table="citywide")
        known = words.known(n, len(found.counts[found.city, each].wide))
        cells.append(markup('<td><a href="{}"><strong>{}</strong></a></td>', link, known))
    return markup('<tr><th scope="row">{}</th>{}</tr>', words.wide_name(n), joined(cells))
