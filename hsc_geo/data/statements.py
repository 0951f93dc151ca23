"""What a source says of an initiative beyond the register's columns: its step on the ladder, who pays, who runs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hsc_geo.domain.contract import SEPARATOR
from hsc_geo.domain.ladder import FROM_STATUS, from_status
from hsc_geo.domain.problems import Problem
from hsc_geo.sources.extracts import Record, raise_if

LADDER = "ladder"
CONTINUITY = ("funders", "run_by")
FIELDS = (LADDER, *CONTINUITY)

Statements = Mapping[str, Record]  # by field


def statements_of(records: Iterable[Record], ids: Iterable[str]) -> dict[str, dict[str, Record]]:
    """The statements by initiative and field.

    Raises SourceError for an initiative or field that is not known, one without basis, and one that stands there twice.
    """
    found: dict[str, dict[str, Record]] = {}
    known = set(ids)
    problems: list[Problem] = []
    for record in records:
        mine = found.setdefault(record["initiative_id"], {})
        problems += _faults(record, known, mine)
        mine[record["field"]] = record
    raise_if(problems)
    return found


def _faults(record: Record, known: set[str], mine: Statements) -> Iterator[Problem]:
    if record["initiative_id"] not in known:
        yield record.problem(
            "initiative_id", "no such initiative in the register's extract; take the row out"
        )
    if record["field"] not in FIELDS:
        yield record.problem("field", f"use one of {', '.join(FIELDS)}")
    if record["field"] in mine:
        yield record.problem("field", "stands here twice for this initiative; keep one row")
    for column in ("basis_nl", "basis_en"):
        if not record[column]:
            yield record.problem(column, "say which words of the source it rests on")


def stated(record: Record, said: Statements) -> dict[str, str]:
    """The columns of an initiative that its statements fill; the step on the ladder follows from the status where no
    source states one, and is then marked as inferred."""
    values = {name: said[name]["value"] if name in said else "" for name in FIELDS}
    inferred = "" if LADDER in said else from_status(record["status_code"])
    marks = [record["inferred_fields"], FROM_STATUS if inferred else ""]
    return {
        **values,
        LADDER: values[LADDER] or inferred,
        "inferred_fields": SEPARATOR.join(filter(None, marks)),
        **{
            f"ladder_{basis}": said[LADDER][basis] if LADDER in said else ""
            for basis in ("basis_nl", "basis_en")
        },
        **{f"continuity_{basis}": _bases(said, basis) for basis in ("basis_nl", "basis_en")},
    }


def _bases(said: Statements, basis: str) -> str:
    return " ".join(said[name][basis] for name in CONTINUITY if name in said)
