"""Names of codes in the language of the page: vocabularies, areas, indicators, ages, missing values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from hsc_geo.analysis import suppression
from hsc_geo.analysis.facets import NONE
from hsc_geo.analysis.figures import (
    FAR_WEIGHTS,
    NO_MEAN,
    NOT_PUBLISHED,
    PARTS_MISSING,
    Figure,
    has_intervals,
)
from hsc_geo.analysis.own_area import OWN, OwnArea, own_area
from hsc_geo.analysis.own_areas import written
from hsc_geo.analysis.past import Nothing, Past
from hsc_geo.analysis.yardstick import PERCENT
from hsc_geo.data.cached import per_package
from hsc_geo.data.descriptor import boundary_sources
from hsc_geo.data.load import Package
from hsc_geo.data.municipality import Municipality, municipality_of
from hsc_geo.domain.text import carriable

if TYPE_CHECKING:
    from hsc_geo.data.editions import Edition
    from hsc_geo.views.kit.words import Words

AS_OF = "asof"  # in an address: the day from which it counts
OWN_AREAS = "ownareas"  # in an address: the own areas of the visit
EDITION = "edition"  # in an address: the edition that it opens
MONTHS = 24  # when the operator sets nothing else
NOTHING_KEPT = Nothing()
LONGEST_ENTRY = 120  # letters of a name in a list of choice


@per_package(maxsize=1)
def _terms(package: Package) -> dict[str, dict[str, Any]]:
    """vocabulary -> code -> row, in the vocabulary's own order."""
    table = package.vocabularies.assign(
        sort=pd.to_numeric(package.vocabularies["sort_order"], errors="coerce")
    )
    table = table.sort_values(["vocabulary", "sort"], kind="stable")
    return {
        str(name): {str(row["code"]): row for row in part.to_dict("records")}
        for name, part in table.groupby("vocabulary", sort=False)
    }


@per_package(maxsize=1)
def _indicators(package: Package) -> dict[str, dict[str, Any]]:
    """indicator id -> its row; a plain dict, since a page asks some hundred cells at each change."""
    rows = package.indicators.to_dict("index")
    return {str(key): {str(column): value for column, value in row.items()} for key, row in rows.items()}


@per_package(maxsize=1)
def _areas(package: Package) -> dict[str, tuple[str, str]]:
    """area code -> (name, level)."""
    areas = package.areas
    return {
        str(c): (str(n), str(v)) for c, n, v in zip(areas.index, areas["name"], areas["level"], strict=True)
    }


@per_package(maxsize=1)
def _publishers(package: Package) -> dict[str, str]:
    """source id -> publisher."""
    return dict(
        zip(package.sources["source_id"].astype(str), package.sources["publisher"].astype(str), strict=True)
    )


@per_package(maxsize=1)
def boundary_credit(package: Package) -> str:
    """Who made the boundaries, and of which year, as it stands on a map."""
    sources = package.sources
    years = sources.loc[
        sources["source_id"].isin(boundary_sources(sources["source_id"].astype(str))), "vintage"
    ]
    return " ".join(("CBS/Kadaster", *years.astype(str).str[:4].head(1)))


@per_package(maxsize=8)
def _focus(package: Package, w: Words) -> dict[str, str]:
    table = package.focus_areas
    current = table[table["valid_to"].fillna("").astype(str) == ""]
    return {str(row["area_code"]): w.pick(row, "name") for row in current.to_dict("records")}


def focus_names(package: Package, w: Words) -> dict[str, str]:
    """Area code -> name of the focus area that is in force, in one language."""
    return _focus(package, w)


@dataclass(frozen=True)
class Names:
    """Names from the data package, in one language, on one day: all that the visit brings to a page.

    today: the day from which ages count back: that of the visit, or an earlier one that a link asks for (then `fixed`).
    now: the moment of the visit, with its zone; two visits of one day are equal. months: after how many an entry is to
    be confirmed. small_counts: numbers of residents that we compute are not shown below this (0 shows all).
    own: the own areas of the visit; the package holds them on the pages that show them. edition: the kept one that the
    package is of, None for the present one. past: what the server keeps of earlier days.
    """

    package: Package
    w: Words
    today: dt.date
    now: dt.datetime = field(compare=False)
    months: int = MONTHS
    fixed: bool = False
    small_counts: int = suppression.DEFAULT
    own: tuple[OwnArea, ...] = ()
    edition: Edition | None = None
    past: Past = field(default=NOTHING_KEPT, compare=False)

    @property
    def here(self) -> Municipality:
        """The municipality that the package is about."""
        return municipality_of(self.package)

    @property
    def credit(self) -> str:
        """Who made the boundaries, and of which year."""
        return boundary_credit(self.package)

    @property
    def empty(self) -> bool:
        """Whether the register holds no initiative at all."""
        return not len(self.package.initiatives)

    def day(self, zone: dt.tzinfo | None = None) -> dt.date:
        """The day of the visit itself, whatever day the link asks for: in a zone, else in that of the server."""
        return (self.now.astimezone(zone) if zone else self.now).date()

    def kept(self) -> dict[str, str]:
        """What an address on this site carries along: the language, the own areas, and the day and the edition where
        the present one asks for them."""
        return {
            "lang": self.w.code,
            **({AS_OF: self.today.isoformat()} if self.fixed else {}),
            **self._more(),
        }

    def shared(self) -> dict[str, str]:
        """What an address carries that is shared: the language, the day from which it counts, the own areas, and the
        edition where one is open."""
        return {"lang": self.w.code, AS_OF: self.today.isoformat(), **self._more()}

    def _more(self) -> dict[str, str]:
        return {
            **({OWN_AREAS: written(self.own)} if self.own else {}),
            **({EDITION: self.edition.name} if self.edition else {}),
        }

    def term(self, vocabulary: str, code: str) -> str:
        """The name of a code; the code itself where the vocabulary lacks it."""
        if code == NONE:
            return self.w.t("not known")
        row = _terms(self.package).get(vocabulary, {}).get(code)
        return self.w.of_here(self.w.pick(row, "name")) if row else code

    def terms(self, vocabulary: str, codes: str) -> str:
        """Names of several codes joined by `|` in one cell."""
        return ", ".join(self.term(vocabulary, code) for code in codes.split("|") if code)

    def meaning(self, vocabulary: str, code: str) -> str:
        """The definition of a code; '' where there is none."""
        row = _terms(self.package).get(vocabulary, {}).get(code)
        return self.w.of_here(self.w.pick(row, "definition")) if row else ""

    def codes(self, vocabulary: str) -> list[str]:
        """The codes of a vocabulary in its own order."""
        return list(_terms(self.package).get(vocabulary, {}))

    def area(self, code: str) -> str:
        """The official name of an area; the country's in the page's language; that of an own area with what it is, so
        that it never passes for an official one; the code where it is not known."""
        name, level = _areas(self.package).get(code, (code, ""))
        if level == OWN:
            return self.w.t("{area} (own area)", area=name)
        return self.w.t("the Netherlands") if level == "country" else name

    def area_or_focus(self, code: str) -> str:
        """An area as people call it: a focus district by the name of its own, any other by the official one."""
        return self.focus().get(code) or self.area(code)

    def area_kind(self, code: str) -> str:
        """What kind of area it is: wijk, buurt, gemeente, land, or an own area and of how much."""
        own = own_area(self.package, code)
        if own:
            return self.w.t("own area of {n} neighbourhoods", n=len(own.neighbourhoods))
        return self.term("area_level", _areas(self.package).get(code, ("", ""))[1])

    def focus(self) -> dict[str, str]:
        """Area code -> name of the focus area that is in force."""
        return focus_names(self.package, self.w)

    def initiative(self, key: str) -> str:
        """The name of an initiative as an entry of a list: plain text that a browser can hold, cut where it is long."""
        return carriable(str(self.package.initiatives.at[key, "name"]))[:LONGEST_ENTRY]

    def indicator(self, indicator_id: str) -> str:
        """The name of an indicator."""
        return self.w.pick(_indicators(self.package)[indicator_id], "name")

    def unit(self, indicator_id: str) -> str:
        """The name of an indicator's unit, as it stands behind a number."""
        return self.term("unit", str(_indicators(self.package)[indicator_id]["unit"]))

    def value(self, indicator_id: str, value: float | None) -> str:
        """A value of the indicator with its unit, by locale."""
        unit = str(_indicators(self.package)[indicator_id]["unit"])
        return self.w.value(value, unit, self.decimals(indicator_id), self.unit(indicator_id))

    def between(self, indicator_id: str, lower: float, upper: float) -> str:
        """Two values of the indicator with their unit once: `44.1 – 50.6%`."""
        unit = str(_indicators(self.package)[indicator_id]["unit"])
        low = self.w.amount(lower, unit, self.decimals(indicator_id))
        return f"{low} – {self.value(indicator_id, upper)}"

    def bare(self, indicator_id: str, value: float | None) -> str:
        """A value of the indicator without its unit."""
        return self.w.number(value, self.decimals(indicator_id))

    def sign(self, indicator_id: str) -> str:
        """What stands behind a number of the indicator on an axis: that of a percentage, else nothing."""
        return "%" if _indicators(self.package)[indicator_id]["unit"] == PERCENT else ""

    def decimals(self, indicator_id: str) -> int:
        """How many decimals the indicator is published with."""
        found: Any = _indicators(self.package)[indicator_id]["decimals"]
        return 0 if pd.isna(found) else int(found)

    def figure(self, found: Figure) -> str:
        """A figure in words: its value with unit, or why there is none. Of an own area it says that it is computed, so
        that it never passes for a published one."""
        if found.value is None:
            return self.absent(found)
        told = self.value(found.indicator_id, found.value)
        return self.w.t("{value} (computed)", value=told) if self._level(found.area_code) == OWN else told

    def _level(self, code: str) -> str:
        return _areas(self.package).get(code, ("", ""))[1]

    def absent(self, found: Figure) -> str:
        """Why a figure is missing; of the country, that this edition has none. Never the figure of another table."""
        level = self._level(found.area_code)
        if level == "country" and found.status == NOT_PUBLISHED:
            return self.w.t("no national figure in this edition")
        if level == OWN and found.status == NOT_PUBLISHED:
            return self.w.t("not published for neighbourhoods")
        return self.missing(found.status)

    def missing(self, status: str) -> str:
        """Why a value is missing."""
        reasons = {
            "suppressed": self.w.t("suppressed by the source"),
            "not_measured": self.w.t("not measured in this year"),
            "not_published": self.w.t("not published for this area"),
            NO_MEAN: self.w.t("not computed: no mean can be made of it"),
            PARTS_MISSING: self.w.t("not computed: too many neighbourhoods have no figure"),
            FAR_WEIGHTS: self.w.t("not computed: too long ago for the residents that we know"),
        }
        return reasons.get(status, status)

    def moment(self, year: int | None, age_group: str) -> str:
        """Year and age group in words: `2020, 18 jaar en ouder`."""
        age = "" if age_group in ("", "all") else self.term("age_group", age_group)
        return ", ".join(part for part in (str(year or ""), age) if part)

    def kind(self, indicator_id: str) -> str:
        """Registered, surveyed, modelled or counted by us."""
        return self.term("indicator_kind", str(_indicators(self.package)[indicator_id]["kind"]))

    def table(self, indicator_id: str) -> str:
        """The id of the table that an indicator is of."""
        return str(_indicators(self.package)[indicator_id]["table_id"])

    def source(self, indicator_id: str) -> str:
        """Publisher and table of an indicator."""
        row = _indicators(self.package)[indicator_id]
        table = self.w.t("table {id}", id=self.table(indicator_id))
        return f"{_publishers(self.package).get(str(row['source_id']), '')}, {table}"

    def interval_note(self, indicator_id: str) -> str:
        """That an estimate has no interval in this edition; '' where it has, and for what is counted or registered."""
        missing = self.estimated(indicator_id) and not has_intervals(self.package, indicator_id)
        return self.w.t("No interval in this edition.") if missing else ""

    def estimated(self, indicator_id: str) -> bool:
        """Whether a figure is an estimate, by a model or a survey."""
        return _indicators(self.package)[indicator_id]["kind"] in ("modelled", "surveyed")


def organisation_name(n: Names, key: str) -> str:
    """The name of an organisation as an entry of a list."""
    return plain(str(n.package.organisations.at[key, "name"]))


def plain(text: str) -> str:
    """A name as an entry of a list, cut where it is long."""
    return carriable(text)[:LONGEST_ENTRY]


def by_name(n: Names, keys: Sequence[str], name: Callable[[str], str]) -> list[str]:
    """The keys in the order of their names."""
    return sorted(keys, key=lambda key: (name(key).casefold(), key))
