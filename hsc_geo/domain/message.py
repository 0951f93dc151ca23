"""What is told to a person in English, kept so that a screen can tell it in another language."""

from __future__ import annotations

import json
from collections.abc import Mapping

Value = str | int | float


class Message(str):
    """An English text that still knows its template and the values in it: `Message("at most {n} rows", n=20_000)`.

    Everywhere it is plain text. A screen looks `template` up in its catalogue and fills `values` in again by locale;
    a value may be a Message or a Meaning itself. Numbers are grouped (20,000): give a year or a code as text.
    """

    template: str
    values: Mapping[str, Value]

    def __new__(cls, template: str, /, **values: Value) -> Message:
        """The text; KeyError when a value for a `{name}` of the template is missing."""
        shown = {name: _shown(value) for name, value in values.items()}
        made = super().__new__(cls, template.format(**shown) if values else template)
        made.template, made.values = template, values
        return made

    @classmethod
    def again(cls, template: str, values: Mapping[str, Value]) -> Message:
        """One that was written down with its template and values. Raises as the making of a new one does."""
        return cls(template, **values)

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Value]]:
        """What a copy or a pickle makes it of."""
        return (self.template,), dict(self.values)


class Meaning(str):
    """A text that the data contract gives in both languages: English, with the Dutch as `nl`."""

    nl: str

    def __new__(cls, en: str, nl: str) -> Meaning:
        """The text in both."""
        made = super().__new__(cls, en)
        made.nl = nl
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str, str], dict[str, Value]]:
        """What a copy or a pickle makes it of."""
        return (str(self), self.nl), {}


class MessageError(ValueError):
    """A fault that stops the work; `told` says what is wrong and how to mend it."""

    def __init__(self, told: Message) -> None:
        self.told = told
        super().__init__(told)


def no_json(error: ValueError) -> Message:
    """What is wrong with a text that `json.loads` could not read, with the place where it says so."""
    if isinstance(error, json.JSONDecodeError):
        return Message(
            "is no JSON from line {line}, column {column} on", line=error.lineno, column=error.colno
        )
    return Message("is no JSON")


def _shown(value: Value) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:g}" if isinstance(value, float) else str(value)
