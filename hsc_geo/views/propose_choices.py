"""What the page Propose keeps: its choices in the address, and what was typed in this visit alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from hsc_geo.analysis.serving import areas_of
from hsc_geo.data.load import Package
from hsc_geo.register import KINDS, Fault, Proposal, Register, check
from hsc_geo.register.entries import entity_of
from hsc_geo.register.frames import row_texts
from hsc_geo.views.names import Names
from hsc_geo.views.state import PageState, Param

PAGE = "aanmelden"
NEW, CORRECTION, CLOSURE, CONFIRMATION, QUESTION, COMMENT = KINDS
KIND, WHAT, PLACE, WHOM, SOURCE, SEND = STEPS = ("kind", "what", "place", "whom", "source", "send")
KEEP, POINT, AREAS, CITY, REGION = MODES = ("keep", "point", "areas", "city", "region")
MODE, AREA_CODES = "mode", "area_codes"
SEPARATOR = "|"
LONGEST_CODE = 64
ABOUT_ENTRY = (CORRECTION, CLOSURE, CONFIRMATION)

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
_OF_PLACE = ("latitude", "longitude")
# Fields by step; `{lang}` is the language of the page.
_OF_INITIATIVE: Mapping[str, tuple[str, ...]] = {
    WHAT: ("name", "organisation", "ambition_codes", "theme", "activity_types", "description_{lang}"),
    PLACE: ("venue", "address"),
    WHOM: ("target_group_{lang}", "life_stages", "partners", "start_year", "ladder", "funders", "run_by"),
}
_OF_ORGANISATION: Mapping[str, tuple[str, ...]] = {
    WHAT: ("name", "sector", "description_{lang}", "address", "website", "public_contact"),
}
# What is told only when someone wants to go on: nobody is told of an empty field before.
_LATER = ("required", "no_place", "about_nothing")


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
        """How the place is given."""
        return self.draft.get(MODE, KEEP if self.kind == CORRECTION else POINT)

    def modes(self) -> tuple[str, ...]:
        """The ways in which it can be given."""
        return MODES if self.kind == CORRECTION else MODES[1:]


@lru_cache(maxsize=8)
def _known(package: Package, entity: str, key: str) -> dict[str, str]:
    return row_texts(package, entity, key)


def form_of(n: Names, state: PageState, session: MutableMapping[Any, Any]) -> Form:
    """The form of what the address asks for."""
    return Form(n, state, Draft(session, state["kind"], state["entry"]))


def fields_of(form: Form, step: str) -> tuple[str, ...]:
    """Columns of the register that a step of a new entry or a correction asks for."""
    if form.kind == CLOSURE:
        return ("end_year",) if step == WHAT else ()
    if form.kind not in (NEW, CORRECTION):
        return ()
    by_step = _OF_INITIATIVE if form.entity == "initiative" else _OF_ORGANISATION
    found = tuple(name.format(lang=form.n.w.code) for name in by_step.get(step, ()))
    more = ("status", "end_year") if form.kind == CORRECTION and form.entity == "initiative" else ()
    return (*found, *(more if step == WHOM else ()))


def all_fields(form: Form) -> list[str]:
    """Columns that the form asks for, in both languages where someone typed in both."""
    found = [name for step in form.steps for name in fields_of(form, step)]
    other = {"nl": "en", "en": "nl"}[form.n.w.code]
    twins = [f"{name[:-2]}{other}" for name in found if name.endswith(f"_{form.n.w.code}")]
    return [*found, *(name for name in twins if form.draft.has(name))]


def text_fields(form: Form) -> tuple[str, ...]:
    """Names of all fields that this kind can show."""
    return (*all_fields(form), *_OF_PLACE, *SHARED)


@lru_cache(maxsize=1)
def _names_of_fields() -> frozenset[str]:
    asked = [
        name for fields in (_OF_INITIATIVE, _OF_ORGANISATION) for step in fields.values() for name in step
    ]
    both = [name.format(lang=lang) for name in asked for lang in ("nl", "en")]
    return frozenset([*both, *_OF_PLACE, AREA_CODES, MODE, "status", "end_year"])


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


def proposal_of(form: Form) -> Proposal:
    """What would be sent: for a new entry what was filled in, for a correction what differs from the register."""
    given = {name: form.text(name) for name in all_fields(form)}
    fields = {name: text for name, text in given.items() if _differs(form, name, text)}
    if PLACE in form.steps:
        fields |= _place(form)
    return Proposal(
        form.kind,
        form.entry or None,
        fields,
        _why(form),
        form.draft["source_url"].strip() if SOURCE in form.steps else "",
        form.n.w.code,
    )


def _differs(form: Form, name: str, text: str) -> bool:
    if form.kind == CORRECTION:
        return form.draft.has(name) and text.strip() != form.current(name)
    return bool(text.strip())


def _why(form: Form) -> str:
    """The explanation; a comment on a figure names it."""
    why, figure = form.draft["why"].strip(), form.state["fig"]
    if form.kind != COMMENT or not figure or form.entry or not why:
        return why
    return f"{form.n.indicator(figure)} ({figure}): {why}"


def _place(form: Form) -> dict[str, str]:
    """The place as fields; of a correction only where it differs from what the register says."""
    mode, known = form.mode(), form.current("precision")
    if mode in (CITY, REGION):
        return {} if mode == known else {"precision": mode}
    names = {POINT: _OF_PLACE, AREAS: (AREA_CODES,)}.get(mode, ())
    found = {name: form.text(name).strip() for name in names}
    found = {name: text.replace(",", ".") for name, text in found.items() if text}
    if form.kind != CORRECTION:
        return found
    if known in (CITY, REGION):  # it must give way before a point or areas count
        return found | {"precision": {POINT: "address", AREAS: "district"}[mode]} if found else {}
    return {} if found == {name: form.current(name) for name in names} else found


def faults_of(form: Form) -> list[Fault]:
    """Everything that is wrong with what would be sent now."""
    found = check(proposal_of(form), form.n.package)
    # The figure stands in the explanation, so before there is one it would seem that none was chosen.
    return [each for each in found if each.code != "about_nothing" or not form.state["fig"]]


def step_of(form: Form, fault: Fault) -> str:
    """The step in which a fault can be mended."""
    where = {"kind": KIND, "entity_id": WHAT, "source_url": SOURCE, "why": SOURCE, "place": PLACE,
             "latitude": PLACE, "longitude": PLACE, AREA_CODES: PLACE, "precision": PLACE}  # fmt: skip
    for step in form.steps:
        if fault.field in fields_of(form, step):
            return step
    step = where.get(fault.field, SEND)
    return step if step in (*form.steps, KIND) else WHAT


def shown_faults(form: Form, step: str, faults: Sequence[Fault]) -> list[Fault]:
    """Those that are told on a step: what is missing only after someone wanted to go on."""
    later = () if form.draft.tried(step) else _LATER
    return in_order(form, step, [each for each in faults if each.code not in later])


def in_order(form: Form, step: str, faults: Sequence[Fault]) -> list[Fault]:
    """Those of a step in the order of its fields."""
    mine = [each for each in faults if step_of(form, each) == step]
    order = ["entity_id", "place", *_OF_PLACE, AREA_CODES, *fields_of(form, step), "source_url", "why"]
    return sorted(mine, key=lambda each: order.index(each.field) if each.field in order else len(order))


def first_step(form: Form, faults: Sequence[Fault]) -> str:
    """The earliest step with a fault; SEND where there is none."""
    found = {step_of(form, each) for each in faults}
    return next((step for step in (KIND, *form.steps) if step in found), SEND)
