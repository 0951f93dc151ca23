"""The register behind the site: laid over the data, followed as it changes, and done without when it is gone."""

from __future__ import annotations

import gc
import logging
import threading
import weakref
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from hsc_geo.analysis.counting import count_for
from hsc_geo.analysis.explore import Choice, explore
from hsc_geo.analysis.export import bundle
from hsc_geo.analysis.focus import freshness as start_freshness
from hsc_geo.analysis.matrix import Basis, counted, freshness_bands
from hsc_geo.analysis.summary import summary
from hsc_geo.data.load import Package
from hsc_geo.register import Actor, Proposal, Register, RegisterUnavailable, open_register, proposing
from hsc_geo.register.things import Asked
from hsc_geo.views.coverage.answers.known import known
from hsc_geo.views.coverage.choices import CoverageChoice
from hsc_geo.views.coverage.words.known import known_table
from hsc_geo.views.kit.words import Words
from hsc_geo.views.wording import freshness, initiative
from hsc_geo.views.wording.asked import absent
from hsc_geo.views.wording.initiatives import initiative_row
from hsc_geo.web import register as module
from hsc_geo.web import register as web_register
from hsc_geo.web.layers import KEPT, LAYERS, forget_layers, layer, layer_url, made_layer
from hsc_geo.web.register import ASK_EVERY, TRY_AGAIN_AFTER, RegisterLink
from hsc_geo.web.settings import Settings, SettingsError, read_settings
from tests.views.screens import html
from tests.visit import names_of
from tests.web.conftest import Build

STEWARD = Actor("steward")
KEY = "LEI-001"


class Clock:
    """Seconds that a test moves itself."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


class Counted:
    """A register that counts how often it is asked, and fails when told to."""

    def __init__(self, real: Register) -> None:
        self._real = real
        self.asked = 0
        self.failing = ""

    def revision(self) -> int:
        self.asked += 1
        if self.failing:
            raise RegisterUnavailable(self.failing, "a sentence", "a detail")
        return self._real.revision()

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Register]:
    opened = open_register(f"sqlite:///{tmp_path / 'register.db'}")
    yield opened
    opened.close()


@pytest.fixture
def watched(real: Register) -> Counted:
    return Counted(real)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def link(watched: Counted, clock: Clock) -> RegisterLink:
    return RegisterLink(lambda: watched, clock)  # type: ignore[arg-type, return-value]


def rename(register: Register, name: str) -> None:
    """An accepted change of an entry."""
    proposal = Proposal("correction", KEY, {"name": name}, "", "https://www.leiden.nl/x")
    register.accept(register.propose(proposal).number, STEWARD, "seen")


def test_marks_of_visitors_go_on_a_day_without_a_proposal(
    link: RegisterLink, real: Register, package: Package, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def marks() -> set[str]:
        with real.store.reading() as connection:
            found = connection.execute(text("SELECT visitor_hash FROM proposals"))
            salt = connection.execute(text("SELECT value FROM meta WHERE key = 'visitor_salt'"))
            return {*found.scalars(), *salt.scalars()}

    link.package(package)
    real.propose(Proposal("question", None, {}, "Who can help?"), visitor="203.0.113.7")
    before = marks()
    clock.now += 10
    link.package(package)
    assert marks() == before  # the same day

    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime.now(UTC) + timedelta(days=1)

    monkeypatch.setattr(module, "datetime", Tomorrow)
    monkeypatch.setattr(proposing, "datetime", Tomorrow)
    clock.now += 10
    link.package(package)
    assert marks() & before == set()
    assert "" in marks()


def test_a_register_that_may_only_be_read_is_shown_all_the_same(
    watched: Counted, link: RegisterLink, package: Package
) -> None:
    def refused() -> None:
        raise RegisterUnavailable("read_only", "a sentence", "a detail")

    vars(watched)["forget_visitors"] = refused
    assert link.register(package) is not None
    assert link.reason == ""


def test_the_data_package_itself_is_shown_while_nothing_changed(
    link: RegisterLink, package: Package, clock: Clock
) -> None:
    for _ in range(3):
        assert link.package(package) is package
        clock.now += 10
    register = link.register(package)
    assert register is not None
    register.propose(Proposal("question", None, {}, "Who can help?"))
    clock.now += 10
    assert link.package(package) is package
    assert link.reason == ""


def test_an_accepted_change_is_shown_by_a_new_object_for_each_revision(
    link: RegisterLink, real: Register, package: Package, clock: Clock
) -> None:
    before = link.package(package)
    old = str(before.initiatives.at[KEY, "name"])
    rename(real, "Another name")
    assert link.package(package) is before  # not a second has gone by
    clock.now += ASK_EVERY
    after = link.package(package)
    assert after is not before
    assert (after.initiatives.at[KEY, "name"], package.initiatives.at[KEY, "name"]) == ("Another name", old)
    assert after.snapshot == f"{package.snapshot}-r{real.revision()}"
    clock.now += ASK_EVERY
    assert link.package(package) is after
    rename(real, "A third name")
    link.refresh()
    assert link.package(package).initiatives.at[KEY, "name"] == "A third name"
    assert link.last(package) is link.package(package)


def test_old_packages_are_let_go(link: RegisterLink, real: Register, package: Package, clock: Clock) -> None:
    link.package(package)
    seen = []
    for number in range(3):
        rename(real, f"Name {number}")
        link.refresh()
        seen.append(weakref.ref(link.package(package)))
    gc.collect()
    assert [each() is None for each in seen] == [True, True, False]


def test_the_revision_is_asked_at_most_once_a_second(
    link: RegisterLink, watched: Counted, package: Package, clock: Clock
) -> None:
    for tenth in range(100):
        clock.now = 100 + tenth / 10
        link.package(package)
        link.register(package)
    assert 9 <= watched.asked <= 11


def test_another_data_package_is_shown_at_once(link: RegisterLink, package: Package, real: Register) -> None:
    from dataclasses import replace

    link.package(package)
    other = replace(package)
    assert link.package(other) is other
    assert link.last(package) is package


def test_a_register_that_fails_leaves_what_was_shown(
    link: RegisterLink,
    watched: Counted,
    real: Register,
    package: Package,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    link.package(package)
    rename(real, "Another name")
    link.refresh()
    shown = link.package(package)
    watched.failing = "gone"
    clock.now += ASK_EVERY
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            assert link.package(package) is shown
            assert link.register(package) is None
            assert link.reason == "gone"
            clock.now += TRY_AGAIN_AFTER
    assert len(caplog.records) == 1  # told once, not at each try
    asked = watched.asked
    link.package(package)
    clock.now += TRY_AGAIN_AFTER / 2
    link.package(package)
    assert watched.asked == asked + 1
    watched.failing = ""
    clock.now += TRY_AGAIN_AFTER
    assert link.register(package) is not None
    assert (link.reason, link.package(package)) == ("", shown)


@pytest.mark.parametrize(
    "error", [RegisterUnavailable("full", "no room"), ValueError("no"), RuntimeError("x")]
)
def test_a_register_that_cannot_be_opened_is_tried_again(
    error: Exception, real: Register, package: Package, clock: Clock
) -> None:
    tries: list[Exception] = [error]

    def opening() -> Register:
        if tries:
            raise tries.pop()
        return real

    link = RegisterLink(opening, clock)
    assert link.register(package) is None
    assert link.package(package) is package
    assert link.reason == ("full" if isinstance(error, RegisterUnavailable) else "fault")
    clock.now += TRY_AGAIN_AFTER
    assert link.register(package) is real
    assert real.filled_from() == package.snapshot


def test_nobody_waits_for_one_who_asks_a_slow_register(
    link: RegisterLink, watched: Counted, package: Package, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    link.package(package)
    clock.now += ASK_EVERY
    asking, go_on = threading.Event(), threading.Event()

    def slow() -> int:
        asking.set()
        assert go_on.wait(10)
        return 1

    monkeypatch.setattr(watched, "revision", slow)
    thread = threading.Thread(target=link.package, args=(package,))
    thread.start()
    assert asking.wait(10)
    assert link.package(package) is package  # at once, though the other still waits
    go_on.set()
    thread.join(10)
    assert not thread.is_alive()


def test_many_at_once_open_it_once(real: Register, package: Package) -> None:
    opened: list[int] = []

    def opening() -> Register:
        opened.append(1)
        return real

    link = RegisterLink(opening)
    threads = [threading.Thread(target=link.register, args=(package,)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert opened == [1]


def test_switched_off_nothing_is_opened(package: Package) -> None:
    link = RegisterLink(None)
    assert (link.register(package), link.reason) == (None, "off")
    assert link.package(package) is package


def test_a_confirmation_is_known_to_the_package_shown(
    link: RegisterLink, real: Register, package: Package
) -> None:
    link.package(package)
    today = date.today()
    before = names_of(package, Words("en"))
    key = next(str(each) for each in package.initiatives.index if freshness.is_due(before, str(each)))
    assert "to be confirmed" in initiative.initiative(before, key)
    done = real.propose(Proposal("confirmation", key, {}, "I was there"))
    real.accept(done.number, STEWARD, "called")
    link.refresh()
    shown = names_of(link.package(package), Words("en"))
    assert freshness.confirmed_on(before, key) is None
    assert freshness.confirmed_on(shown, key) == today
    assert not freshness.is_due(shown, key)
    told = initiative.initiative(shown, key)
    assert "Last confirmed" in told
    assert "to be confirmed" not in told


def test_a_confirmation_counts_everywhere_from_its_day(
    link: RegisterLink, real: Register, package: Package
) -> None:
    """An initiative of Leiden-Noord of long ago: in the spans, the bands, the profile, the map and the start page."""
    link.package(package)
    today = date.today()
    old = freshness_bands(package, today)
    north = count_for(package, "WK054603").here
    key = next(each for each in north if old[each] == "older")
    real.accept(real.propose(Proposal("confirmation", key, {}, "Still true")).number, STEWARD, "called")
    link.refresh()
    shown = link.package(package)
    for within in (12, 24, 36):
        basis = Basis(within=within, as_of=today)
        assert key not in counted(package, basis)
        assert set(counted(shown, basis)) == {*counted(package, basis), key}
        assert key not in counted(shown, Basis(within=within, as_of=today - timedelta(days=1)))
        assert count_for(shown, "WK054603", basis).number == count_for(package, "WK054603", basis).number + 1
    assert (old[key], freshness_bands(shown, today)[key]) == ("older", "12")
    told = [
        {each.code: each.params for each in summary(of, "WK054603", today)}["evidence"]["recent"]
        for of in (package, shown)
    ]
    assert told == [told[0], told[0] + 1]
    assert start_freshness(shown, today).recent == start_freshness(package, today).recent + 1
    year = Choice("", facets={"year": [str(today.year)]}, as_of=today)
    assert key in explore(shown, year).ids
    assert key not in explore(package, year).ids
    n = names_of(shown, Words("en"))
    assert initiative_row(n, key).cells[5] == f"confirmed on {n.w.date(today)}"
    files = bundle(shown, explore(shown, Choice("")), {}).tables["initiatives"].set_index("initiative_id")
    assert str(files.at[key, "last_confirmed"]).startswith(today.isoformat())


def test_what_a_steward_asked_in_vain_is_told_where_none_is_known(
    link: RegisterLink, real: Register, package: Package
) -> None:
    link.package(package)
    today = date.today()
    before = names_of(package, Words("en"))
    assert absent(before, "WK054603", "A3") == "none known"
    real.record_asked(Asked("WK054603", "A3", today, "organisation", "Libertas Leiden"), STEWARD)
    link.refresh()
    shown = names_of(link.package(package), Words("en"))
    assert absent(shown, "WK054603", "A3") == f"asked on {shown.w.date(today)}: nothing found"
    choice = CoverageChoice()
    rows = known_table(shown, known(shown, choice), choice).rows
    (north,) = [row for row in rows if row.id == "WK054603"]
    assert north.cells[3]["text"] == f"asked on {shown.w.date(today)}: nothing found"


@pytest.mark.parametrize("months", [1, 12, 24, 60])
def test_what_is_due_is_what_the_register_says(link: RegisterLink, package: Package, months: int) -> None:
    """Two ways to the same list: the register's own entries, and the package shown."""
    register = link.register(package)
    assert register is not None
    today = date(2026, 11, 21)
    wanted = {each.entity_id for each in register.to_confirm(months, today)} & set(package.initiatives.index)
    n = names_of(package, Words("en"), today, months=months)
    found = {str(key) for key in package.initiatives.index if freshness.is_due(n, str(key))}
    assert found == wanted
    assert 0 < len(wanted) < len(package.initiatives) or months == 1


# The map's layers follow


def test_layers_of_the_snapshot_before_are_still_answered(
    build: Build, package: Package, link: RegisterLink, real: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "link", lambda: link)
    forget_layers()  # another test's register may have had the same number of changes
    client = build()
    old = layer_url(web_register.package(), "initiatives")
    rename(real, "Another name")
    link.refresh()
    new = layer_url(web_register.package(), "initiatives")
    assert old != new
    answers = [client.get(url) for url in (old, new)]
    assert [each.status_code for each in answers] == [200, 200]
    assert ["Another name" in each.text for each in answers] == [False, True]
    assert client.get(new.replace("-r2", "-r99")).status_code == 404
    assert client.get("/hsc/health").json()["snapshot"] == f"{package.snapshot}-r2"


def test_layers_do_not_pile_up(package: Package) -> None:
    from dataclasses import replace

    forget_layers()
    made = [replace(package, snapshot=f"{package.snapshot}-r{number}") for number in range(KEPT)]
    for each in made:
        for name in LAYERS:
            layer(each, name)
    kept = [each.snapshot for each in made if made_layer(each.snapshot, "initiatives")]
    assert kept == [each.snapshot for each in made[-KEPT // len(LAYERS) :]]
    forget_layers()


def test_the_footer_names_the_revision(
    link: RegisterLink, real: Register, package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    def footer() -> str:
        def script() -> None:
            from hsc_geo.views.kit.words import Words
            from hsc_geo.web import screen

            screen.open_page(counts=False)
            screen.footer(Words("en"))

        return str(html(AppTest.from_function(script).run())[-1])

    monkeypatch.setattr(module, "link", lambda: link)
    web_register.package()
    assert f"<code>{package.snapshot}</code> · Sources" in footer()
    rename(real, "Another name")
    link.refresh()
    web_register.package()
    assert f"<code>{package.snapshot}</code> · register at revision 2 · Sources" in footer()


# Settings


def test_settings_of_the_register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert Settings().database == f"sqlite:///{tmp_path}/hsc_geo/register.db"
    given = {"HSC_DATABASE": "postgresql+psycopg://u:p@h/n", "HSC_REGISTER": "off", "HSC_CONFIRM_MONTHS": "6"}
    read = read_settings(given)
    assert (read.database, read.register, read.confirm_months) == (given["HSC_DATABASE"], False, 6)


@pytest.mark.parametrize(
    "value", ["register.db", "sqlite://", "sqlite:///relative.db", "mysql://u:secret@h/n", "postgresql://"]
)
def test_a_database_that_cannot_be_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match="write sqlite:////whole/path"):
        read_settings({"HSC_DATABASE": value})


def test_a_password_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"HSC_DATABASE": "postgresql+other://user:hush/@h/n"})
    assert "hush" not in str(caught.value)


def test_tests_have_a_register_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    import tempfile

    from hsc_geo.web.settings import settings

    assert settings().database.startswith(f"sqlite:///{tempfile.gettempdir()}/hsc_geo_tests_")


@pytest.mark.parametrize(
    ("address", "told_apart_by"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1%eth0", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("unix", "unix"),
    ],
)
def test_one_household_is_one_visitor(address: str, told_apart_by: str) -> None:
    assert web_register.household(address) == told_apart_by
