"""The figures of a profile, each on its own scale: of a percentage 0 to 100%, of others from a round number to a round
number, with the city's value as a stroke in a band of about the same.

It is a table of HTML: the scales are for the eye; the values and how far they are from the city stand beside them.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from hsc_geo.analysis.figures import Figure
from hsc_geo.analysis.profile import INDISTINCT, SAME, WHOLE, Spine, against_city
from hsc_geo.views.kit.html import joined, markup
from hsc_geo.views.kit.intervals import bounds
from hsc_geo.views.kit.names import Names
from hsc_geo.views.profile.marks import BAND, BY_AREA, BY_VERDICT, CITY, COUNTRY, Mark, legend
from hsc_geo.views.profile.tables import against_text
from hsc_geo.views.profile.words import same_text, verdicts, way_text
from hsc_geo.views.wording.distance import DOWN, LEVEL, UP, distance_text

NUDGE = 7  # pixels between the marks of areas, so that of nearly the same values both are seen


def scale_legend(n: Names, codes: Sequence[str], rows: Sequence[Sequence[Spine]]) -> Markup:
    """What each mark on the scales of `rows` stands for."""
    if len(codes) == 1:
        names = [(BY_VERDICT[key], f"{n.area(codes[0])}: {text}") for key, text in verdicts(n, rows).items()]
    else:
        names = [(mark, n.area(code)) for mark, code in zip(BY_AREA, codes, strict=False)]
    city, country = rows[0][0].city.area_code, rows[0][0].country.area_code
    known = any(group[0].country.value is not None for group in rows)
    more = [(CITY, n.area(city)), (BAND, same_text(n)), *([(COUNTRY, n.area(country))] if known else [])]
    return legend([*names, *more])


def scales(n: Names, rows: Sequence[Sequence[Spine]], caption: str) -> Markup:
    """A row per figure; `rows` holds the areas' rows of each figure, in one order. With one area its mark tells better
    from worse than the city, with more each has its own."""
    return markup(
        '<table class="hsc-scale"><caption>{}</caption><tbody>{}</tbody></table>',
        caption,
        joined(_row(n, group) for group in rows),
    )


def _row(n: Names, group: Sequence[Spine]) -> Markup:
    first = group[0]
    city = f"{n.area(first.city.area_code)} {n.figure(first.city)}"
    return markup(
        '<tr><th scope="row">{} <small>{}</small>{}</th><td>{}</td></tr>',
        n.indicator(first.indicator_id),
        " · ".join(filter(None, (way_text(n, first), city))),
        _strip(n, group),
        _one(n, first) if len(group) == 1 else joined(_among(n, row, i) for i, row in enumerate(group)),
    )


def _one(n: Names, row: Spine) -> Markup:
    """The value of the only area, and how far it is from the city and the country."""
    said = (distance_text(n, row.figure, other) for other in (row.city, row.country))
    return markup(
        "<strong>{}</strong><small>{}</small>",
        n.figure(row.figure),
        " · ".join(filter(None, (_interval(n, row), *said))),
    )


def _among(n: Names, row: Spine, i: int) -> Markup:
    """The value of one of a few areas, with its mark and how it compares."""
    verdict = against_city(n.package, row)
    said = f"{_sign(row, verdict)} {against_text(n, verdict)}" if verdict else ""
    return markup(
        "<div>{} {} <strong>{}</strong> <small>{} {}</small></div>",
        _symbol(BY_AREA[i]),
        n.area(row.figure.area_code),
        n.figure(row.figure),
        _interval(n, row),
        said,
    )


def _interval(n: Names, row: Spine) -> str:
    """`95%: 44.1 – 50.6%`; '' without a published interval."""
    told = bounds(n, row.indicator_id, row.figure.lower, row.figure.upper)
    return f"95%: {told}" if told else ""


def _sign(row: Spine, verdict: str) -> str:
    if verdict in (SAME, INDISTINCT):
        return LEVEL
    return UP if (row.figure.value or 0.0) > (row.city.value or 0.0) else DOWN


def _symbol(mark: Mark) -> Markup:
    return markup('<span aria-hidden="true" style="color:{}">{}</span>', mark.colour, mark.sign)


def _strip(n: Names, group: Sequence[Spine]) -> Markup:
    first = group[0]
    parts = [_band(first), _stroke(first, first.city), _mark(first, first.country, COUNTRY, 0)]
    for i, row in enumerate(group):
        several = len(group) > 1
        mark = BY_AREA[i] if several else BY_VERDICT.get(against_city(n.package, row), BY_VERDICT[SAME])
        parts += [_bounds(row, mark), _mark(row, row.figure, mark, round(NUDGE * (i - (len(group) - 1) / 2)))]
    low, high = ("0%", "100%") if first.scale == WHOLE else (_end(n, first, value) for value in first.scale)
    return markup(
        '<span class="hsc-strip {}" aria-hidden="true"><span>{}</span><i>{}</i><i>{}</i></span>',
        "" if way_text(n, first) else "neutral",
        joined(parts),
        low,
        high,
    )


def _end(n: Names, row: Spine, value: float) -> str:
    return n.value(row.indicator_id, value)


def _percent(row: Spine, value: float | None) -> float | None:
    at = row.position(value)
    return None if at is None else round(100 * at, 2)


def _band(row: Spine) -> Markup:
    if row.band is None:
        return Markup("")
    low, high = (_percent(row, value) or 0.0 for value in row.band)
    return markup('<b class="band" style="left:{}%;width:{}%"></b>', low, round(high - low, 2))


def _stroke(row: Spine, city: Figure) -> Markup:
    at = _percent(row, city.value)
    return Markup("") if at is None else markup('<b class="city" style="left:{}%"></b>', at)


def _bounds(row: Spine, mark: Mark) -> Markup:
    """The published interval, where there is one."""
    low, high = (_percent(row, value) for value in (row.figure.lower, row.figure.upper))
    if low is None or high is None:
        return Markup("")
    style = '<b class="bounds" style="left:{}%;width:{}%;background:{}"></b>'
    return markup(style, low, round(high - low, 2), mark.colour)


def _mark(row: Spine, figure: Figure, mark: Mark, apart: int) -> Markup:
    at = _percent(row, figure.value)
    if at is None:
        return Markup("")
    style = '<b style="left:{}%;top:calc(50% + {}px);color:{}">{}</b>'
    return markup(style, at, apart, mark.colour, mark.sign)
