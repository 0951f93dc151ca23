"""Which municipality a package is about, and what it says of itself."""

from __future__ import annotations

from dataclasses import replace

from hsc_geo.data.load import Package
from hsc_geo.data.municipality import SITE, municipality_of


def _with(package: Package, **said: object) -> Package:
    return replace(package, descriptor=package.descriptor | said)


def test_the_package_says_who_keeps_the_site_and_what_fits_its_ambitions(package: Package) -> None:
    here = municipality_of(package)
    assert (here.code, here.name, here.province) == ("GM0546", "Leiden", "Zuid-Holland")
    assert here.author == here.organisation == "Leiden Healthy Society Center"
    concepts = set(package.indicators["concept"])
    assert {each for figures in here.figures.values() for each in figures} <= concepts
    assert here.about_youth == {"A3"}


def test_an_older_edition_of_the_municipality_of_the_words_is_known(package: Package) -> None:
    older = replace(package, descriptor={k: v for k, v in package.descriptor.items() if k != "municipality"})
    assert municipality_of(older) == municipality_of(package)
    assert municipality_of(older).figures == municipality_of(package).figures


def test_an_older_edition_of_another_municipality_says_nothing(package: Package) -> None:
    areas = package.areas.rename(index={"GM0546": "GM9999"})
    older = replace(package, areas=areas, descriptor={})
    here = municipality_of(older)
    assert (here.code, here.organisation, here.mailbox, here.figures) == ("GM9999", "", "", {})
    assert here.author == SITE


def test_what_it_does_not_say_is_empty(package: Package) -> None:
    here = municipality_of(_with(package, municipality={"code": "GM0546", "mailbox": None}))
    assert (here.organisation, here.mailbox, here.province, here.figures) == ("", "", "", {})
