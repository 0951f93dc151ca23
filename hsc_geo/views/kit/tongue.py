"""A language, as far as the data speak it: names and texts that stand there in both languages, without a catalogue."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

LANGUAGES = ("nl", "en")
DEFAULT = "nl"


@dataclass(frozen=True)
class Language:
    """`code` is one of `LANGUAGES`."""

    code: str = DEFAULT

    def of_here(self, text: str) -> str:
        """A text of the data as this place says it."""
        return text

    def pick(self, row: object, field: str) -> str:
        """The text of `field` in this language from a table's row: `name` reads `name_nl` or `name_en`."""
        value = row[f"{field}_{self.code}"]  # type: ignore[index]
        return "" if pd.isna(value) else str(value)
