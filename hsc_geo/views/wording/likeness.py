"""How alike areas are, in words."""

from hsc_geo.analysis.similar import Part
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import lower_first


def part_text(n: Names, part: Part) -> str:
    """`loneliness 52.5% and 51.0%`: the value of the area itself, then of the other."""
    w = n.w
    if part.key in n.package.indicators.index:
        name, own, other = n.indicator(part.key), n.value(part.key, part.own), n.value(part.key, part.other)
    else:
        name = share_name(n, part.key)
        own, other = (w.value(value, "percent", 0) for value in (part.own, part.other))
    return w.t("{figure} {own} and {other}", figure=lower_first(name), own=own, other=other)


def band_name(n: Names, column: str) -> str:
    """An age band in words."""
    w = n.w
    return {
        "population_0_14": w.t("0 to 14"),
        "population_15_24": w.t("15 to 24"),
        "population_25_44": w.t("25 to 44"),
        "population_45_64": w.t("45 to 64"),
        "population_65_plus": w.t("65 and over"),
    }[column]


def share_name(n: Names, column: str) -> str:
    """The share of the residents in an age band, as a figure of its own."""
    if column == "population_65_plus":
        return n.w.t("residents of 65 and over")
    return n.w.t("residents aged {band}", band=band_name(n, column))


def variable_name(n: Names, key: str) -> str:
    """An indicator, or the share of residents in an age band."""
    return n.indicator(key) if key in n.package.indicators.index else share_name(n, key)
