"""Which fields a form has, and in which steps."""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from hsc_geo.analysis.serving import areas_of
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.domain.schema_register import ORGANISATION_ITSELF, PUBLIC_PAGE
from hsc_geo.register import KINDS, place_fields
from hsc_geo.register.entries import entity_of
from hsc_geo.register.frames import places_json, row_texts
from hsc_geo.register.tables import PLACES as TABLE_OF_PLACES
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.propose.choices import (
    AREA_CODES,
    CLOSURE,
    COMMENT,
    CONFIRMATION,
    CORRECTION,
    KEEP,
    KIND,
    MODE,
    MODES,
    NEW,
    OF_PLACES,
    PLACE,
    POINT,
    QUESTION,
    SEND,
    SEPARATOR,
    SOURCE,
    SOURCE_KIND,
    WHAT,
    WHOM,
    WITH_SOURCE,
    names_of_place,
    parameters,
)
from hsc_geo.views.propose.draft import SHARED, Draft

_STEPS_OF = {
    NEW: (WHAT, PLACE, WHOM, SOURCE, SEND),
    CORRECTION: (WHAT, PLACE, WHOM, SOURCE, SEND),
    CLOSURE: (WHAT, SOURCE, SEND),
    CONFIRMATION: (WHAT, SOURCE, SEND),
    QUESTION: (WHAT, SEND),
    COMMENT: (WHAT, SEND),
}

# Fields by step; `{lang}` is the language of the page.
_OF_INITIATIVE: Mapping[str, tuple[str, ...]] = {
    WHAT: ("name", "organisation", "ambition_codes", "theme", "activity_types", "description_{lang}"),
    WHOM: ("target_group_{lang}", "life_stages", "partners", "start_year", "ladder", "funders", "run_by"),
}

_OF_ORGANISATION: Mapping[str, tuple[str, ...]] = {
    WHAT: ("name", "sector", "description_{lang}", "address", "website", "public_contact"),
}

# How fields are filled in: lines, several codes, one code (by their vocabulary), much text.
LINES = ("organisation", "partners", "funders")
MANY = {"ambition_codes": "ambition", "activity_types": "activity_type", "life_stages": "life_stage"}
ONE = {"theme": "theme", "sector": "sector", "status": "status", "ladder": "ladder", "run_by": "run_by"}
LONG = ("description_nl", "description_en", "why")

# Every name under which a text can be kept.
_NAMES = frozenset(
    [
        *(
            name.format(lang=lang)
            for fields in (_OF_INITIATIVE, _OF_ORGANISATION)
            for step in fields.values()
            for name in step
            for lang in ("nl", "en")
        ),
        *(name for number in range(1, place_fields.MOST_PLACES + 1) for name in names_of_place(number)),
        *OF_PLACES,
        *(AREA_CODES, MODE, SOURCE_KIND, "status", "end_year"),
    ]
)


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


@per_package(maxsize=8)
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


def known_key(package: Package, key: object) -> bool:
    """Whether a text can be kept under this key: of a field, for a kind and an entry that are known."""
    if not isinstance(key, str):
        return False
    if key in SHARED:
        return True
    scope, _, name = key.rpartition("/")
    kind, _, entry = scope.partition("/")
    entries = next(each.options for each in parameters(package) if each.key == "entry") or frozenset()
    return name in _NAMES and kind in KINDS and (entry in entries or entry == "")
