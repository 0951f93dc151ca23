"""A council night: three servers, nginx and PostgreSQL by the files of deploy/. While visitors press, a server is
killed, the database is started anew and all servers are, to another edition. Filters stay, and what was told as kept
is kept."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from hsc_geo.data.load import load
from hsc_geo.register import Proposal, open_register
from tests.browser.behind_nginx import Nginx, Servers
from tests.browser.proposing import fill, go_on, press
from tests.browser.serving import ROOT, Site
from tests.browser.visiting import COVERAGE, PROPOSE, WIDE, Visit
from tests.browser.watching import Watch
from tests.register import servers as postgres
from tests.register.samples import STEWARD

pytestmark = pytest.mark.slow
SOON = 60.0  # seconds, on two slow cores
ASKING = 3  # visitors of the open API who ask without a pause


class Night:
    """All that runs, and what the visitors of the open API got."""

    def __init__(self, folder: Path) -> None:
        self.database = postgres.new_server()
        self.database.start()
        self.database.sql("CREATE DATABASE night TEMPLATE template0")
        self.address = self.database.url("night")
        register = open_register(self.address)
        register.fill(load())
        register.close()
        self.data = folder / "data"  # a link, as where a new edition is put in place
        self.data.symlink_to(ROOT / "data")
        self.servers = Servers(
            folder,
            HSC_API_REQUESTS="0",
            HSC_API_MB="0",
            HSC_DATABASE=self.address,
            HSC_DATA=str(self.data),
            HSC_METRICS="on",
            HSC_EDITIONS=str(folder / "e"),
        )
        self.servers.await_health()
        front = folder / "nginx"
        front.mkdir()
        self.nginx = Nginx(front, self.servers.ports)
        self.got: Counter[int | str] = Counter()
        self._asking = True
        self._askers = [threading.Thread(target=self._ask, daemon=True) for _ in range(ASKING)]
        for asker in self._askers:
            asker.start()

    def _ask(self) -> None:
        with httpx.Client(base_url=self.nginx.url, trust_env=False, timeout=60) as client:
            while self._asking:
                try:
                    self.got[client.get("/api/collections/initiatives/items?limit=10").status_code] += 1
                except httpx.TransportError as error:
                    self.got[type(error).__name__] += 1
                time.sleep(0.05)

    def make_edition(self, folder: Path) -> Path:
        """Another edition, of the register as it is now, by the command."""
        done = subprocess.run(
            [sys.executable, "-m", "hsc_geo", "edition", "make"],
            cwd=ROOT,
            env={**os.environ, "HSC_DATABASE": self.address, "HSC_EDITIONS": str(folder)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        (made,) = (each for each in folder.iterdir() if each.is_dir() and not each.name.startswith("."))
        return made

    def end(self) -> None:
        self._asking = False
        for asker in self._askers:
            asker.join(60)
        self.nginx.stop()
        self.servers.stop()
        self.database.stop()
        shutil.rmtree(self.database.folder)


def eventually(look: Callable[[], object], wanted: object = True) -> None:
    end = time.monotonic() + SOON
    seen = look()
    while seen != wanted and time.monotonic() < end:
        time.sleep(0.2)
        seen = look()
    assert seen == wanted


def healthy(servers: Servers, port: int) -> bool:
    try:
        return servers.health(port)["status"] == "ok"
    except httpx.TransportError:
        return False


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    tmp_path.chmod(0o755)
    made = Night(tmp_path)
    yield made
    made.end()


@pytest.fixture
def visit(browser: Browser, night: Night) -> Iterator[Visit]:
    """A visitor of nginx. Not watched: a browser writes of a lost socket into its console."""
    context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]})
    site = Site(night.nginx.url, ROOT / "data", Path())
    yield Visit(context.new_page(), site, Watch(site.host), narrow=False)
    context.close()


def ask(visit: Visit, text: str) -> None:
    """Send a question by the form, until there is a receipt."""
    visit.go(PROPOSE, lang="en", kind="question")
    fill(visit, "why", text)
    go_on(visit, "send")
    press(visit, "propose_send")
    expect(visit.page.locator("#receipt")).to_be_visible()


def same_question(visit: Visit) -> None:
    """The page shows what was asked of it before all that happened, and a press still answers."""
    expect(visit.page.locator("#hsc-lost")).to_be_hidden(timeout=SOON * 1000)
    visit.settled()
    assert visit.choices()["amb"] == ["A3"]
    expect(visit.page.get_by_role("button", name=re.compile("smoke-free youth")).first).to_be_visible()


def test_nothing_is_lost(night: Night, visit: Visit, tmp_path: Path) -> None:
    ask(visit, "Before all.")
    visit.go(COVERAGE, lang="en", amb="A3")
    same_question(visit)
    first = night.servers.with_a_visitor()
    assert night.servers.counted('hsc_geo_part_run_seconds_count{page="aanmelden"}') > 0
    cookies = {each["name"]: each for each in visit.page.context.cookies()}
    assert cookies["hsc_server"]["httpOnly"]
    assert cookies["hsc_server"]["expires"] == -1
    assert httpx.get(f"{night.nginx.url}/hsc/metrics", trust_env=False).status_code == 404

    night.servers.kill(first)  # under load: the askers never stop
    same_question(visit)
    eventually(lambda: healthy(night.servers, first))

    night.database.stop()
    eventually(lambda: {night.servers.health(port)["status"] for port in night.servers.ports}, {"degraded"})
    visit.go(COVERAGE, lang="en", amb="A3")
    same_question(visit)
    night.database.start()
    eventually(lambda: {night.servers.health(port)["status"] for port in night.servers.ports}, {"ok"})
    ask(visit, "After the database.")

    register = open_register(night.address)
    register.fill(load())
    number = register.propose(
        Proposal(
            "correction", "LEI-003", {"name": "Raad van de nacht"}, "Zo heet het.", "https://leiden.nl/x"
        )
    ).number
    register.accept(number, STEWARD, "Seen on their page.")
    edition = night.make_edition(tmp_path / "e")
    visit.go(COVERAGE, lang="en", amb="A3")
    before = {str(night.servers.health(port)["snapshot"]).partition("-")[0] for port in night.servers.ports}
    night.data.unlink()
    night.data.symlink_to(edition)
    told = night.servers.restart_one_by_one()
    assert [line.split()[0] for line in told.splitlines()] == [str(port) for port in night.servers.ports]
    same_question(visit)
    after = {str(night.servers.health(port)["snapshot"]).partition("-")[0] for port in night.servers.ports}
    assert len(before) == len(after) == 1
    assert before != after
    assert register.tables()["initiatives"].at["LEI-003", "name"] == "Raad van de nacht"
    asked = [each.proposal.why for each in register.queue(STEWARD)]
    register.close()
    assert {"Before all.", "After the database."} <= set(asked)
    assert night.got[200] > 100
    assert set(night.got) <= {200}, night.got
    assert "Traceback" not in night.servers.told(), night.servers.told()[-5000:]
