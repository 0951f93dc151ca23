"""Numbers, dates and words by language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path

import pandas as pd
import pytest

from hsc_geo.domain.message import Meaning, Message
from hsc_geo.views.kit import words
from hsc_geo.views.kit.words import LANGUAGES, Words, catalogue

NL, EN = Words("nl"), Words("en")


@pytest.mark.parametrize(
    ("value", "decimals", "nl", "en"),
    [
        (130_108, 0, "130.108", "130,108"),
        (12.3, 1, "12,3", "12.3"),
        (12, 1, "12,0", "12.0"),
        (0, 0, "0", "0"),
        (0.0, 1, "0,0", "0.0"),
        (17_942_942, 0, "17.942.942", "17,942,942"),
        (-1234.5, 1, "\u22121.234,5", "\u22121,234.5"),
        (-0.004, 2, "0,00", "0.00"),
        (999.95, 2, "999,95", "999.95"),
        (45.2, 1, "45,2", "45.2"),
        (0.05, 2, "0,05", "0.05"),
        (None, 1, "–", "–"),
        (float("nan"), 0, "–", "–"),
        (pd.NA, 0, "–", "–"),
    ],
)
def test_numbers_by_locale(value: float | None, decimals: int, nl: str, en: str) -> None:
    assert NL.number(value, decimals) == nl
    assert EN.number(value, decimals) == en


def test_every_published_tenth_is_shown_as_published() -> None:
    assert [NL.number(n / 10, 1) for n in range(1001)] == [f"{n // 10},{n % 10}" for n in range(1001)]


def test_values_with_their_unit() -> None:
    assert NL.value(12.3, "percent", 1, "%") == "12,3%"
    assert EN.value(12.3, "percent", 1, "%") == "12.3%"
    assert NL.value(130_108, "persons", 0, "inwoners") == "130.108 inwoners"
    assert NL.value(None, "persons", 0, "inwoners") == "–"
    assert NL.value(3, "", 0) == "3"


def test_thousands_of_euros_are_told_in_euros() -> None:
    nl, en = Words("nl"), Words("en")
    assert nl.value(33.2, "thousand_euro", 1, "× 1.000 euro") == "33.200 euro"
    assert nl.value(384, "thousand_euro", 0, "× 1.000 euro") == "384.000 euro"
    assert en.value(12.1, "thousand_euro", 1, "× 1,000 euro") == "12,100 euros"
    assert nl.value(None, "thousand_euro", 1) == "–"


def test_dates_in_words() -> None:
    day = dt.date(2021, 4, 19)
    assert NL.date(day) == "19 april 2021"
    assert EN.date(day) == "19 April 2021"


def test_english_is_what_the_code_says() -> None:
    assert EN.t("{shown} of {total} initiatives", shown="3", total="125") == "3 of 125 initiatives"


def test_dutch_comes_from_the_catalogue_and_falls_back_to_english() -> None:
    assert NL.t("Map") == "Kaart"
    assert NL.t("A text that nobody ever wrote {n}", n=1) == "A text that nobody ever wrote 1"


def test_values_are_no_templates() -> None:
    assert EN.t("{a} {b}", a="{b}", b="{0} {__class__}") == "{b} {0} {__class__}"


def test_singular_and_plural() -> None:
    forms = ("{n} district", "{n} districts")
    assert [EN.tn(*forms, number) for number in (0, 1, 2, 1000)] == [
        "0 districts",
        "1 district",
        "2 districts",
        "1,000 districts",
    ]
    assert [NL.tn(*forms, number) for number in (0, 1, 2, 1000)] == [
        "0 wijken",
        "1 wijk",
        "2 wijken",
        "1.000 wijken",
    ]


def test_what_is_told_in_english_is_told_again_by_locale() -> None:
    most = Message("there are more than {n} rows; give the file in parts", n=20_000)
    assert EN.told(most) == most == "there are more than 20,000 rows; give the file in parts"
    assert NL.told(most) == "er zijn meer dan 20.000 rijen; geef het bestand in delen"
    within = Message(
        "{wrong}; save the file again",
        wrong=Message("is no JSON from line {line}, column {column} on", line=1234, column=2),
    )
    assert NL.told(within) == "is geen JSON vanaf regel 1.234, kolom 2; sla het bestand opnieuw op"


def test_values_that_are_told_keep_their_form() -> None:
    form = Message("write it as in {example}", example=r"\d{4}")
    assert NL.told(form) == r"schrijf het zoals in \d{4}"
    needed = Message("fill in: {meaning}", meaning=Meaning("Street", "Straat"))
    assert (NL.told(needed), EN.told(needed)) == ("vul in: Straat", "fill in: Street")
    off = Message(
        "its parts have {n} residents together, more than rounding ({allowed}) off: correct one",
        n=15_320,
        allowed=27.5,
    )
    assert "15.320 inwoners" in NL.told(off)
    assert "27,5" in NL.told(off)
    assert "27.5" in EN.told(off)


def test_other_text_is_told_as_it_is() -> None:
    assert NL.told("is missing") == "is missing"
    assert NL.told(Message("a text {n} without Dutch", n=1)) == "a text 1 without Dutch"


def test_the_text_of_a_row_in_the_language() -> None:
    row = {"name_nl": "wijk", "name_en": "district", "note_nl": float("nan"), "note_en": pd.NA}
    assert (NL.pick(row, "name"), EN.pick(row, "name")) == ("wijk", "district")
    assert (NL.pick(row, "note"), EN.pick(row, "note")) == ("", "")


def test_every_language_but_english_has_a_catalogue() -> None:
    assert [language for language in LANGUAGES if type(catalogue(language)) is NullTranslations] == ["en"]


@pytest.mark.parametrize(
    ("code", "said"), [("nl", "Voor de hele gemeente"), ("en", "For the whole municipality")]
)
def test_a_municipality_that_is_no_city_is_not_called_one(code: str, said: str) -> None:
    here = Words(code, in_city=False)
    assert here.t("For the whole city") == said
    assert here.of_here("City-wide in the city of {city}; inner-city, binnenstad") == (
        "City-wide in the city of {city}; inner-city, binnenstad"
        if code == "nl"
        else "Municipality-wide in the municipality of {city}; inner-city, binnenstad"
    )
    assert here.of_here("Stad, binnenstad en stadswijk") == (
        "Gemeente, binnenstad en stadswijk" if code == "nl" else "Stad, binnenstad en stadswijk"
    )
    assert Words(code).of_here("Stad, city") == "Stad, city"


def test_no_text_is_no_text() -> None:
    assert (NL.t(""), EN.t("")) == ("", "")


POLISH = r"""
msgid ""
msgstr ""
"Language: pl\n"
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n"

msgid "{n} place"
msgid_plural "{n} places"
msgstr[0] "{n} miejsce"
msgstr[1] "{n} miejsca"
msgstr[2] "{n} miejsc"
"""


@pytest.fixture
def polish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Words]:
    """A language with three forms, as one that is added can have."""
    (tmp_path / "pl" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "pl" / "LC_MESSAGES" / "hsc_geo.po").write_text(POLISH, encoding="utf-8")
    monkeypatch.setattr(words, "LOCALE_FOLDER", tmp_path)
    monkeypatch.setattr(words, "_LOCALES", {"pl": "pl_PL"})
    yield Words("pl")
    catalogue.cache_clear()


def test_a_language_has_as_many_plurals_as_it_has(polish: Words) -> None:
    told = [polish.tn("{n} place", "{n} places", n) for n in (1, 2, 5, 22, 0)]
    assert told == ["1 miejsce", "2 miejsca", "5 miejsc", "22 miejsca", "0 miejsc"]
    assert polish.tn("{n} day", "{n} days", 2) == "2 days"
