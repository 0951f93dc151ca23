"""Semantic checks of the tables: figures, populations, dates, texts and links that cannot be right."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from hsc_geo.data.check.reading import RawPackage, RawTable, many, number, year
from hsc_geo.data.check.registry import semantic
from hsc_geo.domain.areas import district_of, level_of, municipality_of
from hsc_geo.domain.message import Message
from hsc_geo.domain.problems import Problem
from hsc_geo.domain.schema_asked import asked_id
from hsc_geo.domain.schema_register import CONFIRMED, ORGANISATION_ITSELF, OWN_WORD, PUBLIC_PAGE

HALF_STEP = 2.5  # a figure rounded to 5 may be this much off
BANDS = ("population_0_14", "population_15_24", "population_25_44", "population_45_64", "population_65_plus")
MIDDLE_BANDS = 3
RUNNING = ("active_at_evidence_date", "realised")
_PARENT_LEVEL = {
    "municipality": "country",
    "district": "municipality",
    "neighbourhood": "district",
    "surrounding": "country",
}
_TAG = re.compile(
    r"<\s*[/!?]?\s*[a-zA-Z][^<>]*>|<\s*(script|style|iframe|img|svg|object|embed)\b|<!--", re.IGNORECASE
)
# Those from \x80 to \x9f are letters of Windows that were read as something else.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\u202a-\u202e\u2066-\u2069]")
_HOST = re.compile(r"(?:(?!-)[\w-]+(?<!-)\.)+[^\W\d_][\w-]+")
# Ends of names that only a network of one's own knows, or that stand for none (RFC 6761, 6762, 7686, 8375).
_OF_ONES_OWN = re.compile(
    r"(?:^|\.)(?:localhost|localdomain|local|lan|internal|intranet|private|corp|home|arpa|test|invalid|onion)$",
    re.IGNORECASE,
)


@semantic("area-level")
def area_levels(package: RawPackage) -> Iterator[Problem]:
    """A code's letters agree with its level; its parent lies one level up and has the digits that it starts with."""
    raw = package["areas"]
    level = dict(zip(raw["area_code"], raw["level"], strict=False))
    for row, code, own, parent in raw.rows("area_code", "level", "parent_code"):
        by_letters, by_digits = _level(code), _parent_by_digits(code, own, parent)
        if by_letters and own != by_letters and not (own == "surrounding" and by_letters == "municipality"):
            yield raw.problem(
                row,
                "level",
                own,
                Message("the code {code} is that of a {level}", code=code, level=by_letters),
            )
        elif parent in level and level[parent] != _PARENT_LEVEL.get(own):
            yield raw.problem(
                row,
                "parent_code",
                parent,
                Message("a {level} lies in a {parent}", level=own, parent=_PARENT_LEVEL.get(own, "nothing")),
            )
        elif parent and parent != by_digits:
            yield raw.problem(
                row,
                "parent_code",
                parent,
                Message("by its digits {code} lies in {parent}", code=code, parent=by_digits),
            )


def _level(code: str) -> str:
    try:
        return level_of(code)
    except KeyError:
        return ""


def _parent_by_digits(code: str, level: str, otherwise: str) -> str:
    return {"neighbourhood": district_of(code), "district": municipality_of(code)}.get(level, otherwise)


@semantic("population-of-parts")
def populations_of_parts(package: RawPackage) -> Iterator[Problem]:
    """The parts of an area have as many residents as the whole, within the rounding of each figure to 5."""
    raw = package["areas"]
    parts: dict[str, list[float]] = defaultdict(list)
    for _, parent, population in raw.rows("parent_code", "population"):
        if number(population) is not None:
            parts[parent].append(float(population))
    for row, code, level, population in raw.rows("area_code", "level", "population"):
        own, inside = number(population), parts.get(code, [])
        if own is None or not inside or level == "country":
            continue
        allowed = HALF_STEP * (len(inside) + 1)
        if abs(sum(inside) - own) > allowed:
            mend = Message(
                "its parts have {n} residents together, more than rounding ({allowed}) off: correct one",
                n=round(sum(inside)),
                allowed=allowed,
            )
            yield raw.problem(row, "population", population, mend)


@semantic("population-by-age")
def populations_by_age(package: RawPackage) -> Iterator[Problem]:
    """The age bands of an area add up to its residents in their year, within the rounding of each figure to 5."""
    raw = package["areas"]
    leaves, observed = _leaf_counts(raw), _observed_residents(package)
    columns = ("area_code", "bands_basis", "population", "population_year", "bands_year", *BANDS)
    for row, code, basis, population, year_, of, *bands in raw.rows(*columns):
        column, value = ("population", population) if of == year_ else ("bands_year", of)
        own = number(population if of == year_ else observed.get((code, of), ""))
        known = [count for count in map(number, bands) if count is not None]
        if own is None or len(known) < len(BANDS):
            continue
        figures = 1 + len(BANDS) + (MIDDLE_BANDS * leaves.get(code, 0) if basis == "summed" else 0)
        allowed = HALF_STEP * figures
        if abs(sum(known) - own) > allowed:
            mend = Message(
                "its age bands have {n} residents together, more than rounding ({allowed}) off: correct one",
                n=round(sum(known)),
                allowed=allowed,
            )
            yield raw.problem(row, column, value, mend)


def _leaf_counts(raw: RawTable) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for _, level, parent, municipality in raw.rows("level", "parent_code", "municipality_code"):
        if level == "neighbourhood":
            counts[parent] += 1
            counts[municipality] += 1
    return counts


@semantic("population-observed")
def populations_as_observed(package: RawPackage) -> Iterator[Problem]:
    """The residents of an area are those in the observations of Kerncijfers for that year."""
    raw, observed = package["areas"], _observed_residents(package)
    for row, code, population, year_ in raw.rows("area_code", "population", "population_year"):
        seen = observed.get((code, year_), "")
        if seen and population and number(seen) != number(population):
            mend = Message("observations.csv has {seen} for {year}: correct one", seen=seen, year=year_)
            yield raw.problem(row, "population", population, mend)


def _observed_residents(package: RawPackage) -> dict[tuple[str, str], str]:
    """The residents in the observations of Kerncijfers, by area and year."""
    cells = package["observations"].rows("area_code", "indicator_id", "year", "value")
    return {
        (code, year_): value
        for _, code, indicator, year_, value in cells
        if indicator.endswith("NED-AantalInwoners")
    }


@semantic("percentage-out-of-range")
def percentages(package: RawPackage) -> Iterator[Problem]:
    """Percentages lie from 0 to 100."""
    units = dict(zip(package["indicators"]["indicator_id"], package["indicators"]["unit"], strict=False))
    raw = package["observations"]
    percent = {key for key, unit in units.items() if unit == "percent"}
    for column in ("value", "lower", "upper"):
        wrong = {cell for cell in set(raw[column]) if (number(cell) or 0) < 0 or (number(cell) or 0) > 100}
        for row, indicator, cell in raw.rows("indicator_id", column) if wrong else ():
            if cell in wrong and indicator in percent:
                mend = Message("{indicator} is a percentage: give 0 to 100", indicator=indicator)
                yield raw.problem(row, column, cell, mend)


@semantic("observation-status")
def observation_states(package: RawPackage) -> Iterator[Problem]:
    """A value stands where the state says present, and only there."""
    raw = package["observations"]
    for row, value, status in raw.rows("value", "status"):
        if (status == "present") != bool(value):
            mend = (
                Message("a value cannot be {status}", status=status)
                if value
                else Message("give the value, or say suppressed or not_measured")
            )
            yield raw.problem(row, "value", value, mend)


@semantic("interval-order")
def intervals(package: RawPackage) -> Iterator[Problem]:
    """A value lies between its lower and upper limit; both limits are given or none."""
    raw = package["observations"]
    if not any(raw["lower"]) and not any(raw["upper"]):
        return
    for row, value, lower, upper in raw.rows("value", "lower", "upper"):
        low, mid, high = number(lower), number(value), number(upper)
        if (low is None) != (high is None):
            yield raw.problem(row, "lower", lower, Message("give both limits of the interval or none"))
        elif low is not None and high is not None and mid is not None and not low <= mid <= high:
            mend = Message("lies outside its interval {lower} to {upper}", lower=lower, upper=upper)
            yield raw.problem(row, "value", value, mend)


@semantic("years-order")
def years_in_order(package: RawPackage) -> Iterator[Problem]:
    """Nothing ends before it starts; lists of years ascend."""
    raw = package["initiatives"]
    for row, start, date, end in raw.rows("start_year", "start_date", "end_year"):
        last = number(end)
        for column, text in (("start_year", start), ("start_date", date)):
            first = year(text)
            if first and last and first > last:
                yield raw.problem(
                    row, column, text, Message("starts after its end_year {year}: correct one", year=end)
                )
    focus = package["focus_areas"]
    for row, first_day, last_day in focus.rows("valid_from", "valid_to"):
        if first_day and last_day and first_day > last_day:
            mend = Message("lies after valid_to {day}: correct one", day=last_day)
            yield focus.problem(row, "valid_from", first_day, mend)
    indicators = package["indicators"]
    for row, years in indicators.rows("years"):
        if many(years) != sorted(set(many(years))):
            mend = Message("list the years in ascending order, each once")
            yield indicators.problem(row, "years", years, mend)


@semantic("status-dates")
def status_and_dates(package: RawPackage) -> Iterator[Problem]:
    """What is said of an initiative's state fits its years."""
    raw = package["initiatives"]
    columns = ("status", "status_as_of", "last_evidence_year", "start_year", "end_year")
    for row, status, as_of, evidence, start, end in raw.rows(*columns):
        seen, first, last = number(evidence), number(start), number(end)
        if status in RUNNING and last and seen and last < seen:
            mend = Message(
                "it ended in {end} but the evidence that it is {status} is of {evidence}: correct one",
                end=end,
                status=status,
                evidence=evidence,
            )
            yield raw.problem(row, "status", status, mend)
        if status == "planned" and last and seen and last <= seen:
            mend = Message("a plan cannot have ended in {end}: correct one", end=end)
            yield raw.problem(row, "status", status, mend)
        if status == "ended" and last and seen and last > seen:
            mend = Message(
                "the latest evidence is of {evidence}; it cannot show an end in {end}: correct one",
                evidence=evidence,
                end=end,
            )
            yield raw.problem(row, "end_year", end, mend)
        if status in (*RUNNING, "ended") and first and seen and first > seen:
            mend = Message(
                "the latest evidence is of {evidence}; it cannot show a start in {start}: correct one",
                evidence=evidence,
                start=start,
            )
            yield raw.problem(row, "start_year", start, mend)
        if seen and (year(as_of) or 0) > seen:
            mend = Message("lies after last_evidence_year {year}: correct one", year=evidence)
            yield raw.problem(row, "status_as_of", as_of, mend)


@semantic("source-kind")
def kinds_of_source(package: RawPackage) -> Iterator[Problem]:
    """A public page has an address; what an organisation said of itself has an evidence level of its own."""
    for raw in (package["initiatives"], package["organisations"], package["asked_none"]):
        for row, kind, link in raw.rows("source_kind", "source_url"):
            if kind == PUBLIC_PAGE and not link:
                mend = Message("give the page, or say that the organisation itself is the source")
                yield raw.problem(row, "source_url", "", mend)
    raw = package["initiatives"]
    for row, kind, level in raw.rows("source_kind", "evidence_level"):
        if kind and level and (kind == ORGANISATION_ITSELF) != (level == OWN_WORD):
            mend = Message(
                "the evidence level of what the organisation said itself is {level}, and only of that",
                level=OWN_WORD,
            )
            yield raw.problem(row, "evidence_level", level, mend)


@semantic("asked-key")
def asked_as_keyed(package: RawPackage) -> Iterator[Problem]:
    """The key of what was asked is made of its area and ambition."""
    raw = package["asked_none"]
    for row, key, area, ambition in raw.rows("asked_id", "area_code", "ambition_code"):
        if key and area and ambition and key != asked_id(area, ambition):
            mend = Message("by its area and ambition the key is {key}", key=asked_id(area, ambition))
            yield raw.problem(row, "asked_id", key, mend)


@semantic("date-in-future")
def nothing_from_the_future(package: RawPackage) -> Iterator[Problem]:
    """Evidence, starts and days of asking do not lie after today; an end may."""
    # The register keeps days in UTC, people write those of their own clock.
    yield from after(package, max(local_today(), dt.datetime.now(dt.UTC).date()))


def local_today() -> dt.date:
    """The day by the clock of this machine."""
    return dt.date.today()


PAST = {
    "initiatives": (
        "last_evidence_year",
        "status_as_of",
        "start_year",
        "start_date",
        "source_date",
        CONFIRMED,
    ),
    "organisations": ("source_date", CONFIRMED),
    "venues": (CONFIRMED,),
    "asked_none": ("asked_on",),
}


def after(package: RawPackage, today: dt.date) -> Iterator[Problem]:
    """Every cell of PAST that lies after a day, a year or month counting from its first day."""
    for name, columns in PAST.items():
        raw = package[name]
        for column in columns:
            for row, value in raw.where(column, lambda cell: first_day(cell) > today.isoformat()):
                mend = Message("lies in the future, after {today}: correct it", today=today.isoformat())
                yield raw.problem(row, column, value, mend)


def first_day(text: str) -> str:
    """The first day that a date, month or year in a text can mean, as 2026-11-01; "" without one."""
    found = re.search(r"\b(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?\b", text)
    return "-".join((found[1], found[2] or "01", found[3] or "01")) if found else ""


@semantic("source-incomplete")
def sources_given(package: RawPackage) -> Iterator[Problem]:
    """Every source says who published it and under which licence, and every described file names its sources."""
    raw = package["sources"]
    for row, source, licence in raw.rows("source_id", "licence"):
        if not licence:
            mend = Message("say which licence {source} has, or that none is stated", source=source)
            yield raw.problem(row, "licence", "", mend)
    for resource in (package.descriptor or {}).get("resources") or ():
        if isinstance(resource, dict) and resource.get("name") in _SOURCED and not resource.get("sources"):
            name = str(resource["name"])
            yield Problem(
                "datapackage.json", 0, "sources", name, "the file names no source; build the package again"
            )


_SOURCED = frozenset(
    {
        "areas",
        "areas-geometry",
        "areas-drawing",
        "indicators",
        "observations",
        "initiatives",
        "organisations",
        "venues",
    }
)


@semantic("served-areas")
def served_areas(package: RawPackage) -> Iterator[Problem]:
    """Whoever serves an area has a precision that says so; a neighbourhood's district is not listed beside it."""
    raw = package["initiative_areas"]
    listed: dict[str, list[str]] = defaultdict(list)
    for _, key, code in raw.rows("initiative_id", "area_code"):
        listed[key].append(code)
    for row, key, code in raw.rows("initiative_id", "area_code"):
        if any(_level(other) == "neighbourhood" and district_of(other) == code for other in listed[key]):
            mend = Message("{initiative} serves a neighbourhood in it: remove this row", initiative=key)
            yield raw.problem(row, "area_code", code, mend)
    initiatives = package["initiatives"]
    for row, key, precision in initiatives.rows("initiative_id", "precision") if raw.header else ():
        if (precision == "unknown") != (key not in listed):
            mend = (
                Message("it serves {areas}: give the precision", areas=", ".join(listed[key]))
                if key in listed
                else Message("add its areas to initiative_areas.csv, or make the precision unknown")
            )
            yield initiatives.problem(row, "precision", precision, mend)


@semantic("activity-groups")
def activity_groups_fit(package: RawPackage) -> Iterator[Problem]:
    """The activity groups of an initiative are those of its activity types."""
    raw, vocabularies = package["initiatives"], package["vocabularies"]
    group_of = {
        code: parent
        for _, vocabulary, code, parent in vocabularies.rows("vocabulary", "code", "parent")
        if vocabulary == "activity_type"
    }
    for row, types, groups in raw.rows("activity_types", "activity_groups"):
        wanted = {group_of[each] for each in many(types) if group_of.get(each)}
        if wanted and set(many(groups)) != wanted:
            mend = Message("its activity types belong to {groups}", groups="|".join(sorted(wanted)))
            yield raw.problem(row, "activity_groups", groups, mend)


@semantic("html-in-text")
def no_html(package: RawPackage) -> Iterator[Problem]:
    """Texts hold no HTML."""
    yield from _texts(package, _TAG, Message("remove the HTML; write plain text"))


@semantic("unprintable-in-text")
def no_unprintable(package: RawPackage) -> Iterator[Problem]:
    """Texts hold no control characters, no characters that turn the reading direction, no broken Unicode."""
    yield from _texts(package, _UNPRINTABLE, Message("remove the characters that cannot be printed"))


@semantic("name-says-nothing")
def names_say_something(package: RawPackage) -> Iterator[Problem]:
    """A name holds a letter or a digit: signs alone look like an empty cell."""
    for table, column in (("initiatives", "name"), ("organisations", "name"), ("venues", "venue")):
        for row, value in package[table].where(column, lambda cell: not any(map(str.isalnum, cell))):
            yield package[table].problem(row, column, value, Message("give a name in letters"))


def _texts(package: RawPackage, form: re.Pattern[str], mend: Message) -> Iterator[Problem]:
    for raw in package.tables.values():
        for field in raw.table.fields:
            if field.type == "string":
                for row, value in raw.where(field.name, lambda cell: bool(form.search(cell))):
                    yield raw.problem(row, field.name, value, mend)


@semantic("link-invalid")
def links(package: RawPackage) -> Iterator[Problem]:
    """Links are http or https addresses with a host."""
    for raw in package.tables.values():
        for field in raw.table.fields:
            if field.link:
                for row, value in raw.where(field.name, lambda cell: not is_link(cell)):
                    yield raw.problem(row, field.name, value, mend_of_link(value))


def mend_of_link(text: str) -> Message:
    """What to do about a text that is no address of a page, by what is wrong with it."""
    parts = re.match(r"https?://([^/?#\\]*)", text, re.IGNORECASE)
    if not parts or not parts[1]:
        return Message("give an address that starts with https:// or http://")
    if found := re.search(r"[\s<>\"\\|]", text):
        sign = Message("a blank") if found[0].isspace() else found[0]
        return Message("give one address, without {sign} in it", sign=sign)
    if "@" in parts[1]:
        return Message("leave out the name or password before the @")
    if found := re.search(r":(\d*)$", parts[1]):
        host = parts[1][: found.start()]
        if is_link(f"https://{host}/"):
            return Message("there is no port {port}; leave it out", port=found[1])
    return Message("give a page that everyone can open; {host} is no public name", host=parts[1])


def is_link(text: str) -> bool:
    """Whether the text is the address of a page that anyone may open: http or https, a host with a dot in it, no name
    or password of a user, a port that there can be, and none of the signs that browsers read in more than one way."""
    try:
        parts = urlsplit(text)
        host, _ = (parts.hostname or "").removesuffix("."), parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or re.search(r"[\s<>\"\\]", text):
        return False
    return bool(_HOST.fullmatch(host)) and not _OF_ONES_OWN.search(host)


@semantic("one-language")
def words_in_both_languages(package: RawPackage) -> Iterator[Problem]:
    """What is said in one language is said in the other."""
    for raw in package.tables.values():
        for dutch, english in _pairs(raw.table.columns):
            for row, nl, en in raw.rows(dutch, english):
                if bool(nl) != bool(en):
                    column, there = (dutch, en) if not nl else (english, nl)
                    yield raw.problem(row, column, "", Message("translate: {text}", text=there))


def _pairs(columns: Sequence[str]) -> Iterable[tuple[str, str]]:
    return [
        (name, name[:-2] + "en") for name in columns if name.endswith("_nl") and name[:-2] + "en" in columns
    ]
