"""The places in a proposal: how many the form shows, which of them go, and what is sent of each.

A place that the register knows keeps its number there, so that a correction reaches the right one; what is added comes
after those.
"""

from __future__ import annotations

from collections.abc import Mapping

from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.register import place_fields
from hsc_geo.register.place_fields import FIELDS, MOST_PLACES, field_of
from hsc_geo.views.maps.points import degrees_text, point_of
from hsc_geo.views.propose.choices import (
    AREA_CODES,
    AREAS,
    CITY,
    CORRECTION,
    GONE,
    KEEP,
    NOW,
    OF_ONE_PLACE,
    OF_POINT,
    PLACES,
    POINT,
    REGION,
    SEPARATOR,
    names_of_place,
    names_of_point,
)
from hsc_geo.views.propose.form import Form

WIDE = (CITY, REGION)
_COORDINATES = ("latitude", "longitude")


def known(form: Form) -> int:
    """How many places the register knows of the entry that is corrected, as far as the form shows them."""
    return sum(bool(form.current(field_of(place_fields.ROLE, n))) for n in range(1, MOST_PLACES + 1))


def numbers(form: Form) -> range:
    """The places that the form shows, those that go too."""
    before = max((FIELDS[name][0] for name in form.told if name in FIELDS), default=1)
    asked = _whole(form.draft[PLACES]) if form.draft.has(PLACES) else before
    return range(1, min(max(1, known(form), asked), MOST_PLACES) + 1)


def gone(form: Form) -> frozenset[int]:
    """The places of the register that go."""
    given = form.draft.get(GONE, SEPARATOR.join(map(str, _emptied(form))))
    return frozenset(map(_whole, given.split(SEPARATOR))) & frozenset(range(1, known(form) + 1))


def _emptied(form: Form) -> list[int]:
    """The places that a proposal which was sent takes out: of which it empties whatever is known."""
    fields = {number: names_of_place(number) for number in range(1, known(form) + 1)}
    held = {number: [name for name in names if form.current(name)] for number, names in fields.items()}
    return [n for n, names in held.items() if names and all(form.told.get(name) == "" for name in names)]


def staying(form: Form) -> list[int]:
    """The places that the form shows and that do not go."""
    return [number for number in numbers(form) if number not in gone(form)]


def _whole(text: str) -> int:
    """A number that the form kept, or a browser said that it did; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 3 else 0


def now(form: Form) -> int:
    """The place that a click on the map sets; 0 where every place goes."""
    here, asked = staying(form), _whole(form.draft[NOW])
    return asked if asked in here else min(here, default=0)


def add(form: Form) -> int:
    """One more place, as long as there is room; its number."""
    number = min(len(numbers(form)) + 1, MOST_PLACES)
    form.draft.put(PLACES, str(number))
    form.draft.put(NOW, str(number))
    return number


def take_out(form: Form, number: int) -> None:
    """Take a place out: one of the register is kept in the form as one that goes, another is gone at once."""
    if number <= known(form):
        _put_gone(form, gone(form) | {number})
        return
    if number < now(form):
        form.draft.put(NOW, str(now(form) - 1))
    last = len(numbers(form))
    for each in range(number, last):
        for mine, next_one in zip(_all_names(each), _all_names(each + 1), strict=True):
            form.draft.put(mine, form.text(next_one))
    for name in _all_names(last):
        form.draft.put(name, "")
    form.draft.put(PLACES, str(last - 1))


def _all_names(number: int) -> tuple[str, ...]:
    return (*names_of_place(number), *names_of_point(number))


def set_point(form: Form, number: int, at: tuple[float, float], origin: Mapping[str, str]) -> None:
    """The point of a place (latitude and longitude, WGS84). origin: how it is known, by the fields of one place; none
    for a point put on the map by hand."""
    for name, value in zip(_COORDINATES, at, strict=True):
        form.draft.put(field_of(name, number), f"{value:.5f}")
    for name in OF_POINT:
        form.draft.put(field_of(name, number), origin.get(name, ""))


def forget_point(form: Form, number: int) -> None:
    """Another address was typed: a point that was found by the one before goes; one put by hand stays."""
    if _origin(form, number):
        for name in (*_COORDINATES, *OF_POINT):
            form.draft.put(field_of(name, number), "")


def typed_point(form: Form, number: int) -> None:
    """A coordinate was typed: the point is of no address any more."""
    for name in names_of_point(number):
        form.draft.put(name, "")


def _origin(form: Form, number: int) -> dict[str, str]:
    """How the point that stands in the form is known, as far as the form found it."""
    names = {name: field_of(name, number) for name in OF_POINT}
    found = {name: form.draft.get(field, form.told.get(field, "")) for name, field in names.items()}
    return {name: text for name, text in found.items() if text}


def put_back(form: Form, number: int) -> None:
    """A place that would go stays."""
    _put_gone(form, gone(form) - {number})


def _put_gone(form: Form, which: frozenset[int]) -> None:
    form.draft.put(GONE, SEPARATOR.join(map(str, sorted(which))))


def texts(form: Form, number: int) -> dict[str, str]:
    """What stands in the fields of a place: column to text, coordinates with a point."""
    found = {name: form.text(field_of(name, number)).strip() for name in OF_ONE_PLACE}
    return found | {name: found[name].replace(",", ".") for name in _COORDINATES}


def degrees(form: Form, number: int) -> tuple[float, float] | None:
    """Latitude and longitude (WGS84) of a place; None where they are no point in the municipality."""
    given = texts(form, number)
    try:
        latitude, longitude = (float(given[name]) for name in _COORDINATES)
    except ValueError:
        return None
    inside = point_of(form.n.package, degrees_text(latitude, longitude))
    return (latitude, longitude) if inside else None


def sent_as(form: Form) -> dict[int, int]:
    """Number in the form to number in the proposal: a place that was added and left empty takes none."""
    first = known(form)
    added = [number for number in numbers(form) if number > first and any(texts(form, number).values())]
    return {n: n for n in range(1, first + 1)} | {n: at for at, n in enumerate(added, first + 1)}


def sent(form: Form) -> dict[str, str]:
    """What is sent of the places and of the area served, by field of a proposal."""
    told = {
        field_of(name, at): text
        for number, at in sent_as(form).items()
        for name, text in _told(form, number).items()
    }
    return told | _served(form, told)


def _told(form: Form, number: int) -> dict[str, str]:
    """What is sent of one place: of a new one what was filled in, of another what differs."""
    before = {name: form.current(field_of(name, number)) for name in OF_ONE_PLACE}
    if number in gone(form):
        return {name: "" for name in OF_ONE_PLACE if before[name]}
    given = texts(form, number)
    placed = all(given[name] for name in _COORDINATES)
    if number > known(form):
        return {name: text for name, text in given.items() if text} | (
            _origin(form, number) if placed else {}
        )
    differs = {name for name in OF_ONE_PLACE if _typed(form, number, name) and given[name] != before[name]}
    moved = bool(differs & set(_COORDINATES))  # a point moves as a whole
    differs |= {*_COORDINATES} if moved else set()
    found = {name: given[name] for name in OF_ONE_PLACE if name in differs}
    return found | (_origin(form, number) if moved and placed else {})


def _typed(form: Form, number: int, name: str) -> bool:
    return form.has(field_of(name, number))


def has_point(form: Form) -> bool:
    """Whether a place that stays has coordinates."""
    return any(all(texts(form, number)[name] for name in _COORDINATES) for number in staying(form))


def _served(form: Form, told: Mapping[str, str]) -> dict[str, str]:
    """The area served; of a correction only where it differs from what the register says."""
    mode, wide = form.mode(), form.current("precision") in WIDE
    if mode in WIDE:
        return {} if mode == form.current("precision") else {"precision": mode}
    if mode == AREAS:
        return _areas(form, wide)
    if mode == POINT and wide and has_point(form):
        return {"precision": "address"}  # the whole city must give way before a point counts
    return _as_before(form, told) if mode == KEEP and not wide else {}


def _areas(form: Form, wide: bool) -> dict[str, str]:
    chosen, before = form.text(AREA_CODES), form.current(AREA_CODES)
    if not chosen or (not wide and set(chosen.split(SEPARATOR)) == set(before.split(SEPARATOR))):
        return {}
    return {AREA_CODES: chosen} | ({"precision": "district"} if wide else {})


def _as_before(form: Form, told: Mapping[str, str]) -> dict[str, str]:
    """The areas that stand in the register, where the points would bring others; those that rest on points follow
    them."""
    before = form.current(AREA_CODES)
    kept = told and before and has_point(form) and not follows_places(form)
    return {AREA_CODES: before} if kept else {}


@per_package(maxsize=1)
def _bases(package: Package) -> dict[str, frozenset[str]]:
    """On what the areas of each initiative rest."""
    rows = package.initiative_areas
    return {str(key): frozenset(map(str, part)) for key, part in rows.groupby("initiative_id")["basis"]}


def follows_places(form: Form) -> bool:
    """Whether the area that the entry serves is that of its points, as far as the register knows."""
    return form.kind == CORRECTION and "coordinates" in _bases(form.n.package).get(form.entry, ())
