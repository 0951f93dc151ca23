"""What the address of a profile says."""

from collections.abc import Sequence
from functools import lru_cache

from hsc_geo.analysis.figures import offer
from hsc_geo.analysis.profile import check_level
from hsc_geo.data.load import Package
from hsc_geo.views.kit.state import Param
from hsc_geo.views.wording.area import areas_in_order

MOST = 4

AGES = ("18plus", "18to64", "65plus")

PAGE_NUMBERS = frozenset(map(str, range(1, 2000)))


@lru_cache(maxsize=4)
def parameters(package: Package) -> tuple[Param, ...]:
    """Every choice of the page, with its valid codes and its default."""
    ambitions = package.vocabularies.loc[package.vocabularies["vocabulary"] == "ambition", "code"]
    over_years = [str(key) for key in package.indicators.index if len(offer(package, str(key)).years) > 1]
    return (
        Param("area", options=frozenset(areas_in_order(package)), many=True),
        Param("age", AGES[0], frozenset(AGES)),
        Param("full", "", frozenset({"1"})),
        Param("ind", "", frozenset(over_years)),
        Param("line", "", frozenset({"1"})),
        Param("amb", "", frozenset(map(str, ambitions)) | {"none"}),
        Param("sel", "", frozenset(map(str, package.initiatives.index))),
        Param("lpage", "1", PAGE_NUMBERS),
    )


def chosen(package: Package, asked: Sequence[str]) -> tuple[list[str], list[str]]:
    """(areas on the page, those left out): the first four of the level of the first; nothing asked gives the first
    focus district."""
    areas = list(asked) or list(areas_in_order(package)[:1])
    level = check_level(package, areas[0])
    fits = [code for code in areas if check_level(package, code) == level][:MOST]
    return fits, [code for code in areas if code not in fits]
