"""A visitor proposes: by a click on the map, by keyboard, and what a steward accepts stands on the map at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from hsc_geo.data.load import load
from hsc_geo.register import KINDS, Actor, Proposal, Register, open_register
from tests.browser import serving
from tests.browser.in_the_dark import broken, darken
from tests.browser.keyboard import Keyboard
from tests.browser.naive import DATA
from tests.browser.proposing import fill, go_on, press
from tests.browser.serving import DEAD_TILES, Site
from tests.browser.visiting import (
    BOTH_LANGUAGES_AND_SIZES,
    MAP,
    NARROW,
    PROPOSE,
    WIDE,
    Arrivals,
    Visit,
)

STEWARD = Actor("steward")
NEIGHBOURHOOD = "BU05460505"
SOURCE = "https://www.example.nl/wandelen"
# The form and the look over; of the other kinds those with controls of their own.
SCREENS: tuple[dict[str, str], ...] = (
    {},
    {"step": "send"},
    {"kind": "correction", "entry": "LEI-026"},
    {"kind": "correction", "entry": "ORG-002"},
    {"kind": "closure"},
    {"kind": "comment", "area": "WK054603"},
)
WITH_MAP = SCREENS[0], SCREENS[2]
MOST_CLICKS = 10  # of proposing and correcting; typing is free


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server with a register that these tests may change."""
    with serving.running(tmp_path_factory.mktemp("propose"), tiles=DEAD_TILES) as running:
        yield running
        assert "Traceback" not in running.told(), running.told()[-5000:]


@pytest.fixture(scope="module")
def register(own: Site) -> Iterator[Register]:
    """The register of that server, as a second process has it."""
    opened = open_register(f"sqlite:///{own.log.with_name('register.db')}")
    opened.fill(load(DATA))
    yield opened
    opened.close()


class Clicks:
    """Presses, counted."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.count = 0

    def on(self, target: Locator) -> None:
        """Press what makes the page run again."""
        self.count += 1
        self.visit.after(lambda: self.visit.press(target))

    def pill(self, name: str, text: str) -> None:
        """One of those that stand side by side."""
        self.on(self.visit.key(f"w_p_{name}").locator("button").filter(has_text=text))

    def of_list(self, name: str, typed: str) -> None:
        """Open a list, type what is looked for, and take the first that is found."""
        field = self.visit.key(f"w_p_{name}").get_by_role("combobox")
        self.count += 1
        self.visit.press(field)
        field.fill(typed)
        expect(self.visit.page.get_by_role("option", name=typed)).not_to_have_count(0)
        self.visit.after(lambda: field.press("Enter"))
        self.visit.leave_list(f"w_p_{name}")

    def button(self, key: str) -> None:
        """A button."""
        self.on(self.visit.key(key).get_by_role("button").first)


@pytest.mark.parametrize("size", [NARROW], ids=["narrow"])
def test_a_group_without_a_website_is_proposed_changed_and_accepted_in_ten_clicks(
    arrive: Arrivals, own: Site, register: Register, size: tuple[int, int]
) -> None:
    """Of an organisation that nobody knows, at an address that the register knows; no steward has to ask more."""
    name = f"Wandelgroep Zwaluw {size[0]}"
    visit = arrive(size, at=own).go(PROPOSE, lang="nl")
    clicks = Clicks(visit)
    for field, text in (("name", name), ("organisation", name), ("description_nl", "Samen wandelen.")):
        fill(visit, field, text)
    clicks.pill("ambition_codes", "Mentale gezondheid")
    clicks.of_list("theme", "Bewegen")
    clicks.of_list("activity_types", "Beweegactiviteit")
    clicks.pill("sector", "Welzijn en buurt")
    fill(visit, "address", "Driftstraat 49")
    expect(visit.page.locator("#place")).to_contain_text("De Kooi")
    clicks.pill("status", "Het loopt nu")
    fill(visit, "schedule_nl", "elke dinsdag om 10 uur")
    clicks.pill("source_kind", "De organisatie zelf, en ik hoor erbij")
    clicks.button("propose_next")
    clicks.button("propose_send")
    expect(visit.page.locator("#receipt")).to_be_visible()
    link = visit.key("answer").locator("code").inner_text()
    assert name not in link

    visit.page.goto(link)
    visit.settled(1)
    clicks.button("propose_change")
    expect(visit.key("w_p_schedule_nl").locator("input")).to_have_value("elke dinsdag om 10 uur")
    fill(visit, "schedule_nl", "elke donderdag om 10 uur")
    clicks.button("propose_amend")
    expect(visit.page.locator("#receipt")).to_contain_text("verbeterd")
    assert clicks.count <= MOST_CLICKS

    code = visit.choices()["code"][0]
    done = register.accept(register.follow(code).number, STEWARD, "gezien")
    row = register.tables()["initiatives"].loc[done.entity_id]
    assert (row["schedule_nl"], row["evidence_level"]) == ("elke donderdag om 10 uur", "O")
    visit.page.wait_for_timeout(1200)  # the site looks once a second
    other = arrive(size, at=own).go(MAP, lang="nl", sel=done.entity_id)
    expect(other.page.locator(".hsc-badge.own-word")).to_have_text("verteld door de organisatie zelf")
    expect(other.page.locator(".stApp")).not_to_contain_text("door ons afgeleid)")
    assert code not in own.told()


@pytest.mark.parametrize("size", [NARROW], ids=["narrow"])
def test_a_click_on_the_map_is_the_place(arrive: Arrivals, own: Site, size: tuple[int, int]) -> None:
    visit = arrive(size, at=own).go(PROPOSE, lang="en")
    fill(visit, "description_en", "Call 06-12345678 to walk with us.")
    expect(visit.page.locator("#faults")).to_contain_text("06-12345678")
    fill(visit, "description_en", "We walk together.")
    expect(visit.page.locator("#faults")).to_have_count(0)
    drawn = visit.map()
    drawn.mark()
    visit.page.locator("iframe").first.scroll_into_view_if_needed()
    point = drawn.area_point(NEIGHBOURHOOD)
    visit.after(lambda: visit.page.mouse.click(*point))
    expect(visit.page.locator("#place")).to_contain_text("The place lies in")
    latitude = visit.key("w_p_latitude").locator("input")
    expect(latitude).to_have_value(re.compile(r"52\.\d{5}"))
    visit.eventually(lambda: drawn.frame.locator(".hsc-mark").all_inner_texts(), ["+"])
    assert drawn.kept()
    assert "latitude" not in visit.page.url


@pytest.mark.parametrize("size", [WIDE], ids=["wide"])
def test_a_click_sets_the_place_that_was_added(arrive: Arrivals, own: Site, size: tuple[int, int]) -> None:
    visit = arrive(size, at=own).go(PROPOSE, lang="en", kind="correction", entry="LEI-026")
    drawn = visit.map()
    drawn.mark()
    signs = drawn.frame.locator(".hsc-mark")
    visit.eventually(lambda: sorted(signs.all_inner_texts()), ["1", "2", "3"])
    press(visit, "propose_place_add")
    expect(visit.page.locator("#place-4")).to_be_focused()
    expect(visit.key("w_p_latitude_4").locator("input")).to_have_value("")
    visit.page.locator("iframe").first.scroll_into_view_if_needed()
    visit.after(lambda: visit.page.mouse.click(*drawn.area_point(NEIGHBOURHOOD)))
    expect(visit.key("w_p_latitude_4").locator("input")).to_have_value(re.compile(r"52\.\d{5}"))
    expect(visit.page.locator("#place_4")).to_contain_text("The place lies in")
    visit.eventually(lambda: sorted(signs.all_inner_texts()), ["1", "2", "3", "4"])
    press(visit, "propose_place_out_1")
    visit.eventually(lambda: sorted(signs.all_inner_texts()), ["2", "3", "4"])
    expect(visit.page.locator("#place-1")).to_be_focused()
    press(visit, "propose_place_open_2")
    expect(visit.page.locator("#place-2")).to_be_focused()
    expect(visit.key("w_p_venue_2").locator("input")).to_have_value("Huis van de Buurt De Kooi")
    assert drawn.kept()
    wide = visit.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1]


def test_a_question_by_keyboard_alone(arrive: Arrivals, own: Site, register: Register) -> None:
    visit = arrive(at=own).go(PROPOSE, lang="en")
    keys = Keyboard(visit.page)
    keys.tab_to(lambda stop: stop.key == "w_kind")
    for _ in range(KINDS.index("question")):
        visit.page.keyboard.press("ArrowRight")
    visit.after(lambda: keys.press("Enter"))
    keys.tab_to(lambda stop: stop.key == "w_p_why")
    visit.page.keyboard.type("Who knows a walking group?")
    visit.after(lambda: keys.tab_to(lambda stop: stop.key == "propose_next"))
    visit.after(lambda: keys.press("Enter"))
    keys.tab_to(lambda stop: stop.key == "propose_send")
    visit.after(lambda: keys.press("Enter"))
    expect(visit.page.locator("#receipt")).to_be_visible()
    assert register.follow(visit.choices()["code"][0]).proposal.why == "Who knows a walking group?"


def test_a_field_that_no_person_meets(arrive: Arrivals, own: Site, register: Register) -> None:
    """It is not seen, Tab passes it by; a program that fills it in sends nothing."""
    visit = arrive(at=own).go(PROPOSE, lang="en", kind="question")
    fill(visit, "why", "Buy now?")
    go_on(visit, "send")
    trap = visit.page.locator(".hsc-trap")
    box = trap.bounding_box()
    assert box is not None
    assert box["x"] < 0
    keys = Keyboard(visit.page)
    keys.tab_to(lambda stop: stop.key == "propose_send")
    assert trap.get_attribute("tabindex") == "-1"

    def tell() -> None:
        trap.evaluate(
            "field => { field.value = 'x'; field.dispatchEvent(new Event('change', {bubbles: true})); }"
        )

    visit.after(tell)
    before = len(register.queue(STEWARD, limit=1000))
    press(visit, "propose_send")
    expect(visit.page.locator("#failed")).to_contain_text("A field that people do not see")
    assert len(register.queue(STEWARD, limit=1000)) == before


def test_the_link_of_a_fault_leads_to_its_field(arrive: Arrivals) -> None:
    visit = arrive().go(PROPOSE, lang="en")
    press(visit, "propose_next")
    links = visit.page.locator("#faults a")
    expect(links).to_have_count(9)
    visit.press(links.last)
    expect(visit.page.locator("#fault-source_url")).to_be_in_viewport()


def test_the_panel_of_an_initiative_leads_here(arrive: Arrivals) -> None:
    visit = arrive().go(MAP, lang="en", sel="LEI-003")
    visit.press(visit.page.get_by_role("link", name="Propose a correction"))
    visit.page.wait_for_url(f"**/{PROPOSE}?*")
    visit.settled(1)
    visit.eventually(lambda: visit.choices().get("entry"), ["LEI-003"])
    expect(visit.key("w_p_name").locator("input")).not_to_have_value("")


@BOTH_LANGUAGES_AND_SIZES
def test_every_screen_keeps_the_rules_and_fits(
    arrive: Arrivals, language: str, size: tuple[int, int]
) -> None:
    visit = arrive(size, color_scheme="light")
    found: list[str] = []
    for choices in SCREENS:
        visit.go(PROPOSE, lang=language, **choices)
        if choices in WITH_MAP:
            visit.map()
        if visit.key("propose_next").count():
            press(visit, "propose_next")  # what is wrong is told
        wide = visit.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1], f"{choices} is wider than the screen: {wide}"
        found += broken(visit, f"{choices} light")
        darken(visit)
        found += broken(visit, f"{choices} dark")
        visit.page.emulate_media(color_scheme="light")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("size", [NARROW], ids=["narrow"])
def test_a_proposal_that_was_sent_keeps_the_rules(
    arrive: Arrivals, own: Site, register: Register, size: tuple[int, int]
) -> None:
    code = register.propose(Proposal("question", None, {}, "Wie wandelt er?")).code
    visit = arrive(size, at=own, color_scheme="light").go(PROPOSE, lang="nl", code=code)
    press(visit, "propose_withdraw_ask")
    found = broken(visit, "light")
    darken(visit)
    found += broken(visit, "dark")
    visit.go(PROPOSE, lang="nl", code=code, step="amend")
    found += broken(visit, "other words")
    assert not found, "\n".join(found)
