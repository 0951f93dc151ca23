"""`data geocode`: points by address for what lacks one, in a list that a steward marks; nothing is taken by itself."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hsc_geo.cli.tell import count, fail, line
from hsc_geo.domain.problems import Problem
from hsc_geo.sources.locatieserver import PDOK_ADDRESSES, SETTING, Reading, ask, checked_upstream

if TYPE_CHECKING:
    from hsc_geo.analysis.geocoding import Judged, Lacking
    from hsc_geo.data.load import Package
    from hsc_geo.register.points import PlacedPoint

TAKE, YES = "take", "yes"
COLUMNS = (
    TAKE,
    "state",
    "entity",
    "key",
    "place_number",
    "name",
    "address",
    "found",
    "precision",
    "confidence",
    "latitude",
    "longitude",
    "neighbourhood",
    "district",
    "district_stated",
    "remarks",
    "score",
    "source",
    "asked_on",
)
PAUSE = 0.2  # seconds between two questions, for a service that many share
PAUSES = (1.0, 4.0, 15.0)  # before asking again where that may help
SECONDS = 10.0  # for one answer

Ask = Callable[[str], Reading]


def geocode(
    file: Annotated[Path, typer.Argument(help="The list (CSV): written, or read with --take.")],
    take: Annotated[
        Path | None,
        typer.Option(help="Write the rows marked `yes` as a file for the register (zip), and ask nobody."),
    ] = None,
    upstream: Annotated[
        str, typer.Option(envvar=SETTING, help="Where to ask: PDOK, or this machine for tests.")
    ] = PDOK_ADDRESSES,
) -> None:
    """Look up the points of venues and places of initiatives that have none, at PDOK's Locatieserver by their address.

    What is found goes into one list, with precision and source, and changes nothing. Put `yes` in the column `take`
    where a point is right, and run it again with --take; `register import`, or the part Files of the page Review, takes
    that file over, and the journal keeps it.
    """
    if take is not None:
        _take(_known(), file, take)
        return
    try:
        where = checked_upstream(upstream)
    except ValueError as error:
        raise typer.BadParameter(f"{upstream!r}: {error}") from None
    if file.exists():
        line(
            f"{file} is there already, perhaps with your marks; give another name, or remove it", to_err=True
        )
        raise typer.Exit(1)
    _look_up(_known(), file, where)


def _known() -> Package:
    """What the register holds; the data package alone where there is no register."""
    from hsc_geo.data.load import DataError, load
    from hsc_geo.register import RegisterError, open_register
    from hsc_geo.register.address import default_url

    try:
        data = load()
        where = default_url()
        if where == f"sqlite:///{_own_file()}" and not _own_file().exists():
            line("there is no register here: the data package alone is read", to_err=True)
            return data
        register = open_register(where, make=False)
        try:
            register.fill(data)
            return register.overlay(data)
        finally:
            register.close()
    except (DataError, RegisterError) as error:
        line(str(error), to_err=True)
        raise typer.Exit(1) from None


def _own_file() -> Path:
    from hsc_geo.register.address import default_file

    return default_file()


# The list


def _look_up(package: Package, file: Path, where: str) -> None:
    from hsc_geo.analysis.geocoding import lacking
    from hsc_geo.register.joining import place_name

    municipality = place_name(package)
    places = lacking(package)
    finder = Finder(lambda text: ask(where, municipality, text, SECONDS))
    rows = [_row(package, place, *finder.find(package, place)) for place in places]
    try:
        _write(file, _csv(rows))
    except OSError as error:
        line(f"{file}: {error.strerror}", to_err=True)
        raise typer.Exit(1) from None
    _tell(file, rows)
    for fault in finder.faults:
        line(fault, to_err=True)
    if finder.faults:
        raise typer.Exit(1)


class Finder:
    """Asks for each address once, with pauses. After a service that does not answer nobody is asked any more."""

    def __init__(self, asking: Ask) -> None:
        self._asking = asking
        self._answers: dict[str, Reading] = {}
        self.faults: list[str] = []

    def find(self, package: Package, place: Lacking) -> tuple[Judged, str]:
        """What is found for a place, and what else is to be told of the answer."""
        from hsc_geo.analysis.geocoding import NO_ADDRESS, NOT_ASKED, Judged, judge

        if not place.address:
            return Judged(NO_ADDRESS), ""
        answer = self._answer(place.address)
        if answer is None:
            return Judged(NOT_ASKED), "the service did not answer"
        odd = f"{answer.unusable} of its answers cannot be used" if answer.unusable else ""
        return judge(package, place, answer.hits), odd

    def _answer(self, address: str) -> Reading | None:
        from hsc_geo.sources.fetching import FetchFault, patiently

        if address not in self._answers and not self.faults:
            if self._answers:
                time.sleep(PAUSE)
            try:
                self._answers[address] = patiently(lambda: self._asking(address), PAUSES)
            except FetchFault as fault:
                self.faults.append(f"the address service gives no answers: {fault}; run it again later")
        return self._answers.get(address)


def _row(package: Package, place: Lacking, found: Judged, odd: str) -> dict[str, str]:
    from hsc_geo.analysis.geocoding import NOTES, origin
    from hsc_geo.sources.locatieserver import SOURCE

    names = package.areas["name"].astype(str).to_dict()

    def area(code: str) -> str:
        return f"{names[code]} ({code})" if code else ""

    row = dict.fromkeys(COLUMNS, "") | {
        "state": found.state,
        "entity": place.entity,
        "key": place.key,
        "place_number": str(place.number or ""),
        "name": place.name,
        "address": place.address,
        "neighbourhood": area(found.neighbourhood),
        "district": area(found.district),
        "district_stated": "; ".join(map(area, found.stated)),
        "remarks": odd,
        "asked_on": date.today().isoformat() if place.address else "",
    }
    if found.match is None:
        return row
    hit, told = found.match.hit, [NOTES[each] for each in found.match.remarks]
    return row | {
        "found": hit.name,
        "precision": found.match.precision,
        "confidence": origin(found.match)["confidence"],
        "latitude": f"{hit.latitude:.7f}",
        "longitude": f"{hit.longitude:.7f}",
        "remarks": "; ".join(filter(None, (*told, odd))),
        "score": "" if hit.score is None else f"{hit.score:g}",
        "source": SOURCE,
    }


def _csv(rows: Sequence[Mapping[str, str]]) -> bytes:
    from hsc_geo.domain.text import neutral

    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([neutral(row[column]) for column in COLUMNS] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all, and never over what is there."""
    with file.open("xb") as target:
        try:
            target.write(content)
        except BaseException:
            file.unlink(missing_ok=True)
            raise


def _tell(file: Path, rows: Sequence[Mapping[str, str]]) -> None:
    from hsc_geo.analysis.geocoding import STATES

    for state in STATES:
        number = sum(row["state"] == state for row in rows)
        if number:
            line(f"{number:4} {_STATE_WORDS[state]}")
    line(f"wrote {file}; nothing is taken: mark rows with {YES}, then run this again with --take FILE.zip")


_STATE_WORDS = {
    "found": "found",
    "conflict": "found in another district than the register states",
    "unsure": "found, but it may be another address",
    "outside": "found outside the municipality",
    "not_found": "not found",
    "no_address": "without an address: nothing was asked",
    "not_asked": "not asked: the service did not answer",
}


# What is taken


def _take(package: Package, file: Path, target: Path) -> None:
    from hsc_geo.register.points import import_file

    rows = list(_marked(file))
    problems: list[Problem] = []
    points = [point for number, row in rows if (point := _point(package, file.name, number, row, problems))]
    if problems:
        failed = fail(problems)
        line(f"{count(len(problems))}: nothing was written", to_err=True)
        raise failed
    if not points:
        line(f"no row of {file} has {YES} in the column {TAKE}; nothing was written", to_err=True)
        raise typer.Exit(1)
    try:
        _write(target, import_file(package, points))
    except FileExistsError:
        line(f"{target} is there already; give another name, or remove it", to_err=True)
        raise typer.Exit(1) from None
    except OSError as error:
        line(f"{target}: {error.strerror}", to_err=True)
        raise typer.Exit(1) from None
    line(f"wrote {target} with {len(points)} points. Take it over: register import {target} --why REASON")


def _marked(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """(number, row) of the rows that are marked; the header is row 1."""
    from hsc_geo.domain.text import as_written

    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        line(f"{file}: {getattr(error, 'strerror', None) or 'save it as CSV in UTF-8'}", to_err=True)
        raise typer.Exit(1) from None
    separator = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        line(f"{file}: the column {missing[0]} is missing; it is no list of `data geocode`", to_err=True)
        raise typer.Exit(1)
    for number, row in enumerate(reader, start=2):
        cells = {column: as_written((row[column] or "").strip()) for column in COLUMNS}
        if cells[TAKE].casefold() in (YES, "ja"):
            yield number, cells


def _point(
    package: Package, file: str, number: int, row: Mapping[str, str], problems: list[Problem]
) -> PlacedPoint | None:
    """The point of a row that is marked; None, and a problem told, where it cannot be taken."""
    from hsc_geo.analysis.geocoding import lacking
    from hsc_geo.register.points import PlacedPoint

    places = {(each.entity, each.key, str(each.number or "")): each for each in lacking(package)}
    place = places.get((row["entity"], row["key"], row["place_number"]))
    wrong = _wrong(package, row, place)
    if wrong or place is None:
        problems += [Problem(file, number, column, row[column], mend) for column, mend in wrong]
        return None
    note = "; ".join(filter(None, (row["found"], row["remarks"], _district_note(row))))
    return PlacedPoint(
        place.entity,
        place.key,
        place.number,
        float(row["latitude"]),
        float(row["longitude"]),
        row["precision"],
        row["confidence"],
        row["source"],
        note,
    )


def _wrong(package: Package, row: Mapping[str, str], place: Lacking | None) -> list[tuple[str, str]]:
    """(column, mend) of all that is wrong in a row that is marked."""
    from hsc_geo.analysis.near import areas_at, to_rd
    from hsc_geo.domain.schema_register import CONFIDENCES, COORDINATE_PRECISIONS

    if place is None:
        return [("key", "no such place without a point is in the register any more; take the mark out")]
    found = []
    if place.address != row["address"]:
        found.append(("address", f"the register has {place.address!r} now; look it up anew"))
    for column, allowed in (("precision", COORDINATE_PRECISIONS), ("confidence", CONFIDENCES)):
        if row[column] not in allowed:
            found.append((column, f"use one of {', '.join(allowed)}"))
    try:
        at = to_rd(float(row["latitude"]), float(row["longitude"]))
        if not areas_at(package, at):
            found.append(("latitude", "the point lies outside the municipality; take the mark out"))
    except ValueError:
        found.append(("latitude", "give degrees with a point, or take the mark out"))
    return found


def _district_note(row: Mapping[str, str]) -> str:
    other = row["state"] == "conflict"
    return f"in {row['district']}; the register states {row['district_stated']}" if other else ""
