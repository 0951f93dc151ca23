"""Text from data never becomes HTML, and no link leads elsewhere than to a web page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from hsc_geo.views.kit.html import badge, facts, items, joined, link, markup, safe_url
from tests.shared.hostile import NAMES, SCRIPT, carried
from tests.views.tags import Tags

repeatable = settings(max_examples=80, deadline=None, derandomize=True, database=None)


@pytest.mark.parametrize("text", NAMES, ids=lambda text: ascii(text[:12]))
def test_hostile_text_is_text(text: str) -> None:
    found = Tags(markup("<p>{}</p>", text))
    assert [tag for tag, _ in found.tags] == ["p"]
    assert found.text[:1000] == carried(text)[:1000]


@repeatable
@given(text=st.text(alphabet=st.sampled_from("<>&\"'ab /=;#x\u2028"), max_size=60))
def test_any_text_is_text_in_an_element_and_in_an_attribute(text: str) -> None:
    found = Tags(markup("<p title=\"{}\" lang='{}'>{}</p>", text, text, text))
    assert found.tags == [("p", {"title": text, "lang": text})]
    assert found.text == text


def test_what_is_escaped_is_escaped_once() -> None:
    inner = markup("<b>{}</b>", "R&D <x>")
    assert inner == "<b>R&amp;D &lt;x&gt;</b>"
    for outer in (
        markup("<p>{}</p>", inner),
        joined([inner]),
        items([inner]),
        facts([("a", inner)]),
        badge(inner),
    ):
        assert inner in outer
        assert "&amp;amp;" not in outer
        assert "&amp;lt;" not in outer


@pytest.mark.parametrize(
    "made",
    [
        joined([SCRIPT, SCRIPT], between=", "),
        items([SCRIPT], css="x"),
        facts([(SCRIPT, SCRIPT)]),
        badge(SCRIPT),
        link("https://example.org", SCRIPT),
        link("javascript:alert(1)", SCRIPT),
        link('https://example.org/"onmouseover="alert(1)', "x"),
        markup("{name}", name=SCRIPT),
    ],
    ids=["joined", "items", "facts", "badge", "link", "no link", "attribute", "named"],
)
def test_every_maker_escapes(made: Markup) -> None:
    found = Tags(made)
    assert {tag for tag, _ in found.tags} <= {"ul", "li", "dl", "dt", "dd", "span", "a"}
    for _, attributes in found.tags:
        assert set(attributes) <= {"class", "href", "target", "rel"}


def test_values_are_no_templates() -> None:
    assert markup("<p>{}</p>", "{0} {name} {x.__class__}") == "<p>{0} {name} {x.__class__}</p>"


def test_very_long_text_is_cut_and_says_so() -> None:
    found = Tags(markup("<p>{}</p>", "x" * 100_000)).text
    assert len(found) < 3000
    assert found.endswith("…")


def test_a_text_cut_within_an_entity_is_still_text() -> None:
    assert Tags(markup("<p>{}</p>", "&" * 5000)).text.startswith("&" * 1999)
    assert [tag for tag, _ in Tags(markup("<p>{}</p>", "<b>" * 5000)).tags] == ["p"]


@pytest.mark.parametrize(
    "url",
    [
        "http://a.nl",
        "https://a.nl/b?c=d#e",
        "HTTPS://A.NL",
        "https://user@a.nl",
        "https://a.nl/é",
        "http://[::1]/",
    ],
)
def test_web_addresses_are_kept(url: str) -> None:
    assert safe_url(url) == url
    assert safe_url(f"  {url}\n") == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "javascript://a.nl/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://a.nl",
        "mailto:a@b.nl",
        "//a.nl/x",
        "/path",
        "a.nl",
        "http://",
        "http:///path",
        "https:",
        "https:a.nl",
        "http://[::1",
        "http://[x]",
        "",
        None,
        0,
        float("nan"),
    ],
)
def test_everything_else_is_no_address(url: object) -> None:
    assert safe_url(url) == ""
    assert "<a" not in link(url, "text")
    assert link(url, "text") == "text"


def test_a_link_opens_apart_and_tells_the_other_site_nothing() -> None:
    ((tag, attributes),) = Tags(link("https://a.nl/?b=1&c=2", "A & B")).tags
    assert tag == "a"
    assert attributes == {"href": "https://a.nl/?b=1&c=2", "target": "_blank", "rel": "noopener noreferrer"}


def test_a_long_address_leads_where_it_says_or_nowhere() -> None:
    url = "https://a.nl/?q=" + "x" * 3000
    assert [attributes["href"] for tag, attributes in Tags(link(url, "text")).tags if tag == "a"] in (
        [url],
        [],
    )


def test_facts_without_a_value_are_left_out() -> None:
    assert facts([("a", ""), ("b", None), ("c", 0)]).count("<dt>") == 1
