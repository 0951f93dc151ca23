"""What was typed survives a reload and a server that forgot; each step comes into view and has the focus."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import serving
from tests.browser.proposing import fill, go_on, press
from tests.browser.serving import DEAD_TILES, Site
from tests.browser.visiting import NARROW, PROPOSE, WIDE, Arrivals, Visit

ITEM = "hsc-proposal"
# What is the same on any screen is tried on one of them, in turn.
ON_A_LAPTOP = pytest.mark.parametrize("size", [WIDE], ids=["wide"])
ON_A_PHONE = pytest.mark.parametrize("size", [NARROW], ids=["narrow"])


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server with a register that these tests may change."""
    with serving.running(tmp_path_factory.mktemp("kept"), tiles=DEAD_TILES) as running:
        yield running
        assert "Traceback" not in running.told(), running.told()[-5000:]


def kept(visit: Visit) -> dict[str, str]:
    """The texts that the browser keeps."""
    item = json.loads(visit.page.evaluate(f"sessionStorage.getItem('{ITEM}')") or '{"texts": {}}')
    return dict(item["texts"])


def value(visit: Visit, name: str) -> str:
    return visit.key(f"w_p_{name}").locator("input, textarea").first.input_value()


@ON_A_PHONE
def test_typed_text_survives_a_reload_until_it_is_sent(
    arrive: Arrivals, own: Site, size: tuple[int, int]
) -> None:
    visit = arrive(size, at=own).go(PROPOSE, lang="en", kind="question")
    fill(visit, "why", "Who walks?")
    visit.key("w_p_why").locator("textarea").press_sequentially(" And when?")  # not sent to the server
    visit.page.reload()
    expect(visit.page.locator("#back")).to_be_visible()
    expect(visit.key("w_p_why").locator("textarea")).to_have_value("Who walks? And when?")
    assert "walks" not in visit.page.url
    go_on(visit, "send")
    expect(visit.page.locator("#back")).to_have_count(0)
    press(visit, "propose_send")
    expect(visit.page.locator("#receipt")).to_be_visible()
    visit.eventually(lambda: kept(visit), {})
    visit.go(PROPOSE, lang="en", kind="question")
    assert value(visit, "why") == ""
    expect(visit.page.locator("#back")).to_have_count(0)


@ON_A_LAPTOP
def test_every_field_is_back_and_can_be_begun_anew(
    arrive: Arrivals, own: Site, size: tuple[int, int]
) -> None:
    visit = arrive(size, at=own).go(PROPOSE, lang="en")
    fill(visit, "name", "Wandelclub Zwaluw")
    fill(visit, "organisation", "Stichting Een\nStichting Twee")
    chosen = visit.key("w_p_ambition_codes").get_by_role("button").last
    visit.after(lambda: visit.press(chosen))
    visit.page.reload()
    expect(visit.page.locator("#back")).to_be_visible()
    expect(visit.key("w_p_name").locator("input")).to_have_value("Wandelclub Zwaluw")
    assert value(visit, "organisation") == "Stichting Een\nStichting Twee"
    expect(chosen).to_have_attribute("aria-pressed", "true")
    visit.go(PROPOSE, lang="en", kind="correction", entry="LEI-003")
    expect(visit.page.locator("#back")).to_have_count(0)
    expect(visit.key("w_p_name").locator("input")).to_have_value(re.compile("Raad van inwoners"))
    visit.go(PROPOSE, lang="en")
    expect(visit.page.locator("#back")).to_be_visible()
    press(visit, "propose_anew")
    expect(visit.key("w_p_name").locator("input")).to_have_value("")
    visit.eventually(lambda: kept(visit), {})
    visit.page.reload()
    visit.settled(1)
    expect(visit.page.locator("#back")).to_have_count(0)


def test_every_place_is_back_after_a_reload(arrive: Arrivals, own: Site) -> None:
    visit = arrive(WIDE, at=own).go(PROPOSE, lang="en")
    visit.map()
    press(visit, "propose_place_add")
    press(visit, "propose_place_add")
    fill(visit, "address_3", "Kade 3")
    press(visit, "propose_place_open_2")
    visit.key("w_p_venue_2").locator("input").press_sequentially("De Zwaluw")  # not sent to the server
    visit.page.reload()
    visit.map()
    expect(visit.page.locator("#back")).to_be_visible()
    expect(visit.page.locator("#place-3 + p")).to_have_text("Kade 3")
    expect(visit.key("w_p_venue_2").locator("input")).to_have_value("De Zwaluw")
    assert "Kade" not in visit.page.url


def test_an_explanation_comes_back_only_where_it_was_for(arrive: Arrivals, own: Site) -> None:
    visit = arrive(at=own).go(PROPOSE, lang="en", kind="comment", entry="LEI-003")
    fill(visit, "why", "The hours are other ones.")
    visit.go(PROPOSE, lang="en", kind="comment", entry="LEI-004")
    visit.eventually(lambda: kept(visit), {})
    assert value(visit, "why") == ""


def test_a_server_that_is_stopped_and_started_loses_nothing(
    arrive: Arrivals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving.running(tmp_path, tiles=DEAD_TILES) as first:
        visit = arrive(WIDE, at=first).go(PROPOSE, lang="en")
        fill(visit, "name", "Wandelclub Zwaluw")
        visit.key("w_p_description_en").locator("textarea").press_sequentially("We walk")
    expect(visit.key("w_p_name").locator("input")).to_be_disabled()
    port = int(first.url.rpartition(":")[2])
    monkeypatch.setattr(serving, "_free_port", lambda: port)
    with serving.running(tmp_path, tiles=DEAD_TILES):
        expect(visit.page.locator("#back")).to_be_visible(timeout=60_000)
        expect(visit.key("w_p_name").locator("input")).to_have_value("Wandelclub Zwaluw")
        expect(visit.key("w_p_description_en").locator("textarea")).to_have_value("We walk")
        visit.page.close()
        visit.watch.faults.clear()  # the connection that was gone


@pytest.mark.parametrize(
    "item",
    [
        "{",
        "[]",
        '"x"',
        '{"visit": "x", "texts": [1]}',
        '{"visit": "x", "about": 3, "texts": {"new/name": 3, "new/nope": "x", "why": "x"}}',
        json.dumps({"visit": "x", "texts": {"new/name": "n" * 500_000}}),
        json.dumps({"visit": "x", "texts": {"new/name": "n" * 100_000}}),
    ],
    ids=["broken", "list", "text", "texts", "types", "huge", "long"],
)
def test_what_is_no_draft_of_ours_is_left_out(arrive: Arrivals, own: Site, item: str) -> None:
    visit = arrive(at=own)
    visit.page.add_init_script(
        f"sessionStorage.getItem('{ITEM}') ?? sessionStorage.setItem('{ITEM}', {json.dumps(item)})"
    )
    visit.go(PROPOSE, lang="en")
    expect(visit.page.locator("#back")).to_have_count(0)
    fill(visit, "name", "Zwaluw")
    visit.eventually(lambda: kept(visit), {"new/name": "Zwaluw"})


@ON_A_PHONE
def test_what_a_button_leads_to_comes_into_view_with_the_focus(
    arrive: Arrivals, own: Site, size: tuple[int, int]
) -> None:
    visit = arrive(size, at=own).go(PROPOSE, lang="en", kind="question")
    heading, faults = visit.page.locator("#heading"), visit.page.locator("#faults")
    for _ in range(2):
        press(visit, "propose_next")
        expect(faults).to_be_focused()
        expect(faults.locator("a").first).to_be_in_viewport(ratio=1)
    fill(visit, "why", "Who walks?")
    press(visit, "propose_next")
    expect(heading).to_have_text("Look over and send")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport(ratio=1)
    covered = visit.page.evaluate(
        "(() => { const box = document.querySelector('#heading').getBoundingClientRect();"
        "return document.elementFromPoint(box.left + 5, box.top + box.height / 2).id; })()"
    )
    assert covered == "heading"
