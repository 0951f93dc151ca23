"""What has one meaning is written in one way, whoever brings it; what has two, or none, is left to be told."""

from __future__ import annotations

import pytest

from hsc_geo.data.check.meaning import is_link, mend_of_link
from hsc_geo.domain.text import clean_text
from hsc_geo.register import Register
from hsc_geo.register.cleaning import clean_fields, clean_link
from tests.register.forms import as_csv


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("8 november 2023", "2023-11-08"),
        ("wo 8 nov. 2023", "2023-11-08"),
        ("8-mrt-2023", "2023-03-08"),
        ("May 8, 2023", "2023-05-08"),
        ("okt 2023", "2023-10"),
        ("2023/1/8", "2023-01-08"),
        ("20230108", "2023-01-08"),
        ("8\u201301\u20132023", "2023-01-08"),
        ("2023 - 01 - 08", "2023-01-08"),
        ("2023-01-08T00:00:00+02:00", "2023-01-08"),
        ("2023.0", "2023"),
        ("31 november 2023", "2023-11-31"),
        ("8/1/2023", "8/1/2023"),
        ("8-1-23", "8-1-23"),
        ("mrt-23", "mrt-23"),
        ("8 brumaire 2023", "8 brumaire 2023"),
        ("2023/1-8", "2023/1-8"),
        ("2023-01-08 13:45", "2023-01-08 13:45"),
    ],
)
def test_days(typed: str, kept: str) -> None:
    assert clean_fields("initiatives", {"start_date": typed})["start_date"] == kept


@pytest.mark.parametrize("year", ["0202", "0202-11-08", "8-11-0202", "1022-05"])
def test_a_year_that_has_lost_a_digit_is_told_once(sqlite_register: Register, year: str) -> None:
    content = as_csv({"initiative_id": "LEI-005", "start_date": year})
    ((row, column, _, mend),) = sqlite_register.read_import(content, "csv").errors
    assert (row, column) == (2, "start_date")
    assert "1900" in mend


@pytest.mark.parametrize(
    "typed", ["lei-005", "LEI\u2013005", "LEI\u2011005", "LEI - 005", "\uff2c\uff25\uff29-005"]
)
def test_an_id_has_its_capitals_and_its_dash(typed: str) -> None:
    assert clean_fields("initiatives", {"initiative_id": typed})["initiative_id"] == "LEI-005"
    assert clean_fields("initiative_areas", {"area_code": "wk054603 "})["area_code"] == "WK054603"
    assert clean_fields("initiatives", {"initiative_id": "lei 5"})["initiative_id"] == "lei 5"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("52.16\u00b0", "52.16"),
        ("\u06f5\u06f2\u066b\u06f1\u06f6", "52.16"),
        ("\u221252.16", "-52.16"),
        ("52.16\u00b0 N", "52.16\u00b0 N"),
        ("52\u00b09'36\"", "52\u00b09'36\""),
    ],
)
def test_numbers(typed: str, kept: str) -> None:
    assert clean_fields("venues", {"latitude": typed})["latitude"] == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Gemeente\u00a0 Leiden", "Gemeente Leiden"),
        ("Gemeente\x0bLeiden\n", "Gemeente Leiden"),
        ("Gemeente\u2028Leiden", "Gemeente Leiden"),
        ("Gemeente\t\u200b Leiden", "Gemeente Leiden"),
    ],
)
def test_a_name_is_one_line_and_finds_its_organisation(
    sqlite_register: Register, typed: str, kept: str
) -> None:
    row = clean_fields("initiatives", {"organisation": typed, "note_nl": "a\x0bb\u2029c\x0cd"})
    assert row == {"organisation": kept, "note_nl": "a\nb\nc\nd"}
    assert clean_fields("initiatives", {"ambition_codes": "A1|A2|A1"}) == {"ambition_codes": "A1|A2"}


@pytest.mark.parametrize(
    "shown",
    [
        "caf\u00e9",
        "\u2615\ufe0f koffie",
        "1\ufe0f\u20e3",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u0915\u094d\u200d\u0937",
    ],
)
def test_what_shows_something_stays(shown: str) -> None:
    assert clean_text(shown) == shown


@pytest.mark.parametrize(
    "hidden", ["\u200c", "\u200d", "\ufe0f", "\U000e0101", "\U0001d173", "\ufdd0", "\U0001bca0"]
)
def test_what_shows_nothing_beside_latin_letters_goes(hidden: str) -> None:
    assert clean_text(f"{hidden}Wan{hidden}del{hidden} club{hidden}") == "Wandel club"


@pytest.mark.parametrize(
    "typed",
    [
        "<https://voorbeeld.nl/a?b=1&c=2>",
        "(https://voorbeeld.nl/a?b=1&amp;c=2)",
        "https://voorbeeld.nl/a?b=1&c=2.",
        "\u201chttps://voorbeeld.nl/a?b=1&c=2\u201d,",
        "https://voorbeeld.nl/a?b=1&c=2);",
        "voorbeeld.nl/a?b=1&amp;c=2",
        "https://\uff56oorbeeld\u3002nl/a?b=1&c=2",
        "https://voor\u200bbeeld.nl/a?b=1&c=2",
    ],
)
def test_an_address_from_a_mail_or_a_sentence(typed: str) -> None:
    assert clean_link(typed) == "https://voorbeeld.nl/a?b=1&c=2"


@pytest.mark.parametrize(
    "kept", ["https://voorbeeld.nl/a_(b)", "zie (voorbeeld.nl).", "nvt.", "https://a.nl/x, https://b.nl"]
)
def test_what_is_part_of_an_address_or_none_stays(kept: str) -> None:
    assert clean_link(kept) == kept


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("https://jan:geheim@voorbeeld.nl", "@"),
        ("https://voorbeeld.nl\\a", "\\"),
        ("https://voorbeeld.nl/a b", "blank"),
        ("https://voorbeeld.nl:99999/", "99999"),
        ("http://printer.lan/", "printer.lan"),
        ("http://server.local:8080/x", "server.local"),
        ("http://10.0.0.5/", "10.0.0.5"),
        ("https://-x.nl/", "-x.nl"),
        ("https:/voorbeeld.nl", "starts with"),
        ("javascript:alert(1)", "starts with"),
    ],
)
def test_an_address_that_is_none_is_told_by_its_cause(typed: str, word: str) -> None:
    assert not is_link(typed)
    assert word in mend_of_link(typed)
