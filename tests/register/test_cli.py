"""`python -m hsc_geo register ...`, as the administrator of the server uses it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hsc_geo.cli import tell
from hsc_geo.cli.main import app
from hsc_geo.data.load import Package
from hsc_geo.register import Proposal, Register, open_register
from hsc_geo.register.address import default_file, default_url
from tests.register.samples import DATA, SOURCE, agree, correction, new, of_before

Run = Callable[..., Result]


@pytest.fixture
def run(filled_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("HSC_DATABASE", filled_url)
    monkeypatch.setenv("HSC_DATA", str(DATA))
    monkeypatch.setattr(tell.out, "width", 200)
    return lambda *words, **more: CliRunner().invoke(app, ["register", *words], **more)


def test_without_the_setting_it_is_a_file_of_the_user(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("HSC_DATABASE", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_file() == tmp_path / "hsc_geo" / "register.db"
    assert default_url() == f"sqlite:///{tmp_path}/hsc_geo/register.db"


def test_init_fills_once(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSC_DATABASE", url)
    monkeypatch.setenv("HSC_DATA", str(DATA))
    said = [CliRunner().invoke(app, ["register", "init"]).output for _ in range(2)]
    assert said == ["filled; revision 1\n", "was filled before; revision 1\n"]


def test_status(run: Run, package: Package) -> None:
    said = run("status").output
    assert "146 initiatives, 87 organisations, 30 venues" in said
    assert f"revision 1, filled from data package {package.snapshot}" in said


def test_a_proposal_from_list_to_undo(run: Run, register: Register) -> None:
    number = str(of_before(register, new(theme="", name="[bold]Wandelclub[/bold]")))
    assert "[bold]Wandelclub[/bold]" in run("list").output
    assert "Wandelclub" in run("show", number).output
    refused = run("accept", number)
    assert (refused.exit_code, "theme: nothing is filled in" in refused.output) == (1, True)
    done = run("accept", number, "--set", "theme=participation", "--why", "seen")
    assert (done.exit_code, "LEI-147" in done.output) == (0, True)
    assert "administrator" in run("journal", "LEI-147").output
    batch = done.output.split()[-1]
    assert run("undo", batch).exit_code == 2  # a reason is asked
    assert run("undo", batch, "--why", "no").exit_code == 0
    assert "LEI-147" not in register.tables()["initiatives"].index
    again = run("accept", number)
    assert (again.exit_code, "accepted already" in again.output) == (1, True)


def test_rejecting_and_merging(run: Run, register: Register) -> None:
    number = str(register.propose(correction("LEI-010", name="x")).number)
    assert run("reject", number, "--why", "no source").exit_code == 0
    assert run("merge", "LEI-002", "LEI-003", "--why", "the same").exit_code == 0
    assert "LEI-003" not in register.tables()["initiatives"].index


@pytest.mark.parametrize("name", ["register.zip", "register.xlsx", "register.json"])
def test_export_and_import(run: Run, tmp_path: Path, name: str) -> None:
    file = str(tmp_path / name)
    assert run("export", file).exit_code == 0
    assert "no faults" in run("import", file, "--check").output
    assert "0 added, 0 changed, 263 as they were" in run("import", file).output


def test_an_import_with_faults_tells_them_all(run: Run, tmp_path: Path, register: Register) -> None:
    file = tmp_path / "faulty.csv"
    file.write_text("initiative_id,name,source_url\nLEI-010,,nowhere\n", encoding="utf-8")
    said = run("import", str(file))
    assert said.exit_code == 1
    assert "initiatives.csv, row 2, column name" in said.output
    assert "row 2, column source_url: 'nowhere'" in said.output
    assert register.revision() == 1
    assert run("import", str(tmp_path / "x.pdf")).exit_code != 0


def test_backup_and_restore(run: Run, tmp_path: Path, register: Register) -> None:
    file = tmp_path / "backup.zip"
    assert run("backup", str(file)).exit_code == 0
    number = register.propose(correction("LEI-010", name="Later")).number
    run("accept", str(number))
    assert run("restore", str(file), input="n\n").exit_code == 1
    assert register.tables()["initiatives"].loc["LEI-010", "name"] == "Later"
    assert run("restore", str(file), "--yes").exit_code == 0
    assert register.tables()["initiatives"].loc["LEI-010", "name"] != "Later"
    agree(register)
    (aside,) = tmp_path.glob("backup.zip.before-restore-*")
    kept = aside.read_bytes()
    assert run("restore", str(file), "--yes").exit_code == 0  # once more: the first rescue copy stays
    assert aside.read_bytes() == kept
    assert len(list(tmp_path.glob("backup.zip.before-restore-*"))) == 2
    assert run("restore", str(aside), "--yes").exit_code == 0
    assert register.tables()["initiatives"].loc["LEI-010", "name"] == "Later"


def test_a_damaged_back_up_is_told_before_anything_is_asked_or_written(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    assert run("backup", str(file)).exit_code == 0
    file.write_bytes(file.read_bytes()[:-1])
    said = run("restore", str(file), input="y\n")
    assert (said.exit_code, "nothing was restored" in said.output) == (1, True)
    assert "Replace the whole register" not in said.output
    assert [each.name for each in tmp_path.iterdir()] == ["backup.zip"]


@pytest.mark.parametrize(
    "words", ["status", "list", "accept 1", "backup b.zip", "journal", "confirm-list", "export x.zip"]
)
def test_only_init_and_restore_make_a_register(
    words: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "mistyped" / "register.db"
    monkeypatch.setenv("HSC_DATABASE", f"sqlite:///{file}")
    monkeypatch.setenv("HSC_DATA", str(DATA))
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(app, ["register", *words.split()])
    assert (said.exit_code, f"no register at {file}; `register init` makes one" in said.output) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_restore_makes_a_register(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert run("backup", str(tmp_path / "backup.zip")).exit_code == 0
    monkeypatch.setenv("HSC_DATABASE", f"sqlite:///{tmp_path}/trial.db")
    assert run("restore", str(tmp_path / "backup.zip"), "--yes").exit_code == 0
    assert "146 initiatives" in run("status").output


def test_what_does_not_fit_is_refused_in_words(run: Run, register: Register) -> None:
    question = str(register.propose(Proposal("question", None, {}, "Who?")).number)
    mend = str(register.propose(correction("LEI-010", name="x")).number)
    for words, told in (
        (("accept", mend, "--set", "foo=bar"), "foo: no such field"),
        (
            ("accept", question, "--why", "We do", "--set", "name=x"),
            "name: this kind of proposal changes no entry",
        ),
        (("accept", question), "why: nothing is filled in"),
        (("list", "--status", "foo"), "open, accepted, rejected"),
        (("merge", "LEI-001", "LEI-001", "--why", "y"), "the same entry"),
        (("merge", "LEI-001", "ORG-001", "--why", "y"), "not of one kind"),
    ):
        said = run(*words)
        assert (said.exit_code != 0, told in said.output) == (True, True), said.output
    assert register.open_proposals() == 2


def test_what_was_asked_in_vain_from_record_to_undo(run: Run, register: Register) -> None:
    words = ("asked", "WK054601", "A3", "--on", "2026-05-31", "--source", "Sociaal Wijkteam Leiden")
    done = run(*words)
    assert (done.exit_code, "ASK-WK054601-A3: kept, batch" in done.output) == (0, True)
    assert "as it was" in run(*words).output
    assert "asked, none found: 1" in run("status").output
    table = register.tables()["asked_none"]
    assert list(table[["asked_on", "source_kind"]].iloc[0]) == ["2026-05-31", "organisation"]
    refused = run("asked", "WK054608", "A3", "--source", "x", "--page", "https://www.leiden.nl")
    assert (refused.exit_code, "an initiative is known to serve that very area" in refused.output) == (
        1,
        True,
    )
    assert run("asked", "WK054601", "A3", "--on", "31-5-2026", "--source", "x").exit_code == 2
    assert run("forget-asked", "ASK-WK054601-A3", "--why", "no").exit_code == 0
    assert run("forget-asked", "ASK-WK054601-A3", "--why", "no").exit_code == 1
    assert register.tables()["asked_none"].empty


def test_the_list_to_confirm(run: Run) -> None:
    assert "To be confirmed" in run("confirm-list", "--months", "24").output


def test_failures_are_one_line(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for words in (("show", "99"), ("undo", "x", "--why", "y"), ("merge", "LEI-001", "LEI-999", "--why", "y")):
        said = run(*words)
        assert (said.exit_code, said.output.count("\n")) == (1, 1)
    (tmp_path / "register.db").write_bytes(b"no database" * 1000)
    for address, words in (
        (f"sqlite:///{tmp_path}/register.db", "damaged"),
        ("postgresql+psycopg://x:secret@127.0.0.1:9/x", "cannot be reached"),
        ("mysql://x", "not mysql"),
    ):
        monkeypatch.setenv("HSC_DATABASE", address)
        said = run("status")
        assert (said.exit_code, said.output.count("\n")) == (1, 1)
        assert words in said.output
        assert "secret" not in said.output


def test_it_works_on_what_the_pages_use(run: Run, filled_url: str, package: Package) -> None:
    pages = open_register(filled_url)
    pages.fill(package)
    before = pages.overlay(package)
    number = pages.propose(correction("LEI-010", name="Van de server", source_title=SOURCE)).number
    run("accept", str(number))
    assert before.initiatives.loc["LEI-010", "name"] != "Van de server"
    assert pages.overlay(package).initiatives.loc["LEI-010", "name"] == "Van de server"
