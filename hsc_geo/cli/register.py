"""`register ...`: the register, by the administrator of the server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hsc_geo.cli.tell import line, out

if TYPE_CHECKING:
    from hsc_geo.register import Actor, Change, Conflict, Imported, NotTaken, Proposed, Register

app = typer.Typer(
    help="The register of initiatives: proposals, journal, exchange, back-up. It is the one that HSC_DATABASE names.",
    no_args_is_help=True,
)

Why = Annotated[str, typer.Option(help="The reason, as the journal keeps it and the proposer reads it.")]
Number = Annotated[int, typer.Argument(help="Number of the proposal.")]
_FORM_OF = {".csv": "csv", ".zip": "csv", ".xlsx": "xlsx", ".json": "hsds", ".jsonl": "hsds"}
_SHORT = 60  # characters of a value in a list


@app.command()
def init() -> None:
    """Make the register, or bring it to the newest form, and take over a data package that is new to it."""
    with opened(make=True) as (register, filled):
        line(f"{'filled' if filled else 'was filled before'}; revision {register.revision()}")


@app.command()
def status() -> None:
    """What the register holds: entries, open proposals, revision, the data that it was filled from, and where these
    say something else than was accepted."""
    with opened() as (register, _):
        tables = register.tables()
        kinds = ("initiatives", "organisations", "venues")
        line(", ".join(f"{len(tables[name])} {name}" for name in kinds))
        line(f"asked, none found: {len(tables['asked_none'])}")
        line(f"{register.open_proposals()} proposals open")
        line(f"revision {register.revision()}, filled from data package {register.filled_from()}")
        if register.package.snapshot != register.filled_from():
            line(
                f"this process has data package {register.package.snapshot}, which was taken over before that one"
            )
        _told_conflicts(register.conflicts())


def _told_conflicts(found: list[Conflict]) -> None:
    line(f"{len(found)} fields of which the data package says something else than was accepted here")
    if found:
        rows = (
            (each.entity_id, each.field, *map(_short, (each.old, each.now, each.theirs))) for each in found
        )
        _table("Confirm or correct these", ("entry", "field", "data before", "register", "data now"), rows)


@app.command("list")
def list_(
    state: Annotated[str, typer.Option("--status", help="open, accepted, rejected or withdrawn.")] = "open",
) -> None:
    """The proposals of a status, the oldest first."""
    from hsc_geo.register import STATUSES

    if state not in STATUSES:
        raise typer.BadParameter(f"{state!r} is no status; choose {', '.join(STATUSES)}")
    with opened() as (register, _):
        _table(
            "Proposals", ("number", "made", "kind", "about", "fields"), map(_listed, _queue(register, state))
        )


@app.command()
def show(number: Number) -> None:
    """What a proposal says, and what accepting it would change."""
    with opened() as (register, _):
        found = register.proposed(number, _administrator())
        line(
            f"{number}, {found.status}: {found.proposal.kind} of {found.proposal.entity_id or found.proposal.entity}"
        )
        line(f"why: {found.proposal.why}\nsource: {found.proposal.source_url}")
        if found.status == "open":
            changes = register.difference(number, _administrator())
            _table(
                "Changes", ("field", "old", "new"), ((d.field, _short(d.old), _short(d.new)) for d in changes)
            )


@app.command()
def accept(
    number: Number,
    why: Why = "",
    change: Annotated[
        list[str] | None, typer.Option("--set", help="field=value, over what is proposed.")
    ] = None,
) -> None:
    """Accept a proposal."""
    changes = dict(_pair(each) for each in change or ())
    with opened() as (register, _):
        done = register.accept(number, _administrator(), why, changes)
        line(f"accepted: {done.entity_id or 'nothing changed in the register'}, batch {done.batch}")


@app.command()
def reject(number: Number, why: Why) -> None:
    """Reject a proposal, with the reason."""
    with opened() as (register, _):
        register.reject(number, _administrator(), why)
        line(f"rejected: {number}")


@app.command()
def merge(keep: str, drop: str, why: Why) -> None:
    """Make two entries into one: KEEP stays, DROP goes."""
    with opened() as (register, _):
        line(f"merged: batch {register.merge(keep, drop, _administrator(), why).batch}")


@app.command()
def asked(
    area: Annotated[str, typer.Argument(help="Code of the area, such as WK054603.")],
    ambition: Annotated[str, typer.Argument(help="Code of the ambition, such as A3.")],
    source: Annotated[str, typer.Option(help="Which organisation or page says so; never a person.")],
    day: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="Day of asking; today when left out."),
    ] = None,
    page: Annotated[str, typer.Option(help="Address of the page; without one an organisation says so.")] = "",
    note: str = "",
) -> None:
    """Keep that an area was asked for an ambition and nothing was found there."""
    from hsc_geo.domain.schema_register import ORGANISATION_ITSELF, PUBLIC_PAGE
    from hsc_geo.register import Asked

    when = day.date() if day else date.today()
    kind = PUBLIC_PAGE if page else ORGANISATION_ITSELF
    with opened() as (register, _):
        done = register.record_asked(Asked(area, ambition, when, kind, source, page, note), _administrator())
        line(f"{done.entity_id}: {f'kept, batch {done.batch}' if done.batch else 'as it was'}")


@app.command("forget-asked")
def forget_asked(key: Annotated[str, typer.Argument(help="Such as ASK-WK054603-A3.")], why: Why) -> None:
    """Let it go again."""
    with opened() as (register, _):
        line(f"gone: batch {register.forget_asked(key, _administrator(), why).batch}")


@app.command("import")
def import_(
    file: Path,
    why: Why = "imported",
    form: Annotated[str, typer.Option(help="csv, xlsx or hsds; else by the file's name.")] = "",
    check: Annotated[bool, typer.Option("--check", help="Only tell the faults; write nothing.")] = False,
) -> None:
    """Take over the rows of a file, all or nothing; every fault is told by row and column."""
    with opened() as (register, _):
        likely = _FORM_OF.get(file.suffix.lower(), "csv")  # what it is stands in the file, whatever its name
        report = register.read_import(file.read_bytes(), form or likely)
        for told in report.passed:
            line(told, to_err=True)
        for problem in report.problems:
            line(str(problem), to_err=True)
        if report.problems:
            line(f"{len(report.problems)} faults; nothing was imported", to_err=True)
            raise typer.Exit(1)
        line("no faults" if check else _imported(register.import_rows(report, _administrator(), why)))


@app.command()
def export(file: Path, form: Annotated[str, typer.Option(help="csv, xlsx or hsds.")] = "") -> None:
    """Write the register as CSV (a zip of tables), XLSX or HSDS 3 JSON."""
    with opened() as (register, _):
        file.write_bytes(register.export(form or _form(file)))
        line(f"wrote {file}")


@app.command()
def backup(file: Path) -> None:
    """Write everything to one file while the register is in use."""
    with opened() as (register, _):
        register.backup(file)
        line(f"wrote {file}")


@app.command()
def restore(
    file: Path,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Replace everything by a back-up. What is there now is first written beside it, each time to a file of its own."""
    with opened(fill=False, make=True) as (register, _):
        register.check_backup(file)
        if not yes:
            typer.confirm("Replace the whole register by this back-up?", abort=True)
        revision, aside = register.restore_keeping(file, _administrator())
        line(f"restored: revision {revision}; what was there is in {aside}")


@app.command()
def journal(
    entry: Annotated[
        str, typer.Argument(help="Id of an entry, such as LEI-001; none: the latest of all.")
    ] = "",
    most: Annotated[int, typer.Option(help="Lines at most.")] = 200,
) -> None:
    """What changed, the latest first."""
    with opened() as (register, _):
        for change in register.journal(entry or None, limit=most):
            line(_line(change))


@app.command()
def undo(batch: str, why: Why) -> None:
    """Put back what a batch changed."""
    with opened() as (register, _):
        line(f"undone: batch {register.undo(batch, _administrator(), why).batch}")


@app.command("confirm-list")
def confirm_list(
    months: Annotated[int, typer.Option(help="Not confirmed in so many months.")] = 12,
) -> None:
    """Entries to be confirmed, the longest ago first."""
    with opened() as (register, _):
        due = register.to_confirm(months, date.today())
        rows = ((each.entity_id, each.name, str(each.known_on or "never"), each.basis) for each in due)
        _table(f"To be confirmed: {len(due)}", ("entry", "name", "last known", "by"), rows)


@contextmanager
def opened(fill: bool = True, make: bool = False) -> Iterator[tuple[Register, bool]]:
    """The register and whether it was filled now; what goes wrong becomes one line and exit 1.

    make: whether an SQLite file that is not there is made; else a mistyped address would pass for an empty register.
    """
    from hsc_geo.data.load import DataError, load
    from hsc_geo.register import NotTaken, RegisterError, open_register
    from hsc_geo.register.address import default_url

    try:
        register = open_register(default_url(), make)
        try:
            yield register, register.fill(load()) if fill else False
        finally:
            register.close()
    except NotTaken as error:
        line(_refusal(error), to_err=True)
        raise typer.Exit(1) from None
    except (RegisterError, DataError, ValueError) as error:
        line(str(error), to_err=True)
        raise typer.Exit(1) from None
    except OSError as error:
        line(f"{error.filename}: {error.strerror}", to_err=True)
        raise typer.Exit(1) from None


def _administrator() -> Actor:
    """Whoever can run this on the server may do all."""
    from hsc_geo.register import Actor

    return Actor("administrator")


def _refusal(error: NotTaken) -> str:
    """All that is wrong, in words."""
    from hsc_geo.register import CODES
    from hsc_geo.register.reviewing import DECISION_CODES

    known = CODES | DECISION_CODES
    told = (
        f"{each.field}: {known.get(each.code, each.code)}" + (f" ({each.value!r})" if each.value else "")
        for each in error.faults
    )
    return f"refused, nothing was changed: {'; '.join(told)}"


def _queue(register: Register, state: str) -> list[Proposed]:
    return register.queue(_administrator(), state, limit=1000)


def _listed(found: Proposed) -> tuple[str, ...]:
    about = found.proposal.entity_id or found.proposal.fields.get("name", "")
    fields = ", ".join(found.proposal.fields)
    return str(found.number), f"{found.at:%Y-%m-%d %H:%M}", found.proposal.kind, _short(about), _short(fields)


def _line(change: Change) -> str:
    who = f"{change.role} {change.subject}".strip()
    what = f"{change.entity_id} {change.field}: {_short(change.old)!r} -> {_short(change.new)!r}"
    return f"{change.at:%Y-%m-%d %H:%M:%S} UTC  {who}  {what}  batch {change.batch}  {_short(change.why)!r}"


def _imported(done: Imported) -> str:
    batch = f", batch {done.batch}" if done.batch else ""
    return f"{done.added} added, {done.changed} changed, {done.unchanged} as they were{batch}"


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 3] + "..."


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise typer.BadParameter(f"{text!r}: write field=value")
    return name.strip(), value


def _form(file: Path) -> str:
    if file.suffix.lower() not in _FORM_OF:
        raise typer.BadParameter(f"{file.name}: say with --form what it is: csv, xlsx or hsds")
    return _FORM_OF[file.suffix.lower()]


def _table(title: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, title=title, title_justify="left")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))  # as text: what it quotes is no markup
    out.print(table)
