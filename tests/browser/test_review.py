"""A steward signs in with a real provider, accepts what was proposed, and the map shows it without a restart."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from hsc_geo.data.load import load
from hsc_geo.register import Actor, Asked, Proposal, Register, open_register
from hsc_geo.views.review.choices import ASKED, PARTS, POINTS
from tests.browser import serving
from tests.browser.in_the_dark import broken, darken
from tests.browser.serving import Site
from tests.browser.signing import SignIn, leave_and_return, pardon, sign_in
from tests.browser.visiting import MAP, NARROW, REVIEW, START, WIDE, Arrivals

NAME = "Raad van bewoners van Leiden"
STRANGER = "http://127.0.0.1:9"  # nearer than any other site could be: of its name even the cookies go along
# Opens ours in a window, and sends every frame that it can reach what makes streamlit-folium run a script.
OPEN = "address => { window.ours = open(address); }"
ATTACK = """() => {
  const args = { script: "top.taken = true;", html: "", header: "", id: "x", return_on_hover: false, defaults: {} };
  const message = { isStreamlitMessage: true, type: "streamlit:render", args, theme: {}, disabled: false };
  const reach = (frame, reached = 1) => {
    frame.postMessage(message, "*");
    for (let i = 0; i < frame.length; i += 1) reached += reach(frame[i]);
    return reached;
  };
  return [window.ours.closed, reach(window.ours)];
}"""
# Streamlit gives the box around its button for a file both a role without meaning and a name; the button is sound.
UPLOADER = ("presentation-role-conflict", 'data-testid="stFileUploaderDropzone"')


@pytest.fixture(scope="module")
def provider() -> SignIn:
    return SignIn(serving._free_port())


@pytest.fixture(scope="module")
def guarded(provider: SignIn, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site on which one can sign in, with its provider."""
    folder = tmp_path_factory.mktemp("review")
    with serving.running(folder, **provider.settings) as site, provider.running(site.url, folder):
        yield site
        assert "Traceback" not in site.told(), site.told()[-5000:]


@pytest.fixture
def store(guarded: Site) -> Iterator[Register]:
    """The register of that site, from outside."""
    register = open_register(f"sqlite:///{guarded.log.parent / 'register.db'}")
    register.fill(load(guarded.data))
    yield register
    register.close()


def test_signing_in_comes_back_where_it_began(arrive: Arrivals, guarded: Site, provider: SignIn) -> None:
    visit = arrive(WIDE, at=guarded).go(REVIEW, lang="en", part="journal")
    begun = visit.page.url
    leave_and_return(visit, provider, "steward-1")
    expect(visit.page.locator("#who")).to_have_text("Signed in as steward")
    assert (visit.page.url, "part=journal" in begun) == (begun, True)


def test_what_signing_in_leaves_in_the_browser(arrive: Arrivals, guarded: Site, provider: SignIn) -> None:
    """Of us and of Streamlit; the provider of the test is on the same host, with cookies of its own."""
    visit = sign_in(arrive(WIDE, at=guarded), provider, "steward-1")
    cookies: list[Any] = visit.page.context.cookies()
    ours = {each["name"]: each for each in cookies if each["name"].startswith(("hsc", "_streamlit"))}
    assert set(ours) == {"_streamlit_xsrf", "_streamlit_user", "_streamlit_user_tokens"}
    assert {each["sameSite"] for each in ours.values()} == {"Lax"}
    assert [name for name, each in ours.items() if not each["httpOnly"]] == ["_streamlit_xsrf"]
    days = {(each["expires"] - time.time()) / 86400 for each in ours.values() if each["expires"] > 0}
    assert max(days) < 31


@pytest.mark.parametrize("size", [WIDE], ids=["wide"])
def test_a_steward_accepts_and_the_map_shows_it(
    arrive: Arrivals, guarded: Site, provider: SignIn, store: Register, size: tuple[int, int]
) -> None:
    name = f"{NAME} {size[0]}"
    number = store.propose(
        Proposal("correction", "LEI-003", {"name": name}, "Zo heet het.", "https://leiden.nl/x")
    ).number
    visit = sign_in(arrive(size, at=guarded), provider, "steward-1")
    visit.go(REVIEW, lang="en")
    expect(visit.page.locator("#who")).to_have_text("Signed in as steward")
    assert any(row[0] == str(number) for row in visit.table("review_queue"))
    visit.go(REVIEW, lang="en", n=str(number))
    assert ["Name", "± changed"] in [row[:2] for row in visit.table("review_difference")]
    visit.after(lambda: visit.press(visit.key("review_accept").get_by_role("button")))
    expect(visit.page.locator("#told")).to_contain_text("is accepted")
    guest = arrive(size, at=guarded).go(MAP, sel="LEI-003", table="initiatives", lang="en")
    expect(guest.page.get_by_role("heading", name=name)).to_be_visible()


def test_deciding_by_keyboard(arrive: Arrivals, guarded: Site, provider: SignIn, store: Register) -> None:
    number = store.propose(Proposal("question", None, {}, "Wie wandelt er in Noord?")).number
    visit = sign_in(arrive(WIDE, at=guarded), provider, "administrator-1")
    visit.go(REVIEW, lang="en", n=str(number))
    field = visit.key(f"w_review_{number}_reason").get_by_role("textbox")
    field.focus()
    visit.page.keyboard.type("De wandelclub.")
    visit.after(lambda: visit.page.keyboard.press("Tab"))
    expect(visit.key("review_accept").get_by_role("button")).to_be_focused()
    visit.after(lambda: visit.page.keyboard.press("Enter"))
    expect(visit.page.locator("#told")).to_have_text(f"Proposal {number} is answered.")
    assert "wandelclub" not in visit.page.url


def test_without_the_role_it_stays_closed_and_signing_out_closes_it(
    arrive: Arrivals, guarded: Site, provider: SignIn
) -> None:
    reader = sign_in(arrive(WIDE, at=guarded), provider, "reader-1")
    expect(reader.page_link(REVIEW)).to_have_count(0)
    expect(reader.page.get_by_text("without the role of steward")).to_be_visible()
    steward = sign_in(arrive(WIDE, at=guarded), provider, "steward-1")
    expect(steward.page_link(REVIEW)).to_have_count(1)
    expect(steward.page.locator("#who")).to_have_text("Signed in as steward")
    steward.press(steward.key("review_log_out").get_by_role("button"))
    steward.page.get_by_role("button", name="Yes, sign me out").click()
    steward.page.wait_for_url(f"{guarded.url}/beheer?lang=en")
    steward.settled(1)
    expect(steward.page.get_by_text("It is closed to you now")).to_be_visible()
    pardon(steward, provider)


def test_no_page_that_opens_the_review_reaches_its_map(
    arrive: Arrivals, guarded: Site, provider: SignIn, store: Register
) -> None:
    fields = {"latitude": "52.16", "longitude": "4.49"}
    number = store.propose(Proposal("correction", "LEI-005", fields, "", "https://leiden.nl/x")).number
    visit = sign_in(arrive(WIDE, at=guarded), provider, "steward-1")
    address = visit.address(REVIEW, lang="en", n=str(number))
    visit.page.context.route(
        f"{STRANGER}/**", lambda route: route.fulfill(body="<h1>x</h1>", content_type="text/html")
    )
    visit.page.goto(f"{STRANGER}/page")
    with visit.page.context.expect_page() as opening:
        visit.page.evaluate(OPEN, address)
    ours = opening.value
    expect(ours.locator("#who")).to_have_text("Signed in as steward")
    of_map = ours.frame_locator("iframe[src*=st_folium]")
    of_map.locator("#map_div[data-ready=yes]").wait_for()
    assert visit.page.evaluate(ATTACK) == [
        True,
        1,
    ]  # to who opened it, the window is closed and has no frames
    [frame] = [each for each in ours.frames if "st_folium" in each.url]
    assert frame.evaluate("[top.taken ?? null, top.opener]") == [None, None]
    ours.close()
    visit.page.context.unroute(f"{STRANGER}/**")
    visit.watch.faults[:] = [each for each in visit.watch.faults if STRANGER not in each]


def test_a_file_goes_up_with_the_role_only(
    arrive: Arrivals, guarded: Site, provider: SignIn, store: Register, tmp_path: Path
) -> None:
    path = tmp_path / "register.zip"
    path.write_bytes(store.export("csv"))
    visit = sign_in(arrive(WIDE, at=guarded), provider, "steward-1").go(REVIEW, lang="en", part="files")
    visit.after(lambda: visit.page.locator("input[type=file]").set_input_files(path))
    expect(visit.page.locator("#sound")).to_contain_text("without a fault")
    guest = arrive(WIDE, at=guarded).go(START)
    answer = guest.page.evaluate("fetch('/_stcore/upload_file/a/b', { method: 'PUT' }).then(it => it.status)")
    assert answer == 403
    guest.watch.faults.clear()


@pytest.mark.parametrize(("size", "language"), [(WIDE, "nl"), (NARROW, "en")], ids=["wide", "narrow"])
def test_no_part_breaks_a_rule(
    arrive: Arrivals, guarded: Site, provider: SignIn, store: Register, size: tuple[int, int], language: str
) -> None:
    fields = {"name": f"{NAME} opnieuw", "latitude": "52.16", "longitude": "4.49"}
    number = store.propose(Proposal("correction", "LEI-004", fields, "", "https://leiden.nl/x")).number
    told = Asked("WK054603", "A3", date(2026, 1, 5), "organisation", "Wijkteam Noord")
    asked = store.record_asked(told, Actor("steward")).entity_id
    visit = arrive(size, at=guarded, color_scheme="light").go(REVIEW, lang="en")
    found = broken(visit, "closed")
    sign_in(visit, provider, "steward-1")
    for part in PARTS:
        entry = {ASKED: asked, POINTS: "LEI-039/1"}.get(part, "LEI-003")
        visit.go(REVIEW, lang=language, part=part, n=str(number), entry=entry, keep="LEI-005", drop="LEI-006")
        if part == PARTS[0]:
            visit.map()
        answer = visit.key("answer")
        assert answer.inner_text().startswith(answer.locator(".hsc-said").inner_text())
        assert (
            visit.page.evaluate("document.querySelector('.st-key-answer').getBoundingClientRect().top") <= 450
        )
        found += broken(visit, f"{part} light")
        darken(visit)
        found += broken(visit, f"{part} dark")
        visit.page.emulate_media(color_scheme="light")
        wide = visit.page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{part} is {wide} pixels too wide"
    found = [one for one in found if not all(word in one for word in UPLOADER)]
    assert not found, "\n".join(found)
