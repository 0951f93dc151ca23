"""Two servers with one PostgreSQL: what a steward accepts on one, a visitor of the other sees within seconds."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import expect

from hsc_geo.data.load import load
from hsc_geo.register import Proposal, open_register
from tests.browser import serving
from tests.browser.serving import Site
from tests.browser.signing import SignIn, sign_in
from tests.browser.visiting import MAP, REVIEW, WIDE, Arrivals

pytestmark = pytest.mark.slow
NAME = "Raad van bewoners op twee servers"
SECONDS = 5


@pytest.fixture(scope="module")
def provider() -> SignIn:
    return SignIn(serving._free_port())


@pytest.fixture(scope="module")
def servers(
    database: str, provider: SignIn, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, Site]]:
    """Two with the same settings; the provider knows the first."""
    one, other = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("other")
    settings = {**provider.settings, "HSC_DATABASE": database}
    with (
        serving.running(one, **settings) as first,
        serving.running(other, **settings) as second,
        provider.running(first.url, one),
    ):
        yield first, second
        told = first.told() + second.told()
        assert "Traceback" not in told, told[-5000:]


def condition(site: Site) -> dict[str, object]:
    found: dict[str, object] = httpx.get(f"{site.url}/hsc/health", trust_env=False).json()["register"]
    return found


def test_accepted_on_one_is_seen_on_the_other(
    arrive: Arrivals, servers: tuple[Site, Site], database: str, provider: SignIn
) -> None:
    first, second = servers
    register = open_register(database)
    register.fill(load(first.data))
    assert condition(first) == condition(second)
    number = register.propose(
        Proposal("correction", "LEI-003", {"name": NAME}, "Zo heet het.", "https://leiden.nl/x")
    ).number
    register.close()
    visit = sign_in(arrive(WIDE, at=first), provider, "steward-1").go(REVIEW, lang="en", n=str(number))
    visit.after(lambda: visit.press(visit.key("review_accept").get_by_role("button")))
    expect(visit.page.locator("#told")).to_contain_text("is accepted")
    end = time.monotonic() + SECONDS
    while condition(second)["revision"] != 2 and time.monotonic() < end:
        time.sleep(0.2)
    assert condition(second) == {
        "store": "postgresql",
        "state": "ok",
        "revision": 2,
        "open_proposals": 0,
        "proposals_today": 1,
        "queue_full": False,
        "day_full": False,
    }
    guest = arrive(WIDE, at=second).go(MAP, sel="LEI-003", table="initiatives", lang="en")
    expect(guest.page.get_by_role("heading", name=NAME)).to_be_visible()
