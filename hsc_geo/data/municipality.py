"""The municipality that a package is about: its name, who keeps the site, and which figures fit its ambitions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.sources import municipality as said

SITE = "hsc_geo"  # who speaks where no organisation says that it keeps the site


@dataclass(frozen=True)
class Municipality:
    """code: of CBS (`GM....`). name: as CBS gives it. organisation: that keeps the site, mailbox: of it, province: each
    "" where the package does not say. figures: ambition -> the concepts of the figures that fit it, best first.
    about_youth: the ambitions that are about young people."""

    code: str
    name: str
    organisation: str = ""
    mailbox: str = ""
    province: str = ""
    figures: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    about_youth: frozenset[str] = frozenset()

    @property
    def is_city(self) -> bool:
        """Whether it is called a city: the one whose words come with the program is. Any other is called a
        municipality, which holds for each."""
        return self.code == said.built_in()["code"]

    @property
    def author(self) -> str:
        """Who is named as the maker of what the site gives: the organisation, else the program."""
        return self.organisation or SITE


@per_package(maxsize=1)
def municipality_of(package: Package) -> Municipality:
    """The municipality of the package. One that says nothing of it (an older edition) is taken as the municipality
    whose words come with the program, if it is that one."""
    levels = package.areas["level"]
    code = str(levels.index[levels == "municipality"][0])
    return make(code, str(package.areas.at[code, "name"]), told(package))


def told(package: Package) -> Mapping[str, Any]:
    """What datapackage.json says of the municipality, or would say now."""
    found = package.descriptor.get(said.KEY)
    if isinstance(found, dict):
        return found
    levels = package.areas["level"]
    known = said.built_in()
    return known if known["code"] in levels.index[levels == "municipality"] else {}


def make(code: str, name: str, found: Mapping[str, Any]) -> Municipality:
    """The value from what datapackage.json says; what it does not say is empty."""
    ambitions: Mapping[str, Mapping[str, Any]] = found.get("ambitions") or {}
    organisation, mailbox, province = (str(found.get(each) or "") for each in said.SAID)
    return Municipality(
        code,
        name,
        organisation,
        mailbox,
        province,
        figures={key: tuple(each.get("figures") or ()) for key, each in ambitions.items()},
        about_youth=frozenset(key for key, each in ambitions.items() if each.get("aboutYouth")),
    )
