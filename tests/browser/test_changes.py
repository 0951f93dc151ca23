"""From a profile to what changed there, its feed and its paper, as a browser gets them."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.visiting import CHANGES, NARROW, PROFILE, Arrivals


def test_from_a_profile_to_what_changed_there_and_its_feed(arrive: Arrivals) -> None:
    visit = arrive(NARROW).go(PROFILE, lang="en", area="WK054605")
    link = visit.page.get_by_role("link", name="What changed here").get_attribute("href")
    assert link == f"{CHANGES}?area=WK054605&lang=en"
    visit.go(CHANGES, area="WK054605", amb="A4", lang="en")
    expect(visit.key("answer").locator(".hsc-said")).to_contain_text("Leiden Zuidwest, since")
    feed = visit.page.locator("#feed").get_attribute("href") or ""
    assert feed.endswith("/feed.atom?area=WK054605&ambition=A4&lang=en")
    answer = visit.page.request.get(f"{visit.site.url}{feed}")
    assert answer.headers["content-type"] == "application/atom+xml"
    assert "What changed: Leiden Zuidwest, mental health" in answer.text()
    query = {key: values[0] for key, values in visit.choices().items()}
    paper = visit.page.request.get(f"{visit.site.url}/hsc/paper/changes.pdf", params=query)
    assert paper.body().startswith(b"%PDF")
