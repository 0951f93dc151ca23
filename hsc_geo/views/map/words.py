"""What the map shows, in words: for its page, its paper and the frame on another site."""

from collections.abc import Callable

from hsc_geo.analysis.explore import Choice, View, districts_of
from hsc_geo.analysis.figures import REGISTER_INDICATOR
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import lower_first
from hsc_geo.views.map.choices import NO_FIGURE
from hsc_geo.views.wording import counted


def indicator_label(n: Names, key: str) -> str:
    """Name of an indicator in the list."""
    return n.w.t("No figure, only initiatives") if key == NO_FIGURE else n.indicator(key)


def summary_parts(n: Names, view: View) -> list[str]:
    """Who fits the choices, by whom they are for; without a district chosen first how many of all."""
    parts = counted.view_parts(n, view)
    if districts_of(view.choice):
        return parts
    total = len(n.package.initiatives)
    shown = n.w.t("{shown} of {total} initiatives", shown=n.w.number(len(view.ids)), total=n.w.number(total))
    return [shown, *parts]


def map_title(n: Names, view: View) -> str:
    """What the map shows, with unit, moment, kind and table."""
    w, key = n.w, view.choice.indicator
    if not key:
        return markup('<p class="hsc-maptitle">{}</p>', w.t("Initiatives known"))
    parts = [n.unit(key), n.moment(view.choice.year, view.choice.age_group), n.kind(key).lower()]
    if key != REGISTER_INDICATOR:
        parts.append(n.source(key))
    rest = " · ".join(part for part in parts if part)
    return markup('<p class="hsc-maptitle">{} <small>{}</small></p>', n.indicator(key), rest)


def key_title(n: Names, view: View) -> str:
    """The same in little room: without its source, which the explanation tells."""
    return figure_title(n, view.choice) if view.choice.indicator else map_title(n, view)


def figure_title(n: Names, choice: Choice) -> str:
    """Name, moment and kind of the figure of a choice."""
    key = choice.indicator
    parts = [n.moment(choice.year, choice.age_group), n.kind(key).lower()]
    rest = " · ".join(part for part in parts if part)
    return markup('<p class="hsc-maptitle">{} <small>{}</small></p>', n.indicator(key), rest)


def replaced_texts(n: Names) -> dict[str, Callable[[str], str]]:
    """Choice of a figure -> what is said where it is not published for that, of what the map shows in its place."""
    w = n.w
    return {
        "year": lambda v: w.t("This figure is not published for that year; the map shows {value}.", value=v),
        "age": lambda v: w.t(
            "This figure is not published for that age group; the map shows: {value}.",
            value=n.term("age_group", v),
        ),
        "level": lambda v: w.t(
            "This figure is not published at that level; the map shows: {value}.",
            value=lower_first(n.term("area_level", v)),
        ),
    }
