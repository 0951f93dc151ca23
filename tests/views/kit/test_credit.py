"""Who made the boundaries, as it stands on a map."""

from dataclasses import replace

from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import boundary_credit


def test_the_year_is_that_of_the_boundaries(package: Package) -> None:
    assert boundary_credit(package) == "CBS/Kadaster 2016"
    fresh = package.sources.replace(
        {"source_id": {"BOUNDARIES2016": "BOUNDARIES2025"}, "vintage": {"2016": "2025"}}
    )
    assert boundary_credit(replace(package, sources=fresh)) == "CBS/Kadaster 2025"


def test_without_a_source_the_makers_are_named(package: Package) -> None:
    others = package.sources[~package.sources["source_id"].str.startswith("BOUNDARIES")]
    assert boundary_credit(replace(package, sources=others)) == "CBS/Kadaster"
