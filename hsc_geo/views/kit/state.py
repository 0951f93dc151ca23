"""The state of a page in its address: every choice that changes the screen, so that a shared link restores it.

Streamlit's own `bind="query-params"` puts the *label* of an option into the address. Our labels carry counts and
change with the language, so a link made in Dutch would not open in English. Here codes go into the address, wrong or
old ones are left out with a note, and the defaults are left out of it so that links stay short.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass

from hsc_geo.domain.text import carriable

LIMIT = 200
PAGE_NUMBERS = frozenset(map(str, range(1, 2000)))  # of a table that is shown by pages


@dataclass(frozen=True)
class Param:
    """One choice. `options` are the codes that are valid, None for free text; `many` allows several; `limit` is the
    most letters of one value."""

    key: str
    default: str = ""
    options: frozenset[str] | None = None
    many: bool = False
    limit: int = LIMIT

    def read(self, given: Sequence[str]) -> tuple[str | list[str], list[str]]:
        """(value, refused): the valid part of what an address gives, and what had to be left out."""
        asked = [carriable(g)[: self.limit] for g in given if g != ""]
        good = [g for g in asked if self.options is None or g in self.options]
        refused = [g for g in asked if g not in good]
        if self.many:
            return list(dict.fromkeys(good)), refused
        return (good[-1] if good else self.default), refused

    def write(self, value: object) -> list[str]:
        """What stands in the address for a value; nothing for the default."""
        if self.many:
            return (
                [str(v) for v in value] if isinstance(value, Sequence) and not isinstance(value, str) else []
            )
        text = "" if value is None else str(value)
        return [] if text in ("", self.default) else [carriable(text)[: self.limit]]


@dataclass(frozen=True)
class Refused:
    """A value in an address that is not (or no longer) known."""

    key: str
    value: str


def read(
    query: Mapping[str, Sequence[str]], params: Sequence[Param]
) -> tuple[dict[str, object], list[Refused]]:
    """The values of all parameters and what was refused."""
    values: dict[str, object] = {}
    refused: list[Refused] = []
    for param in params:
        values[param.key], bad = param.read(query.get(param.key, ()))
        refused += [Refused(param.key, value) for value in bad]
    return values, refused


def write(values: Mapping[str, object], params: Sequence[Param]) -> dict[str, list[str]]:
    """The address of the values."""
    written = {param.key: param.write(values.get(param.key)) for param in params}
    return {key: parts for key, parts in written.items() if parts}


class PageState:
    """The values of one page, kept in the session under `store` and mirrored in the address.

    `session` is Streamlit's session state, `query` its query parameters. A widget's own key (`w_<key>`) is set from
    the value before the widget is drawn; its callback `take` writes what the user chose back.
    """

    def __init__(self, name: str, params: Sequence[Param], session: MutableMapping, query: Mapping) -> None:
        self.params = {param.key: param for param in params}
        self._store = f"state_{name}"
        self._session = session
        self._query = query

    def pull(self) -> None:
        """Take the address over where it differs from what this page wrote last: a link, or the back button."""
        now = self._address()
        if self._session.get(f"{self._store}_address") == now and self._store in self._session:
            return
        values, refused = read(now, list(self.params.values()))
        self._session[self._store] = values
        self._session[f"{self._store}_refused"] = refused
        self._session[f"{self._store}_address"] = now

    def push(self) -> None:
        """Write the values into the address where they changed, other parameters kept."""
        mine = write(self.values, list(self.params.values()))
        others = {key: v for key, v in self._address().items() if key not in self.params}
        wanted = {**others, **mine}
        if wanted != self._address():
            self._query.from_dict(wanted)  # type: ignore[attr-defined]
        self._session[f"{self._store}_address"] = wanted

    @property
    def values(self) -> dict[str, object]:
        """The values as they are now."""
        return self._session[self._store]

    @property
    def refused(self) -> list[Refused]:
        """What the address asked that is not known."""
        return self._session.get(f"{self._store}_refused", [])

    def __getitem__(self, key: str) -> str:
        return str(self.values.get(key, self.params[key].default))

    def many(self, key: str) -> list[str]:
        """The chosen codes of a parameter that allows several."""
        value = self.values.get(key)
        return list(value) if isinstance(value, list) else []

    def on(self, key: str) -> bool:
        """Whether a choice of yes or no (`1` or nothing in the address) is yes."""
        return bool(self[key])

    def number(self, key: str) -> int:
        """A choice that is a whole number, as its `options` or its default see to."""
        return int(self[key])

    def usual(self, key: str) -> bool:
        """Whether a choice is what a page opens with."""
        return not self.params[key].write(self.values.get(key))

    def set(self, key: str, value: object) -> None:
        """Set a value; the address follows with the next `push`."""
        self.values[key] = value
        self._session[f"{self._store}_refused"] = []

    def clear(self, keys: Sequence[str]) -> None:
        """Back to the defaults for these keys."""
        for key in keys:
            self.set(key, [] if self.params[key].many else self.params[key].default)

    def seed(self, key: str) -> str:
        """Set the widget's value from the state and give the widget's key."""
        widget = f"w_{key}"
        self._session[widget] = self.many(key) if self.params[key].many else self[key]
        return widget

    def take(self, key: str) -> None:
        """A widget's callback: the user chose something else."""
        value = self._session.get(f"w_{key}")
        self.set(key, list(value or []) if self.params[key].many else (value or ""))

    def _address(self) -> dict[str, list[str]]:
        return {key: list(self._query.get_all(key)) for key in sorted(self._query)}  # type: ignore[attr-defined]
