"""The rule of the database that the journal only grows: triggers that refuse to change or remove a line."""

from __future__ import annotations

from sqlalchemy import Connection, text

_SENTENCE = "the journal only grows: its lines are never changed or removed"
# REPLACE INTO removes a line without telling the trigger on DELETE, hence the one on INSERT.
_SQLITE = {
    "journal_no_update": "BEFORE UPDATE ON journal",
    "journal_no_delete": "BEFORE DELETE ON journal",
    "journal_no_replace": "BEFORE INSERT ON journal WHEN EXISTS (SELECT 1 FROM journal WHERE id = NEW.id)",
}
_POSTGRESQL = {
    "journal_no_change": "BEFORE UPDATE OR DELETE ON journal FOR EACH ROW",
    "journal_no_truncate": "BEFORE TRUNCATE ON journal FOR EACH STATEMENT",
}
_FUNCTION = f"""CREATE OR REPLACE FUNCTION journal_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{_SENTENCE}'; END $$"""


def forbid(connection: Connection) -> None:
    """Make the triggers."""
    if connection.dialect.name == "sqlite":
        for name, when in _SQLITE.items():
            connection.execute(
                text(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END")
            )
        return
    connection.execute(text(_FUNCTION))
    for name, when in _POSTGRESQL.items():
        connection.execute(text(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION journal_only_grows()"))


def lift(connection: Connection) -> None:
    """Take the triggers away, for the length of a restore; `forbid` in the same transaction puts them back."""
    if connection.dialect.name == "sqlite":
        for name in _SQLITE:
            connection.execute(text(f"DROP TRIGGER {name}"))
        return
    for name in _POSTGRESQL:
        connection.execute(text(f"DROP TRIGGER {name} ON journal"))
