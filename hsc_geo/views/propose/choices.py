"""What the page Propose keeps: its choices in the address, and what was typed in this visit alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hsc_geo.analysis.near import OFF, AddressAnswer
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.register import KINDS, Register, place_fields
from hsc_geo.views.kit.state import Param

PAGE = "aanmelden"
NEW, CORRECTION, CLOSURE, CONFIRMATION, QUESTION, COMMENT = KINDS
WHAT, PLACE, WHOM, SOURCE = ("what", "place", "whom", "source")  # the parts of the form
FORM, SEND, AMEND = STEPS = ("form", "send", "amend")  # amend: with the code of a proposal that waits
KEEP, POINT, AREAS, CITY, REGION = MODES = ("keep", "point", "areas", "city", "region")
MODE, AREA_CODES = "mode", "area_codes"
SEPARATOR = "|"
LONGEST_CODE = 64
WITH_SOURCE = (NEW, CORRECTION, CLOSURE)

# What the form keeps of its places beside their texts: how many there are, which go, which one a click on the map sets.
PLACES, GONE, NOW = OF_PLACES = ("places", "places_gone", "place_now")
OF_ONE_PLACE = ("venue", "address", "latitude", "longitude")
# What is sent with a point that was found by its address, so that a steward sees how it is known.
OF_POINT = ("coordinate_precision", "coordinate_source", "coordinate_note")
SOURCE_KIND = "source_kind"


@dataclass(frozen=True)
class Letterbox:
    """Where proposals go. register: the register, None while it cannot be reached. reason: why not, as a code.
    visitor: what tells this visitor from another. count: told of each proposal `sent`, or refused as one too many
    (`limited`). look_up: finds addresses. asks: whether that asks a service outside."""

    register: Callable[[], Register | None]
    reason: Callable[[], str]
    visitor: Callable[[], str]
    count: Callable[[str], None] = lambda _: None
    look_up: Callable[[Package, str], AddressAnswer] = lambda *_: AddressAnswer(OFF)
    asks: bool = False


@per_package(maxsize=1)
def parameters(package: Package) -> tuple[Param, ...]:
    """What stands in the address: codes only, never a text that was typed."""
    entries = frozenset(map(str, [*package.initiatives.index, *package.organisations.index]))
    return (
        Param("kind", NEW, frozenset(KINDS)),
        Param("entry", "", entries),
        Param("fig", "", frozenset(map(str, package.indicators.index))),
        Param("area", "", frozenset(map(str, package.areas.index))),
        Param("step", FORM, frozenset(STEPS)),
        Param("code", limit=LONGEST_CODE),
    )


def names_of_place(number: int) -> tuple[str, ...]:
    """The fields that the form asks of a place."""
    return tuple(place_fields.field_of(name, number) for name in OF_ONE_PLACE)


def names_of_point(number: int) -> tuple[str, ...]:
    """The fields that tell how the point of a place is known; the form fills them in, and shows none."""
    return tuple(place_fields.field_of(name, number) for name in OF_POINT)
