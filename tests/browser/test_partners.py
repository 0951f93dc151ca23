"""The page Partners as a visitor uses it: near an address or a click, neighbours, an organisation, who is missing; and
the map and the list in a frame on another site."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import axe, naive, serving
from tests.browser.serving import Site
from tests.browser.visiting import MAP, NARROW, PARTNERS, START, WIDE, Arrivals, Visit
from tests.web import loopback
from tests.web.loopback import TileServer

PARTS = ("near", "neighbours", "organisation", "missing", "ending")
ORDER = ("Own neighbourhood", "Own district", "By distance", "For the whole city")
EMBED = "insluiten"
OTHER_SITE = "https://www.leiden.nl"
ADDRESS = {
    "weergavenaam": "Breestraat 92, 2311CS Leiden",
    "type": "adres",
    "centroide_ll": "POINT(4.48812 52.15851)",
}
# What is the same on any screen is tried on one of them, in turn.
ON_A_LAPTOP = pytest.mark.parametrize("size", [WIDE], ids=["wide"])
ON_A_PHONE = pytest.mark.parametrize("size", [NARROW], ids=["narrow"])


@pytest.fixture(scope="module")
def more_arguments() -> tuple[str, ...]:
    """A made-up site outside may frame one on the loopback; by itself Chromium takes that for an attack."""
    return ("--disable-features=LocalNetworkAccessChecks",)


@pytest.fixture(scope="module")
def address_service() -> Iterator[TileServer]:
    with loopback.tile_server() as server:
        yield server


@pytest.fixture(scope="module")
def own_site(
    address_service: TileServer, tile_service: TileServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A server that looks addresses up on the loopback, and that another site may frame."""
    usual = serving._environment
    more = {"HSC_ADDRESS_UPSTREAM": address_service.host + "/free", "HSC_EMBED_HOSTS": OTHER_SITE}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(serving, "_environment", lambda settings: usual({**settings, **more}))
        with serving.running(tmp_path_factory.mktemp("partners"), tiles=tile_service.template) as running:
            yield running
            assert "Traceback" not in running.told(), running.told()[-5000:]
            assert "Breestraat" not in running.told()


def answering(server: TileServer, *documents: dict[str, str]) -> None:
    body = json.dumps({"response": {"docs": list(documents)}}).encode()
    server.asked.clear()
    server.answer = loopback.image(body, "application/json")


def part(visit: Visit, name: str) -> Visit:
    """Go to a part by its tab."""
    tab = visit.key("w_part").get_by_role("tab").nth(PARTS.index(name))
    visit.after(lambda: visit.press(tab))
    expect(tab).to_have_attribute("aria-selected", "true")
    return visit


def type_place(visit: Visit, text: str) -> None:
    field = (
        visit.key("w_partners_text")
        .get_by_role("searchbox")
        .or_(visit.key("w_partners_text").get_by_role("textbox"))
    )
    field.first.fill(text)
    visit.after(lambda: field.first.press("Enter"))


def fits(visit: Visit) -> None:
    wide = visit.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1], f"wider than the screen: {wide}"


def why(visit: Visit) -> list[str]:
    """Why each row of the list stands there, without its distance."""
    return [row[1].split(" · ")[0] for row in visit.table("near")]


def metres(visit: Visit, reason: str) -> list[int]:
    """The distances of those with a place that stand there for one reason."""
    rows = [row[1] for row in visit.table("near") if row[1].startswith(reason)]
    return [int(found[1].replace(",", "")) for row in rows if (found := re.search(r"([\d,]+)\sm\b", row))]


@ON_A_PHONE
def test_every_part_fits_and_the_way_back_leads_back(
    arrive: Arrivals, own_site: Site, size: tuple[int, int]
) -> None:
    visit = arrive(size, own_site).go(PARTNERS, lang="en")
    for name in PARTS[1:]:
        part(visit, name)
        assert visit.choices()["part"] == [name]
        fits(visit)
    visit.after(visit.page.go_back)
    visit.eventually(lambda: visit.choices().get("part"), ["missing"])


@ON_A_LAPTOP
def test_a_partner_finds_who_is_near_an_address(
    arrive: Arrivals, own_site: Site, address_service: TileServer, size: tuple[int, int]
) -> None:
    answering(address_service, ADDRESS)
    visit = arrive(size, own_site).go(PARTNERS, lang="en")
    drawn = visit.map()
    drawn.mark()
    type_place(visit, "Breestraat 92")
    assert len(address_service.asked) == 1
    option = visit.page.get_by_role("button", name="Breestraat 92, 2311CS Leiden")
    visit.after(lambda: visit.press(option))
    visit.eventually(lambda: visit.choices().get("at"), ["52.15851,4.48812"])
    assert "Breestraat" not in visit.page.url
    assert why(visit) == sorted(why(visit), key=ORDER.index)
    assert metres(visit, "By distance") == sorted(metres(visit, "By distance"))
    visit.eventually(lambda: drawn.frame.locator(".hsc-mark").all_inner_texts(), ["×"])
    assert drawn.kept()
    again = arrive(size, own_site).go(PARTNERS, **visit.choices())
    assert again.table("near") == visit.table("near")
    fits(visit)


@ON_A_PHONE
def test_who_else_is_there_for_lonely_elderly_near_a_street(
    arrive: Arrivals, own_site: Site, address_service: TileServer, size: tuple[int, int]
) -> None:
    """Three presses and a word from the start page, without the address service: the page, the topic and the age. The
    own neighbourhood stands first, what is for all ages is told, and the street is named."""
    address_service.answer = loopback.status(503)
    visit = arrive(size, own_site).go(START, lang="en")
    visit.open_sidebar()
    visit.page_link(PARTNERS).click()
    visit.key("w_partners_text").wait_for()
    visit.settled().close_sidebar()
    type_place(visit, "Ten Katestraat")
    for choice in ("Loneliness", "Ages 65 and over"):
        button = visit.key("near_often").get_by_role("button", name=choice, exact=True)
        visit.after(lambda button=button: visit.press(button))  # type: ignore[misc]
    said = visit.page.locator(".hsc-said")
    expect(said).to_contain_text("Loneliness, Ages 65 and over. Near Ten Katestraat: 1 initiative in the own")
    first = visit.table("near")[0]
    assert first[0].startswith("Koffie-inloop ouderen")
    assert why(visit)[0] == "Own neighbourhood"
    expect(visit.key("near_often").get_by_role("button", name="more for all ages")).to_be_visible()
    again = arrive(size, own_site).go(PARTNERS, **visit.choices())
    assert again.table("near")[0] == first


def test_without_the_service_the_page_says_so_and_the_street_is_taken(
    arrive: Arrivals, own_site: Site, address_service: TileServer
) -> None:
    address_service.answer = loopback.status(503)
    visit = arrive(at=own_site).go(PARTNERS, lang="en")
    type_place(visit, "Rijnsburgerweg 999")
    expect(visit.page.get_by_text("The address service cannot be reached just now")).to_be_visible()
    visit.eventually(lambda: len(visit.choices().get("at", [])), 1)
    expect(visit.page.locator(".hsc-said")).to_contain_text("Near Rijnsburgerweg: ")


@ON_A_LAPTOP
def test_a_click_on_the_map_and_a_radius(arrive: Arrivals, own_site: Site, size: tuple[int, int]) -> None:
    visit = arrive(size, own_site).go(PARTNERS, lang="en", by="radius", dist="1200")
    drawn = visit.map()
    drawn.mark()
    point = drawn.area_point("BU05460700")
    visit.after(lambda: visit.page.mouse.click(*point))
    visit.eventually(lambda: len(visit.choices().get("at", [])), 1)
    assert max(metres(visit, "")) <= 1200
    rings = drawn.frame.locator('.leaflet-hsc-lines-pane path[stroke-dasharray="4 3"]')
    visit.eventually(rings.count, 1)  # round the place that was chosen, round nothing else
    assert drawn.kept()


def test_a_row_leads_to_neighbours_and_on_to_an_organisation(arrive: Arrivals, own_site: Site) -> None:
    visit = arrive(at=own_site).go(PARTNERS, lang="en", place="BU05460302", ended="1")
    visit.after(visit.key("near").get_by_role("button", name=re.compile("Kenniswinkel")).first.click)
    expect(visit.page.locator("#panel")).to_contain_text("Kenniswinkel")
    visit.after(visit.key("near_neighbours").get_by_role("button").click)
    visit.eventually(lambda: visit.choices().get("one"), ["LEI-015"])
    points = [float(row[1]) for row in visit.table("neighbours")]
    assert points == sorted(points, reverse=True)
    row = visit.key("neighbours").get_by_role("button", name="Leren met de Stad", exact=True)
    visit.after(row.click)
    visit.after(visit.key("neighbour_org_ORG-003").get_by_role("button").click)
    visit.eventually(lambda: visit.choices().get("org"), ["ORG-003"])
    expect(visit.page.locator("#panel").first).to_have_text("Hogeschool Leiden")
    picture = visit.page.locator("img[alt^='Network of Hogeschool Leiden']")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    visit.after(visit.key("organisation_network").locator("tbody button").first.click)
    visit.eventually(
        lambda: visit.choices().get("org"), ["ORG-001"]
    )  # as often as ORG-002, by name before it


@ON_A_PHONE
def test_who_is_missing_leads_to_whom_to_invite(
    arrive: Arrivals, own_site: Site, size: tuple[int, int]
) -> None:
    visit = arrive(size, own_site).go(PARTNERS, lang="en", part="missing")
    row = visit.key("missing_matrix").locator("tbody button", has_text="Business").first
    visit.after(lambda: visit.press(row))
    visit.eventually(lambda: visit.choices().get("msec"), ["business"])
    assert visit.table("missing_invite")
    fits(visit)
    visit.after(lambda: visit.press(visit.key("missing_invite").locator("tbody button").first))
    visit.eventually(lambda: visit.choices().get("part"), ["organisation"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@ON_A_LAPTOP
def test_no_part_has_a_fault_of_accessibility(
    arrive: Arrivals, own_site: Site, size: tuple[int, int], scheme: str
) -> None:
    visit = arrive(size, own_site, color_scheme=scheme)
    for query in (
        {},
        {"place": "WK054605", "sel": "LEI-015"},
        {"part": "neighbours", "one": "LEI-035"},
        {"part": "organisation", "org": "ORG-001"},
        {"part": "missing", "msec": "business"},
        {"part": "ending"},
    ):
        visit.go(PARTNERS, lang="nl", **query)
        assert visit.page.locator("#panel").count() == (1 if {"sel", "org"} & set(query) else 0)
        broken = [one for one in axe.findings(visit.page)[0] if axe.limit_of(visit.page, one) is None]
        assert broken == [], "\n".join(map(str, broken))


# --- in a frame ---------------------------------------------------------------------------------------------------


def summary(keys: list[str]) -> re.Pattern[str]:
    """What the frame tells of these initiatives: whom they are for, each in one group, and what counts as of when."""
    groups = Counter(min(naive.codes(key, "district")) for key in keys)
    city, region, unknown = (groups.pop(each, 0) or "none known" for each in ("city", "region", "unknown"))
    here = groups.total() or "none known"
    said = (
        f"{len(keys)} of {len(naive.initiatives())} initiatives; for a district or neighbourhood: {here}; for the "
        f"whole city: {city}; for the region: {region}; area not known: {unknown} (known, not ended; as of "
    )
    return re.compile(rf"^{re.escape(said)}\d{{1,2}} \w+ \d{{4}}\)$")


def test_the_frame_shows_nothing_but_itself(arrive: Arrivals, own_site: Site) -> None:
    visit = arrive(at=own_site).go(EMBED, lang="en", amb="A3", embed="true")
    assert visit.map().areas() == 10
    expect(visit.page.get_by_role("navigation", name="App pages")).to_have_count(0)
    expect(visit.page.locator(".st-key-hsc_language")).to_be_hidden()
    wanted = naive.fitting({"amb": ["A3"]})
    expect(visit.page.locator("#summary")).to_have_text(summary(wanted))
    link = visit.page.get_by_role("link", name="See and search all of it")
    again = arrive(at=own_site)
    again.page.goto(link.evaluate("link => link.href"))
    again.settled(1)
    assert again.shown() == len(wanted)


@pytest.mark.parametrize(("host", "allowed"), [(OTHER_SITE, True), ("https://www.example.org", False)])
def test_another_site_may_frame_it_only_when_it_is_named(
    arrive: Arrivals, own_site: Site, host: str, *, allowed: bool
) -> None:
    code = arrive(at=own_site).go(MAP, lang="en", amb="A3")
    code.unfold(
        code.page.get_by_test_id("stExpander").filter(has_text="Embed this map or list on another site")
    )
    frame = code.page.locator("code", has_text="what=list").first.inner_text()
    visit = arrive(WIDE, own_site)
    visit.page.route(
        f"{host}/**", lambda route: route.fulfill(body=f"<h1>x</h1>{frame}", content_type="text/html")
    )
    visit.page.goto(f"{host}/page")
    inside = visit.page.frame_locator("iframe")
    if allowed:
        expect(inside.locator("h1")).to_have_text("Known initiatives for health")
        expect(inside.locator(".st-key-embed_list tbody tr")).to_have_count(
            len(naive.fitting({"amb": ["A3"]}))
        )
    else:
        visit.page.wait_for_timeout(1500)
        assert inside.locator(".stApp").count() == 0
    visit.watch.faults.clear()
