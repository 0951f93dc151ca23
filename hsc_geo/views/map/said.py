"""The sentence that answers the map: who is known for what was asked and where, and the figure on the map there."""

from __future__ import annotations

from markupsafe import Markup

from hsc_geo.analysis.counting import Count, count_of
from hsc_geo.analysis.explore import LEVELS, View, districts_of
from hsc_geo.analysis.figures import REGISTER_INDICATOR, Figure, figure
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.yardstick import holds
from hsc_geo.views.kit.html import joined, markup
from hsc_geo.views.kit.intervals import indistinct_text, with_bounds
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import lower_first
from hsc_geo.views.wording.facets import facet_name

_NAMED = ("ambition", "theme", "life_stage")  # facets that a sentence can name
_WIDEST = ("", "all", "18plus")  # ages that need no words


def sentence(n: Names, view: View, selected: str = "") -> Markup:
    """Of the area in the panel, else of the districts that are chosen, else of the whole municipality."""
    areas = asked_areas(n, view, selected)
    known = _known_there(n, view, areas, selected) if areas else _known(n, view)
    return joined((known, figure_text(n, view, areas)), " ")


def asked_areas(n: Names, view: View, selected: str) -> list[str]:
    """The area or the districts that the sentence is about; none for the municipality."""
    areas = n.package.areas
    if selected in areas.index and areas.at[selected, "level"] in LEVELS:
        return [selected]
    return districts_of(view.choice)


def _known(n: Names, view: View) -> Markup:
    w, here, about = n.w, view.here, _about(n, view)
    city = n.area(municipality_code(n.package))
    if not view.ids:
        return _strong(
            w.t("In {city} {none} is known{about}.", city=city, none=_none(n), about=about), _none(n)
        )
    number = w.tn("{n} initiative", "{n} initiatives", len(view.ids))
    text = w.tn(
        "In {city} {number} is known{about}: {parts}.",
        "In {city} {number} are known{about}: {parts}.",
        len(view.ids),
        city=city,
        number=number,
        about=about,
        parts=", ".join([*_for_district(n, here), *_wide(n, here)]),
    )
    return _strong(text, number)


def _known_there(n: Names, view: View, areas: list[str], selected: str) -> Markup:
    w, about = n.w, _about(n, view)
    found = count_of(n.package, areas, view.ids) if selected in areas else view.here
    names = ", ".join(n.area_or_focus(code) for code in areas)
    more = ", ".join([*_around(n, found), *_wide(n, found)])
    if found.number:
        number = w.tn("{n} initiative", "{n} initiatives", found.number)
        text = w.tn(
            "In {areas} itself {number} is known{about}{shared}",
            "In {areas} itself {number} are known{about}{shared}",
            found.number,
            areas=names,
            number=number,
            about=about,
            shared=_shared(n, found),
        )
        return _strong(w.t("{said}; besides {more}.", said=text, more=more) if more else f"{text}.", number)
    text = w.t("In {areas} itself {none} is known{about}", areas=names, none=_none(n), about=about)
    told = w.t("{said}, but {more}.", said=text, more=more) if more else f"{text}."
    return _strong(told, _none(n))


def _none(n: Names) -> str:
    return n.w.t("no initiative")


def _strong(text: str, part: str) -> Markup:
    before, found, after = text.partition(part)
    return markup('<span id="summary">{}<strong>{}</strong>{}</span>', before, found, after)


def _about(n: Names, view: View) -> str:
    """What was asked, as it stands behind `known`: the ambition, theme and life stage, the words, and how much more."""
    w, chosen = n.w, view.choice.facets
    names = [_inside(facet_name(n, facet, code)) for facet in _NAMED for code in chosen.get(facet, ())]
    told = [w.t("for {what}", what=", ".join(names))] if names else []
    if view.choice.text:
        told.append(w.t('with the words "{sought}"', sought=view.choice.text))
    more = sum(bool(codes) for facet, codes in chosen.items() if facet not in (*_NAMED, "district"))
    if more:
        told.append(w.tn("with {n} more choice", "with {n} more choices", more))
    return "".join(f" {part}" for part in told)


def _inside(name: str) -> str:
    """A name within a sentence; one that begins with letters of an abbreviation keeps them."""
    return name if name[1:2].isupper() else lower_first(name)


def _for_district(n: Names, here: Count) -> list[str]:
    return [n.w.t("{n} for a district or neighbourhood", n=n.w.number(here.number))] if here.number else []


def _shared(n: Names, found: Count) -> str:
    text = n.w.t(", {n} of these for other districts too", n=n.w.number(len(found.shared)))
    return text if found.shared else ""


def _around(n: Names, found: Count) -> list[str]:
    text = n.w.t("{n} for the district around it", n=n.w.number(len(found.around)))
    return [text] if found.around else []


def _wide(n: Names, found: Count) -> list[str]:
    w = n.w
    told = (
        (w.t("{n} for the whole city", n=w.number(len(found.city))), found.city),
        (w.t("{n} for the region", n=w.number(len(found.region))), found.region),
        (w.t("{n} without a known area", n=w.number(len(found.unknown))), found.unknown),
    )
    return [text for text, ids in told if ids]


def _told(n: Names, found: Figure, city: Figure) -> str:
    """`Leiden Noord 52.3% (48.9 – 55.7%)`, and that it is not distinguishable from the city where that is so."""
    text = f"{n.area_or_focus(found.area_code)} {with_bounds(n, found)}"
    doubt = found is not city and city.value is not None and holds(found.lower, found.upper, city.value)
    return f"{text} ({indistinct_text(n)})" if doubt else text


def figure_text(n: Names, view: View, areas: list[str]) -> str:
    """`Lonely in 2024: Leiden 44.1%, Leiden Noord 52.3%`: the figure on the map of the areas beside the city, else of
    the city and the focus districts; '' without a published figure."""
    choice = view.choice
    if choice.indicator in ("", REGISTER_INDICATOR) or choice.year is None:
        return ""
    city = municipality_code(n.package)
    places = [*areas, city] if areas else [city, *n.focus()]
    found = [figure(n.package, code, choice.indicator, choice.year, choice.age_group) for code in places]
    whole = next(each for each in found if each.area_code == city)
    told = [_told(n, each, whole) for each in found if each.value is not None]
    age = "" if choice.age_group in _WIDEST else choice.age_group
    return (
        n.w.t(
            "{figure} in {moment}: {told}.",
            figure=n.indicator(choice.indicator),
            moment=n.moment(choice.year, age),
            told=", ".join(told),
        )
        if told
        else ""
    )
