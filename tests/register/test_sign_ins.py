"""Sign-ins that ended: refused by all who share the register, kept no longer than needed, in no back-up or export."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from hsc_geo.register import Register, open_register
from hsc_geo.register.tables import ENDED
from tests.register.samples import ADMINISTRATOR

ONE, OTHER = "1" * 64, "2" * 64


def now() -> datetime:
    return datetime.now(UTC)


def kept(register: Register) -> dict[str, str]:
    with register.store.reading() as connection:
        return {row.mark: row.keep_until for row in connection.execute(select(ENDED))}


def end(register: Register, mark: str, days: int = 1) -> None:
    register.end_sign_in(mark, now().date() + timedelta(days))


def test_ended_by_one_it_is_ended_for_all_with_the_register(url: str) -> None:
    register, other = open_register(url), open_register(url)
    assert not other.sign_in_ended(ONE, now())
    end(register, ONE)
    assert other.sign_in_ended(ONE, now())
    assert not other.sign_in_ended(OTHER, now())
    end(other, ONE)
    assert register.sign_in_ended(ONE, now())
    register.close()
    other.close()


def test_it_is_no_change_of_the_register(register: Register) -> None:
    before = register.revision(), len(register.journal())
    end(register, ONE)
    assert (register.revision(), len(register.journal())) == before


def test_only_the_mark_and_a_day_are_kept_and_no_longer_than_it_could_count(register: Register) -> None:
    end(register, ONE, days=-1)
    assert [column.name for column in ENDED.columns] == ["mark", "keep_until"]
    end(register, OTHER, days=0)
    assert kept(register) == {OTHER: now().date().isoformat()}


def test_a_restore_ends_every_sign_in_from_before_and_none_from_after(
    sqlite_register: Register, tmp_path: Path
) -> None:
    path = tmp_path / "backup.zip"
    sqlite_register.backup(path)
    end(sqlite_register, ONE)
    before = now()
    sqlite_register.restore(path, ADMINISTRATOR)
    assert sqlite_register.sign_in_ended(OTHER, before)
    assert not sqlite_register.sign_in_ended(OTHER, now() + timedelta(seconds=1))
    assert sqlite_register.sign_in_ended(ONE, now() + timedelta(seconds=1))


def test_restored_elsewhere_what_had_ended_stays_so(sqlite_register: Register, tmp_path: Path) -> None:
    since = now()
    end(sqlite_register, ONE)
    sqlite_register.backup(tmp_path / "backup.zip")
    other = open_register(f"sqlite:///{tmp_path / 'other.db'}")
    other.restore(tmp_path / "backup.zip", ADMINISTRATOR)
    assert other.sign_in_ended(ONE, since)
    other.close()


def test_no_back_up_and_no_export_holds_it(sqlite_register: Register, tmp_path: Path) -> None:
    end(sqlite_register, ONE)
    sqlite_register.backup(tmp_path / "backup.zip")
    (tmp_path / "export.zip").write_bytes(sqlite_register.export("csv"))
    for name in ("backup.zip", "export.zip"):
        with zipfile.ZipFile(tmp_path / name) as archive:
            assert not any(ONE.encode() in archive.read(each) for each in archive.namelist())
            assert not any("sign_in" in each for each in archive.namelist())
    assert b"sign_in" not in sqlite_register.export("hsds")
