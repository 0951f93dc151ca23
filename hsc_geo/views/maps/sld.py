"""How a GIS draws the layers of the open API: styles in the colours of the site's own maps.

Styled Layer Descriptor 1.1 with Symbology Encoding (OGC 05-078r4, 05-077r4), in those parts of it that QGIS reads and
writes itself: rules with a filter, plain and hatched fills, lines and circles.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from hsc_geo.analysis.classify import Classes
from hsc_geo.analysis.explore import View
from hsc_geo.analysis.feature_kinds import FOCUS_AREAS, MULTI_POLYGON, OBSERVATIONS, Kind
from hsc_geo.views.kit.html import joined, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.maps import colours
from hsc_geo.views.maps.legend import class_colors, class_text, doubt_text

_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<StyledLayerDescriptor xmlns="http://www.opengis.net/sld" xmlns:se="http://www.opengis.net/se" \
xmlns:ogc="http://www.opengis.net/ogc" version="1.1.0">
<NamedLayer><se:Name>{0}</se:Name>
<UserStyle><se:Name>{0}</se:Name><se:Description><se:Title>{1}</se:Title></se:Description>
<se:FeatureTypeStyle>
{2}
</se:FeatureTypeStyle>
</UserStyle></NamedLayer>
</StyledLayerDescriptor>
"""


@dataclass(frozen=True)
class Rule:
    """What a layer draws in one way. title: as in the legend; drawn: symbolizers; where: a filter, None for all."""

    title: str
    drawn: Markup
    where: Markup | None = None


def style(n: Names, kind: Kind, view: View) -> str:
    """The style of a collection. view: the figure, year, age group and level that `observations` draws; the others
    need none of it."""
    rules = _figures(n, view) if kind.id == OBSERVATIONS else [_one(n, kind)]
    title = n.indicator(view.choice.indicator) if kind.id == OBSERVATIONS else _title(n, kind)
    return str(markup(_DOCUMENT, kind.id, title, joined(map(_rule, rules), "\n")))


def _title(n: Names, kind: Kind) -> str:
    return kind.title.nl if n.w.code == "nl" else str(kind.title)


def _rule(rule: Rule) -> Markup:
    where = markup("<ogc:Filter>{}</ogc:Filter>", rule.where) if rule.where else ""
    told = markup(
        "<se:Name>{0}</se:Name><se:Description><se:Title>{0}</se:Title></se:Description>", rule.title
    )
    return markup("<se:Rule>{}{}{}</se:Rule>", told, where, rule.drawn)


def _one(n: Names, kind: Kind) -> Rule:
    if kind.id == FOCUS_AREAS:
        return Rule(n.w.t("focus district"), _outline(colours.FOCUS, 3))
    if kind.geometry == MULTI_POLYGON:
        return Rule(_title(n, kind), _plain())
    return Rule(_title(n, kind), _circle())


def _figures(n: Names, view: View) -> list[Rule]:
    """One rule for each class that the map has, one for the dots over what is not told apart from the city, and one for
    what has no figure. Of other figures nothing is drawn."""
    choice, classes = view.choice, view.classes
    of = (
        _equal("indicator_id", choice.indicator),
        _equal("year", choice.year),
        _equal("age_group", choice.age_group),
        _equal("area_level", choice.level),
    )
    rules = [
        Rule(
            class_text(n, choice.indicator, classes, i, choice.level),
            _fill(colour),
            _all(*of, *_within(classes, i, n.decimals(choice.indicator))),
        )
        for i, colour in enumerate(class_colors(view))
        if classes is not None
    ]
    none = markup("<ogc:PropertyIsNull><ogc:PropertyName>value</ogc:PropertyName></ogc:PropertyIsNull>")
    if classes is not None and classes.indistinct:
        codes = [_equal("area_code", code) for code in sorted(classes.indistinct)]
        these = codes[0] if len(codes) == 1 else markup("<ogc:Or>{}</ogc:Or>", joined(codes))
        rules.append(Rule(doubt_text(n, classes, choice.level), _dotted(), _all(*of, these)))
    return [*rules, Rule(n.w.t("no figure"), _hatched(), _all(*of, none))]


def _within(classes: Classes, i: int, decimals: int) -> list[Markup]:
    """The values of a class, from half a step below its lowest to half a step above its highest, as published; open
    where no class can come below or above."""
    (lowest, highest), (first, last) = classes.bounds(i, decimals), classes.ends(i)
    half = 10.0**-decimals / 2
    low = [] if first else [_compared("GreaterThanOrEqualTo", "value", f"{lowest - half:.{decimals + 1}f}")]
    return low + ([] if last else [_compared("LessThan", "value", f"{highest + half:.{decimals + 1}f}")])


def _equal(name: str, value: object) -> Markup:
    return _compared("EqualTo", name, value)


def _compared(how: str, name: str, value: object) -> Markup:
    return markup(
        "<ogc:PropertyIs{0}><ogc:PropertyName>{1}</ogc:PropertyName><ogc:Literal>{2}</ogc:Literal></ogc:PropertyIs{0}>",
        how,
        name,
        value,
    )


def _all(*conditions: Markup) -> Markup:
    return markup("<ogc:And>{}</ogc:And>", joined(conditions))


def _given(**values: object) -> Markup:
    return joined(
        markup('<se:SvgParameter name="{}">{}</se:SvgParameter>', name.replace("_", "-"), value)
        for name, value in values.items()
    )


def _polygon(*parts: Markup) -> Markup:
    return markup("<se:PolygonSymbolizer>{}</se:PolygonSymbolizer>", joined(parts))


def _stroke(colour: str, width: float) -> Markup:
    return markup("<se:Stroke>{}</se:Stroke>", _given(stroke=colour, stroke_width=width))


def _filled(**values: object) -> Markup:
    return markup("<se:Fill>{}</se:Fill>", _given(**values))


def _fill(colour: str) -> Markup:
    return _polygon(_filled(fill=colour), _stroke(colours.BETWEEN, 1.4))


def _plain() -> Markup:
    return _polygon(_filled(fill=colours.NO_FIGURE, fill_opacity=0.45), _stroke(colours.INK, 1.4))


def _outline(colour: str, width: float) -> Markup:
    return _polygon(_stroke(colour, width))


def _hatched() -> Markup:
    lines = _mark("slash", markup("<se:Stroke>{}</se:Stroke>", _given(stroke=colours.MISSING)))
    return joined((_fill(colours.MISSING_GROUND), _patterned(lines)))


def _dotted() -> Markup:
    return _patterned(_mark("circle", _filled(fill=colours.INK), _stroke(colours.BETWEEN, 0.9), size=4))


def _circle() -> Markup:
    drawn = _mark("circle", _filled(fill=colours.PLACE), _stroke(colours.INK, 2), size=14)
    return markup("<se:PointSymbolizer>{}</se:PointSymbolizer>", drawn)


def _patterned(mark: Markup) -> Markup:
    return _polygon(markup("<se:Fill><se:GraphicFill>{}</se:GraphicFill></se:Fill>", mark))


def _mark(name: str, *parts: Markup, size: int = 0) -> Markup:
    return markup(
        "<se:Graphic><se:Mark><se:WellKnownName>{}</se:WellKnownName>{}</se:Mark>{}</se:Graphic>",
        name,
        joined(parts),
        markup("<se:Size>{}</se:Size>", size) if size else "",
    )
