"""What a contract of a table is made of: fields with their meaning in two languages, keys and constraints."""

from __future__ import annotations

from dataclasses import dataclass

SEPARATOR = "|"  # between several values in one cell


@dataclass(frozen=True)
class Field:
    """One column. An empty cell is a missing value.

    vocabulary: the list in vocabularies.csv that the codes come from. many: several values, joined with `|`.
    enum: the words allowed. link: an http(s) address. verbatim: text as the source writes it, in its language.
    """

    name: str
    nl: str
    en: str
    type: str = "string"
    required: bool = False
    unique: bool = False
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    enum: tuple[str, ...] = ()
    vocabulary: str | None = None
    many: bool = False
    link: bool = False


@dataclass(frozen=True)
class ForeignKey:
    """Values of `field` stand in column `reference` of `table` (an empty cell refers to nothing)."""

    field: str
    table: str
    reference: str


@dataclass(frozen=True)
class Table:
    """One CSV file of the package: what a row is, its columns and its keys.

    sources: ids in sources.csv from which the table was made (empty: made by this project).
    """

    name: str
    title_nl: str
    title_en: str
    nl: str
    en: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()

    @property
    def path(self) -> str:
        """File name within the package's folder."""
        return f"{self.name}.csv"

    @property
    def columns(self) -> tuple[str, ...]:
        """Column names in the order of the file."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """The field with this name; KeyError when there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"table {self.name} has no column {name!r}; it has {', '.join(self.columns)}")
