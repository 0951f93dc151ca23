"""Which fields a form has, and in which parts."""

from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from hsc_geo.analysis.serving import areas_of
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.domain.schema_register import ORGANISATION_ITSELF, PUBLIC_PAGE
from hsc_geo.register import KINDS, Proposed, place_fields
from hsc_geo.register.entries import entity_of
from hsc_geo.register.frames import places_json, row_texts
from hsc_geo.register.tables import PLACES as TABLE_OF_PLACES
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.propose.choices import (
    AMEND,
    AREA_CODES,
    AREAS,
    CITY,
    CLOSURE,
    COMMENT,
    CONFIRMATION,
    CORRECTION,
    KEEP,
    MODE,
    MODES,
    NEW,
    OF_PLACES,
    PLACE,
    POINT,
    QUESTION,
    REGION,
    SEPARATOR,
    SOURCE,
    SOURCE_KIND,
    WHAT,
    WHOM,
    WITH_SOURCE,
    names_of_place,
    names_of_point,
    parameters,
)
from hsc_geo.views.propose.draft import SHARED, Draft

# The parts of the form of each kind.
_PARTS_OF = {
    NEW: (WHAT, PLACE, WHOM, SOURCE),
    CORRECTION: (WHAT, PLACE, WHOM, SOURCE),
    CLOSURE: (WHAT, SOURCE),
    CONFIRMATION: (WHAT, SOURCE),
    QUESTION: (WHAT,),
    COMMENT: (WHAT,),
}

# Fields by part; `{lang}` is the language of the page.
_OF_INITIATIVE: Mapping[str, tuple[str, ...]] = {
    WHAT: (
        "name",
        "organisation",
        "description_{lang}",
        "ambition_codes",
        "theme",
        "activity_types",
        "sector",
    ),
    WHOM: ("status", "schedule_{lang}", "target_group_{lang}"),
}

# What few know, behind a fold.
_MORE = (
    "life_stages",
    "cost_{lang}",
    "how_to_join_{lang}",
    "contact",
    "partners",
    "start_year",
    "ladder",
    "funders",
    "run_by",
)

_OF_ORGANISATION: Mapping[str, tuple[str, ...]] = {
    WHAT: ("name", "sector", "description_{lang}", "address", "website", "public_contact"),
}

# How fields are filled in: lines, several codes, one code (by their vocabulary), much text.
LINES = ("organisation", "partners", "funders")
MANY = {
    "ambition_codes": "ambition",
    "activity_types": "activity_type",
    "life_stages": "life_stage",
    "sector": "sector",
}
ONE = {"theme": "theme", "status": "status", "ladder": "ladder", "run_by": "run_by"}
BESIDE = ("ambition_codes", "sector", "status")  # so few codes that they stand side by side
LONG = ("description_nl", "description_en", "why")

# Every name under which a text can be kept.
_NAMES = frozenset(
    [
        *(
            name.format(lang=lang)
            for fields in (*_OF_INITIATIVE.values(), _MORE, *_OF_ORGANISATION.values(), SHARED)
            for name in fields
            for lang in ("nl", "en")
        ),
        *(
            name
            for number in range(1, place_fields.MOST_PLACES + 1)
            for name in (*names_of_place(number), *names_of_point(number))
        ),
        *OF_PLACES,
        *(AREA_CODES, MODE, SOURCE_KIND, "status", "end_year"),
    ]
)


@dataclass(frozen=True)
class Form:
    """A proposal in the making: names, choices and draft together; `sent` is the one that it is to replace."""

    n: Names
    state: PageState
    draft: Draft
    sent: Proposed | None = None

    @property
    def kind(self) -> str:
        """One of KINDS."""
        return self.sent.proposal.kind if self.sent else self.state["kind"]

    @property
    def entry(self) -> str:
        """Id of the entry that it is about, "" for none."""
        if self.sent:
            return self.sent.proposal.entity_id or ""
        return "" if self.kind == NEW else self.state["entry"]

    @property
    def entity(self) -> str:
        """initiative or organisation."""
        return entity_of(self.entry) if self.entry else "initiative"

    @property
    def subject(self) -> tuple[str, str]:
        """Of a comment that is about no entry: the figure and the area, "" for none."""
        free = self.kind == COMMENT and not self.entry and not self.sent
        return (self.state["fig"], self.state["area"]) if free else ("", "")

    @property
    def about(self) -> str:
        """What the explanation and the source are for: kind, entry, and the figure and area of a comment."""
        return "/".join((self.kind, self.entry, "+".join(filter(None, self.subject))))

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the form of this kind."""
        found = _PARTS_OF.get(self.kind, ())
        return found if self.entity == "initiative" else tuple(p for p in found if p not in (PLACE, WHOM))

    @property
    def told(self) -> Mapping[str, str]:
        """The fields of the proposal that this is to replace, with its explanation and source."""
        if self.sent is None:
            return {}
        proposal = self.sent.proposal
        return {**proposal.fields, "why": proposal.why, "source_url": proposal.source_url}

    def current(self, name: str) -> str:
        """What the register says in this field now; "" for a new entry."""
        if self.kind != CORRECTION or not self.entry:
            return ""
        if name == AREA_CODES:
            return SEPARATOR.join(sorted(areas_of(self.n.package).get(self.entry, [])))
        return _known(self.n.package, self.entity, self.entry).get(name, "")

    def text(self, name: str) -> str:
        """What stands in the field: typed, or else sent before, or else known."""
        known = "" if name in SHARED else self.current(name)
        return self.draft.get(name, self.told.get(name, known))

    def has(self, name: str) -> bool:
        """Whether someone filled in this field, or emptied it."""
        return self.draft.has(name) or name in self.told

    def mode(self) -> str:
        """How it is given which area it serves."""
        return self.draft.get(MODE, self._mode_before())

    def _mode_before(self) -> str:
        if self.told.get(AREA_CODES):
            return AREAS
        wide = self.told.get("precision", "")
        return wide if wide in (CITY, REGION) else KEEP if self.kind == CORRECTION and not wide else POINT

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
        return self.draft.get(SOURCE_KIND, self.told.get(SOURCE_KIND, self.known_source_kind))

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


def amending(n: Names, state: PageState, session: MutableMapping[Any, Any], sent: Proposed) -> Form:
    """The form of other words for a proposal that waits."""
    return Form(
        n, state, Draft(session, sent.proposal.kind, sent.proposal.entity_id or "", sent.number), sent
    )


def fields_of(form: Form, part: str) -> tuple[str, ...]:
    """Columns of the register that a part of a new entry or a correction asks for, without those of places."""
    if form.kind == CLOSURE:
        return ("end_year",) if part == WHAT else ()
    if form.kind not in (NEW, CORRECTION):
        return ()
    by_part = _OF_INITIATIVE if form.entity == "initiative" else _OF_ORGANISATION
    first = by_part.get(part, ())
    return (*_in(form, first), *(more_fields(form) if part == WHOM and form.entity == "initiative" else ()))


def more_fields(form: Form) -> tuple[str, ...]:
    """Those of them that stand behind a fold."""
    return (*_in(form, _MORE), *(("end_year",) if form.kind == CORRECTION else ()))


def _in(form: Form, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.format(lang=form.n.w.code) for name in names)


def known_key(package: Package, key: object) -> bool:
    """Whether a text can be kept under this key: of a field, for a kind and an entry that are known, or for a proposal
    that was sent."""
    if not isinstance(key, str):
        return False
    if key in SHARED:
        return True
    scope, _, name = key.rpartition("/")
    kind, _, entry = scope.partition("/")
    if kind == AMEND:
        return name in _NAMES and entry.isascii() and entry.isdecimal()
    entries = next(each.options for each in parameters(package) if each.key == "entry") or frozenset()
    return name in _NAMES and kind in KINDS and (entry in entries or entry == "")
