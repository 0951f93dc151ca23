"""What the page Propose keeps: its choices in the address, and what was typed in this visit alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from hsc_geo.analysis.serving import areas_of
from hsc_geo.data.load import Package
from hsc_geo.domain.schema_register import ORGANISATION_ITSELF, PUBLIC_PAGE
from hsc_geo.register import KINDS, Register, place_fields
from hsc_geo.register.entries import entity_of
from hsc_geo.register.frames import places_json, row_texts
from hsc_geo.register.tables import PLACES as TABLE_OF_PLACES
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState, Param

PAGE = "aanmelden"
NEW, CORRECTION, CLOSURE, CONFIRMATION, QUESTION, COMMENT = KINDS
KIND, WHAT, PLACE, WHOM, SOURCE, SEND = STEPS = ("kind", "what", "place", "whom", "source", "send")
KEEP, POINT, AREAS, CITY, REGION = MODES = ("keep", "point", "areas", "city", "region")
MODE, AREA_CODES = "mode", "area_codes"
SEPARATOR = "|"
LONGEST_CODE = 64
WITH_SOURCE = (NEW, CORRECTION, CLOSURE)

_DRAFT = "propose_draft"
_TRIED = "propose_tried"
_BACK = "propose_back_again"  # keys of the texts that came back from the browser
_CLEARED = "propose_cleared"
SHARED = ("why", "source_url")  # the same text, whichever kind is chosen
_STEPS_OF = {
    NEW: (WHAT, PLACE, WHOM, SOURCE, SEND),
    CORRECTION: (WHAT, PLACE, WHOM, SOURCE, SEND),
    CLOSURE: (WHAT, SOURCE, SEND),
    CONFIRMATION: (WHAT, SOURCE, SEND),
    QUESTION: (WHAT, SEND),
    COMMENT: (WHAT, SEND),
}
# What the form keeps of its places beside their texts: how many there are, which go, which one a click on the map sets.
PLACES, GONE, NOW = OF_PLACES = ("places", "places_gone", "place_now")
OF_ONE_PLACE = ("venue", "address", "latitude", "longitude")
SOURCE_KIND = "source_kind"
# Fields by step; `{lang}` is the language of the page.
_OF_INITIATIVE: Mapping[str, tuple[str, ...]] = {
    WHAT: ("name", "organisation", "ambition_codes", "theme", "activity_types", "description_{lang}"),
    WHOM: ("target_group_{lang}", "life_stages", "partners", "start_year", "ladder", "funders", "run_by"),
}
_OF_ORGANISATION: Mapping[str, tuple[str, ...]] = {
    WHAT: ("name", "sector", "description_{lang}", "address", "website", "public_contact"),
}


@dataclass(frozen=True)
class Desk:
    """Where proposals go. register: the register, None while it cannot be reached. reason: why not, as a code.
    visitor: what tells this visitor from another. count: told of each proposal `sent`, or refused as one too many
    (`limited`)."""

    register: Callable[[], Register | None]
    reason: Callable[[], str]
    visitor: Callable[[], str]
    count: Callable[[str], None] = lambda _: None


@lru_cache(maxsize=4)
def parameters(package: Package) -> tuple[Param, ...]:
    """What stands in the address: codes only, never a text that was typed."""
    entries = frozenset(map(str, [*package.initiatives.index, *package.organisations.index]))
    return (
        Param("kind", "", frozenset(KINDS)),
        Param("entry", "", entries),
        Param("fig", "", frozenset(map(str, package.indicators.index))),
        Param("step", "", frozenset(STEPS)),
        Param("code", limit=LONGEST_CODE),
    )


class Draft:
    """The texts of one proposal, by field, kept in the session until it is sent.

    Corrections of two entries are two drafts, a correction and the end of one entry are two as well; the explanation
    and the source are shared by all. Several values of one field are joined with `|`.
    """

    def __init__(self, session: MutableMapping[Any, Any], kind: str, entry: str) -> None:
        self._session = session
        self._scope = f"{NEW}/" if kind == NEW else f"{kind}/{entry}/"

    def __getitem__(self, name: str) -> str:
        return str(self.texts.get(self.key(name), ""))

    def get(self, name: str, otherwise: str) -> str:
        """The text as it was typed, or `otherwise` where nobody typed."""
        return str(self.texts.get(self.key(name), otherwise))

    def has(self, name: str) -> bool:
        """Whether someone filled in this field, or emptied it."""
        return self.key(name) in self.texts

    def put(self, name: str, text: str) -> None:
        """Keep a text."""
        self.texts[self.key(name)] = text

    def clear(self) -> None:
        """Forget the texts of this proposal, shared ones too."""
        for key in filter(self._mine, list(self.texts)):
            del self.texts[key]
        self._session[_TRIED], self._session[_BACK] = [], []
        self._session[_CLEARED] = self.cleared + 1

    @property
    def texts(self) -> dict[str, str]:
        """The texts of all proposals of this visit, by key."""
        found: dict[str, str] = self._session.setdefault(_DRAFT, {})
        return found

    @property
    def cleared(self) -> int:
        """How often something was forgotten."""
        return int(self._session.get(_CLEARED, 0))

    def key(self, name: str) -> str:
        """Under which a field is kept."""
        return name if name in SHARED else f"{self._scope}{name}"

    def _mine(self, key: str) -> bool:
        return key in SHARED or key.startswith(self._scope)

    def bring_back(self, key: str, text: str) -> None:
        """A text of a visit before this one; what was typed since stays."""
        if key not in self.texts:
            self.texts[key] = text
            self._session[_BACK] = [*self._session.get(_BACK, []), key]

    @property
    def is_back(self) -> bool:
        """Whether something of this proposal came back, and nobody went on since."""
        return any(map(self._mine, self._session.get(_BACK, [])))

    def seen(self) -> None:
        """Someone went on: that it is back need not be told again."""
        self._session[_BACK] = [key for key in self._session.get(_BACK, []) if not self._mine(key)]

    def tried(self, step: str) -> bool:
        """Whether someone wanted to go on from this step."""
        return f"{self._scope}{step}" in self._session.get(_TRIED, [])

    def try_step(self, step: str) -> None:
        """Someone wants to go on from this step: what is missing is told from now on."""
        self._session[_TRIED] = [*self._session.get(_TRIED, []), f"{self._scope}{step}"]


@dataclass(frozen=True)
class Form:
    """A proposal in the making: names, choices and draft together."""

    n: Names
    state: PageState
    draft: Draft

    @property
    def kind(self) -> str:
        """One of KINDS, "" when none is chosen."""
        return self.state["kind"]

    @property
    def entry(self) -> str:
        """Id of the entry that it is about, "" for none."""
        return "" if self.kind == NEW else self.state["entry"]

    @property
    def entity(self) -> str:
        """initiative or organisation."""
        return entity_of(self.entry) if self.entry else "initiative"

    @property
    def about(self) -> str:
        """What the explanation and the source are for: kind, entry and the figure of a comment."""
        return "/".join((self.kind, self.entry, self.state["fig"] if self.kind == COMMENT else ""))

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps of this kind, after the choice of the kind itself."""
        found = _STEPS_OF.get(self.kind, ())
        return found if self.entity == "initiative" else tuple(s for s in found if s not in (PLACE, WHOM))

    @property
    def step(self) -> str:
        """The step on the screen."""
        asked = self.state["step"]
        if not self.kind or asked == KIND:
            return KIND
        return asked if asked in self.steps else self.steps[0]

    def current(self, name: str) -> str:
        """What the register says in this field now; "" for a new entry."""
        if self.kind != CORRECTION or not self.entry:
            return ""
        if name == AREA_CODES:
            return SEPARATOR.join(sorted(areas_of(self.n.package).get(self.entry, [])))
        return _known(self.n.package, self.entity, self.entry).get(name, "")

    def text(self, name: str) -> str:
        """What stands in the field: typed, or else known."""
        return self.draft.get(name, self.current(name))

    def mode(self) -> str:
        """How it is given which area it serves."""
        return self.draft.get(MODE, KEEP if self.kind == CORRECTION else POINT)

    def modes(self) -> tuple[str, ...]:
        """The ways in which it can be given."""
        return MODES if self.kind == CORRECTION else MODES[1:]

    @property
    def known_source_kind(self) -> str:
        """Who says what the register holds of the entry; a public page for a new one."""
        known = _known(self.n.package, self.entity, self.entry) if self.entry else {}
        return known.get(SOURCE_KIND, PUBLIC_PAGE)

    @property
    def source_kind(self) -> str:
        """Who says so: a public page, or the organisation itself; first as the register has it of the entry."""
        return self.draft.get(SOURCE_KIND, self.known_source_kind)

    @property
    def of_itself(self) -> bool:
        """Whether the organisation itself is the source, for which no page is asked."""
        return self.kind in WITH_SOURCE and self.source_kind == ORGANISATION_ITSELF


@lru_cache(maxsize=8)
def _known(package: Package, entity: str, key: str) -> dict[str, str]:
    entry = row_texts(package, entity, key)
    if entity != "initiative":
        return entry
    return entry | place_fields.fields_of({TABLE_OF_PLACES: places_json(package, key)})


def form_of(n: Names, state: PageState, session: MutableMapping[Any, Any]) -> Form:
    """The form of what the address asks for."""
    return Form(n, state, Draft(session, state["kind"], state["entry"]))


def fields_of(form: Form, step: str) -> tuple[str, ...]:
    """Columns of the register that a step of a new entry or a correction asks for, without those of places."""
    if form.kind == CLOSURE:
        return ("end_year",) if step == WHAT else ()
    if form.kind not in (NEW, CORRECTION):
        return ()
    by_step = _OF_INITIATIVE if form.entity == "initiative" else _OF_ORGANISATION
    found = tuple(name.format(lang=form.n.w.code) for name in by_step.get(step, ()))
    more = ("status", "end_year") if form.kind == CORRECTION and form.entity == "initiative" else ()
    return (*found, *(more if step == WHOM else ()))


def names_of_place(number: int) -> tuple[str, ...]:
    """The fields that the form asks of a place."""
    return tuple(place_fields.field_of(name, number) for name in OF_ONE_PLACE)


@lru_cache(maxsize=1)
def _names_of_fields() -> frozenset[str]:
    asked = [
        name for fields in (_OF_INITIATIVE, _OF_ORGANISATION) for step in fields.values() for name in step
    ]
    both = [name.format(lang=lang) for name in asked for lang in ("nl", "en")]
    own = (AREA_CODES, MODE, SOURCE_KIND, "status", "end_year")
    places = [name for n in range(1, place_fields.MOST_PLACES + 1) for name in names_of_place(n)]
    return frozenset([*both, *places, *OF_PLACES, *own])


def known_key(package: Package, key: object) -> bool:
    """Whether a text can be kept under this key: of a field, for a kind and an entry that are known."""
    if not isinstance(key, str):
        return False
    if key in SHARED:
        return True
    scope, _, name = key.rpartition("/")
    kind, _, entry = scope.partition("/")
    entries = next(each.options for each in parameters(package) if each.key == "entry") or frozenset()
    return name in _names_of_fields() and kind in KINDS and (entry in entries or entry == "")
