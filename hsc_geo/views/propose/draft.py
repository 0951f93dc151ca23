"""What a proposer filled in so far, in this visit."""

from collections.abc import MutableMapping
from typing import Any

from hsc_geo.views.propose.choices import AMEND, NEW

_DRAFT = "propose_draft"

_TRIED = "propose_tried"

_BACK = "propose_back_again"  # keys of the texts that came back from the browser

_CLEARED = "propose_cleared"

SHARED = ("why", "source_url")  # the same text, whichever kind is chosen


class Draft:
    """The texts of one proposal, by field, kept in the session until it is sent.

    Corrections of two entries are two drafts, a correction and the end of one entry are two as well; the explanation
    and the source are shared by all. What is changed in a proposal that was sent (`number`) is a draft apart. Several
    values of one field are joined with `|`.
    """

    def __init__(self, session: MutableMapping[Any, Any], kind: str, entry: str, number: int = 0) -> None:
        self._session = session
        self._shared = () if number else SHARED
        own = f"{AMEND}/{number}/" if number else f"{kind}/{entry}/"
        self._scope = f"{NEW}/" if kind == NEW and not number else own

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
        return name if name in self._shared else f"{self._scope}{name}"

    def _mine(self, key: str) -> bool:
        return key in self._shared or key.startswith(self._scope)

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

    @property
    def tried(self) -> bool:
        """Whether someone wanted to send this."""
        return self._scope in self._session.get(_TRIED, [])

    def try_it(self) -> None:
        """Someone wants to send it: what is missing is told from now on."""
        self._session[_TRIED] = [*self._session.get(_TRIED, []), self._scope]
