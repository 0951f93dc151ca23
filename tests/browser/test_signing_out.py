"""Two servers with one register behind one address: who signs out is out on both, in every tab, with every copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from playwright.sync_api import expect

from hsc_geo.data.load import load
from hsc_geo.register import Actor, Proposal, Register, open_register
from tests.browser import serving
from tests.browser.front import Front
from tests.browser.serving import HOST, Site
from tests.browser.signing import SignIn, pardon, sign_in
from tests.browser.visiting import REVIEW, WIDE, Arrivals, Visit

pytestmark = pytest.mark.slow
UPLOAD = "/_stcore/upload_file/a/b"
REFUSED = (403, "Not offered here")  # by us; what comes after asks for a token of Streamlit's
Cookies = list[dict[str, str]]


@dataclass
class House:
    """Both servers, what stands before them, and the register that they share."""

    front: Front
    servers: tuple[Site, Site]
    provider: SignIn
    register: Register

    def come(self, arrive: Arrivals, server: Site, cookies: Cookies) -> Visit:
        """A browser with these cookies that gets this server."""
        self.front.behind = server
        visit = arrive(WIDE, at=self.front.as_site(server), first_time=True)
        visit.page.context.add_cookies(cookies)  # type: ignore[arg-type]
        return visit

    def upload(self, server: Site, cookies: Cookies) -> tuple[int, str]:
        told = httpx.put(f"{server.url}{UPLOAD}", headers=header(cookies), trust_env=False)
        return told.status_code, told.text


def header(cookies: Cookies) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{each['name']}={each['value']}" for each in cookies)}


@pytest.fixture(scope="module")
def house(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    one, other = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("other")
    front, provider = Front(serving._free_port()), SignIn(serving._free_port())
    address = f"http://{HOST}:{front.port}"
    settings = {
        **provider.settings,
        "HSC_DATABASE": database,
        "HSC_OIDC_REDIRECT": f"{address}/oauth2callback",
    }
    with (
        serving.running(one, **settings) as first,
        serving.running(other, **settings) as second,
        provider.running(address, one),
        front.listening(),
    ):
        register = open_register(database)
        register.fill(load(first.data))
        yield House(front, (first, second), provider, register)
        register.close()
        told = first.told() + second.told()
        assert "Traceback" not in told, told[-5000:]


def signed_out(house: House, way: str, steward: Visit, cookies: Cookies) -> None:
    """Signed out on the first server: by the button and the provider, or by the bare route."""
    if way == "route":
        left = httpx.get(
            f"{house.servers[0].url}/auth/logout",
            headers=header(cookies),
            trust_env=False,
            follow_redirects=False,
        )
        assert left.headers["location"].startswith(house.provider.url)  # the provider's own end is kept
        return
    steward.press(steward.key("review_log_out").get_by_role("button"))
    steward.page.get_by_role("button", name="Yes, sign me out").click()
    steward.page.wait_for_url(f"{steward.site.url}/beheer?lang=en")
    steward.settled(1)
    pardon(steward, house.provider)
    expect(steward.page.get_by_text("It is closed to you now")).to_be_visible()


@pytest.mark.parametrize("way", ["button", "route"])
def test_who_signs_out_is_out_everywhere(arrive: Arrivals, house: House, way: str) -> None:
    fields = {"name": f"Raad van bewoners {way}"}
    number = house.register.propose(
        Proposal("correction", "LEI-003", fields, "Zo heet het.", "https://leiden.nl/x")
    ).number
    steward = sign_in(house.come(arrive, house.servers[0], []), house.provider, "steward-1")
    expect(steward.page.locator("#who")).to_have_text("Signed in as steward")
    cookies: Cookies = steward.page.context.cookies()  # type: ignore[assignment]
    tabs = [house.come(arrive, server, cookies) for server in house.servers]
    for tab, server in zip(tabs, house.servers, strict=True):
        house.front.behind = server
        expect(tab.go(REVIEW, lang="en", n=str(number)).page.locator("#who")).to_be_visible()
        assert house.upload(server, cookies) != REFUSED

    signed_out(house, way, steward, cookies)

    for tab in tabs:
        tab.after(lambda tab=tab: tab.press(tab.key("review_accept").get_by_role("button")))  # type: ignore[misc]
        expect(tab.page.get_by_text("It is closed to you now")).to_be_visible()
    assert house.register.proposed(number, Actor("steward")).status == "open"
    for server in house.servers:
        assert house.upload(server, cookies) == REFUSED
        copy = house.come(arrive, server, cookies).go(REVIEW, lang="en")
        expect(copy.page.get_by_text("It is closed to you now")).to_be_visible()
        expect(copy.key("review_log_in")).to_be_visible()
        expect(copy.page.locator("#who")).to_have_count(0)
    again = sign_in(house.come(arrive, house.servers[1], []), house.provider, "steward-1")
    expect(again.page.locator("#who")).to_have_text("Signed in as steward")
