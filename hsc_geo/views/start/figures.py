"""Six figures of the newest year: the focus districts first, each with how far it is from the city and the country."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from hsc_geo.analysis.figures import Figure
from hsc_geo.analysis.focus import Comparison
from hsc_geo.analysis.yardstick import PERCENT
from hsc_geo.views.kit.html import joined, markup
from hsc_geo.views.kit.intervals import with_bounds
from hsc_geo.views.kit.names import Names
from hsc_geo.views.wording.distance import distance_text


def figures(n: Names, found: Sequence[Comparison]) -> Markup:
    """A small table for each figure, with bars."""
    return markup('<ul class="hsc-figures">{}</ul>', joined(_figure(n, each) for each in found))


def above(c: Comparison) -> tuple[Figure, ...]:
    """The city, and the country where this edition has it."""
    return (c.municipality, *([c.country] if c.country.value is not None else []))


def focus_name(n: Names, found: Figure) -> str:
    """A focus district by its own name."""
    return n.area_or_focus(found.area_code)


def _way(n: Names, c: Comparison) -> str:
    """Which way a figure is favourable; '' for neither."""
    direction = {"high_good": n.w.t("higher is favourable"), "high_bad": n.w.t("higher is unfavourable")}
    return direction.get(str(n.package.indicators.at[c.indicator_id, "direction"]), "")


def _figure(n: Names, c: Comparison) -> Markup:
    known = [each.value for each in (*c.focus, c.municipality, c.country) if each.value is not None]
    percent = n.package.indicators.at[c.indicator_id, "unit"] == PERCENT
    top = 100.0 if percent else max(known, default=1.0) or 1.0
    about = (n.moment(c.year, c.age_group), n.kind(c.indicator_id).lower(), _way(n, c))
    rows = [_focus(n, c, each, top) for each in c.focus]
    rows += [_row(n, n.area(each.area_code), each, "", top) for each in above(c)]
    return markup(
        '<li><h3>{}</h3><span class="hsc-quiet">{}</span><table><tbody>{}</tbody></table></li>',
        n.indicator(c.indicator_id),
        " · ".join(filter(None, about)),
        joined(rows),
    )


def _focus(n: Names, c: Comparison, own: Figure, top: float) -> Markup:
    """A focus district with its distances under it."""
    said = " · ".join(filter(None, (distance_text(n, own, other) for other in (c.municipality, c.country))))
    under = markup('<tr class="far"><td colspan="3">{}</td></tr>', said) if said else Markup("")
    return _row(n, focus_name(n, own), own, "focus", top) + under


def _row(n: Names, name: str, f: Figure, css: str, top: float) -> Markup:
    if f.value is None:
        why = '<tr class="{}"><th scope="row">{}</th><td colspan="2"><span class="hsc-quiet">{}</span></td></tr>'
        return markup(why, css, name, n.figure(f))
    width = round(100 * max(0.0, f.value) / top, 1)
    return markup(
        '<tr class="{}"><th scope="row">{}</th>'
        '<td class="bar"><span class="hsc-bar"><i style="width:{}%"></i></span></td><td class="n">{}</td></tr>',
        css,
        name,
        width,
        with_bounds(n, f),
    )
