"""The legend: what it shows of every class is what the map draws, for every figure there is."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise

import pandas as pd
import pytest

from hsc_geo.analysis.classify import CITY, K_RANGE, Classes, classify
from hsc_geo.analysis.explore import Choice, explore
from hsc_geo.analysis.figures import offer
from hsc_geo.analysis.map_classes import MAP_SCHEMES, map_classes
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.maps.colours import ramp
from hsc_geo.views.maps.legend import (
    class_colors,
    class_colours,
    class_label,
    class_text,
    classes_note,
    legend,
)
from tests.shared import naive
from tests.views.tags import Tags

LEVELS = ("district", "neighbourhood")
REGISTER = "REGISTER-Initiatieven"
Known = dict[str, float]


def published(indicator: str, year: int, age: str, level: str) -> Known:
    """Area -> value as observations.csv has it."""
    found = {code: naive.observed(indicator, year, age, code) for code in naive.codes_of(level)}
    return {code: value for code, value in found.items() if value is not None}


def counted(level: str) -> Known:
    """Area -> number of initiatives that serve it, ended and planned ones too."""
    return {
        code: float(sum(code in areas for areas in naive.served().values())) for code in naive.codes_of(level)
    }


Shown = tuple[str, str, int, Known, Classes]


@cache
def every_figure(package: Package, scheme: str, k: int = 5) -> list[Shown]:
    """(indicator, level, decimals, values, classes) of the newest year, with at least one value."""
    found: list[Shown] = []
    for level in LEVELS:
        counts = counted(level)
        classes = map_classes(package, REGISTER, None, "", pd.Series(counts), scheme, k)
        found.append((REGISTER, level, 0, counts, classes))
    for indicator, row in naive.indicators().items():
        for year in offer(package, indicator).years[:1]:
            age = offer(package, indicator).ages[year][0]
            for level in LEVELS:
                known = published(indicator, year, age, level)
                if known:
                    classes = map_classes(package, indicator, year, age, pd.Series(known), scheme, k)
                    found.append((indicator, level, int(row["decimals"]), known, classes))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("scheme", MAP_SCHEMES)
def test_every_published_value_stands_in_exactly_one_class_that_is_shown(
    package: Package, scheme: str
) -> None:
    for k in K_RANGE if scheme != CITY else (5,):
        for indicator, level, decimals, known, classes in every_figure(package, scheme, k):
            shown = [classes.bounds(i, decimals) for i in range(classes.k)]
            small = 10.0**-decimals / 1000
            found = Counter()
            for code, value in known.items():
                fits = [i for i, (low, high) in enumerate(shown) if low - small <= value <= high + small]
                assert fits == [classes.assigned[code]], (indicator, level, k, code, value, shown)
                found[fits[0]] += 1
            assert tuple(found[i] for i in range(classes.k)) == classes.counts, (indicator, level, k)
            assert all(low <= high + small for low, high in shown)
            assert all(before[1] < after[0] for before, after in pairwise(shown)), (
                indicator,
                level,
                k,
                shown,
            )


def numbers(text: str, unit: str) -> list[float]:
    """The numbers of a Dutch text without its unit."""
    plain = text.removesuffix(unit)
    return [
        float(part.replace(".", "").replace(",", ".")) for part in re.findall(r"-?\d[\d.]*(?:,\d+)?", plain)
    ]


def read(text: str, unit: str) -> tuple[float, float]:
    """What a label says of the lowest and the highest value of a class."""
    for open_end in ("of lager", "of hoger"):
        if text.endswith(open_end):
            (end,) = numbers(text.removesuffix(open_end).strip(), unit)
            return (float("-inf"), end) if open_end == "of lager" else (end, float("inf"))
    ends = numbers(text, unit)
    assert len(ends) in (1, 2), text
    return ends[0], ends[-1]


@pytest.mark.parametrize("scheme", MAP_SCHEMES)
def test_what_a_reader_reads_of_the_classes_fits_what_is_read_of_the_areas(
    package: Package, nl: Names, scheme: str
) -> None:
    for indicator, level, _, known, classes in every_figure(package, scheme):
        unit = nl.unit(indicator)
        ends = [read(class_label(nl, indicator, classes, i), unit) for i in range(classes.k)]
        for code, value in known.items():
            (shown,) = numbers(nl.value(indicator, value), unit)
            fits = [i for i, (low, high) in enumerate(ends) if low <= shown <= high]
            assert fits == [classes.assigned[code]], (indicator, level, code, shown, ends)


def test_no_class_of_a_percentage_is_narrower_than_a_point(package: Package, nl: Names) -> None:
    """Today a class read 77.7 to 77.8: with ends that are open or a point apart none can."""
    for scheme in MAP_SCHEMES:
        for indicator, level, decimals, _, classes in every_figure(package, scheme, 7):
            if naive.indicators()[indicator]["unit"] != "percent" or classes.k == 1 or not decimals:
                continue
            for i in range(classes.k):
                low, high = read(class_label(nl, indicator, classes, i), "%")
                assert high - low >= 0.9 - 1e-6, (scheme, indicator, level, low, high)


def test_by_hand(nl: Names) -> None:
    # Three equal classes of 10.0 to 20.0 end at 13.33 and 16.67, so at the published 13.3 and 16.6.
    classes = classify(pd.Series([10.0, 13.3, 13.4, 16.6, 16.7, 20.0]), "equal", 3)
    labels = [class_label(nl, "50090NED-Overgewicht", classes, i) for i in range(3)]
    assert labels == ["13,3% of lager", "13,4 – 16,6%", "16,7% of hoger"]


def test_a_class_of_one_value_shows_one_value(en: Names) -> None:
    classes = classify(pd.Series([5.0, 7.0, 7.0, 1234.0]), "natural", 3)
    labels = [class_label(en, "85984NED-AantalInwoners", classes, i) for i in range(classes.k)]
    assert [re.findall(r"[\d,]+", label) for label in labels] == [["5"], ["6", "7"], ["8"]]
    single = classify(pd.Series([5.0, 5.0]), "natural", 3)
    assert class_label(en, "85984NED-AantalInwoners", single, 0) == "5 residents"


# --- what the legend says of the classes ----------------------------------------------------------------------------


def view_note(package: Package, n: Names, choice: Choice) -> str:
    view = explore(package, choice)
    return " ".join(classes_note(n, view.choice.indicator, view.classes))


def test_distance_from_the_city_as_it_is_read(package: Package, nl: Names) -> None:
    """Good perceived health in 2024, Leiden 75.0."""
    view = explore(package, Choice("50150NED-GoedErvarenGezondheid"))
    assert view.classes is not None
    texts = [
        class_text(nl, view.choice.indicator, view.classes, i, "district") for i in range(view.classes.k)
    ]
    assert texts == [
        "veel minder gunstig: 70,0% of lager (1 wijk)",
        "minder gunstig: 70,1 – 73,0% (4 wijken)",
        "gunstiger: 77,0 – 79,9% (2 wijken)",
        "veel gunstiger: 80,0% of hoger (3 wijken)",
    ]
    assert view_note(package, nl, Choice("50150NED-GoedErvarenGezondheid")) == (
        "Donkerder is ongunstiger. Leiden: 75,0%. Ongeveer gelijk is minder dan 2 procentpunt verschil. "
        "Veel is 5 procentpunt of meer."
    )


def test_another_unit_says_its_band_and_a_neutral_figure_that_darker_is_higher(
    package: Package, nl: Names
) -> None:
    income = view_note(package, nl, Choice("85984NED-GemiddeldInkomenPerInwoner"))
    assert "Ongeveer gelijk is minder dan 5% verschil. Veel is 15% of meer." in income
    assert "Leiden: 36.400 euro." in income
    homes = view_note(package, nl, Choice("86165NED-Koopwoningen"))
    assert homes.startswith(
        "Donkerder is hoger. Dit cijfer is op zichzelf niet gunstig of ongunstig. Leiden: 41%."
    )
    assert "Veel is" not in homes
    view = explore(package, Choice("86165NED-Koopwoningen"))
    assert view.classes is not None
    texts = [
        class_text(nl, view.choice.indicator, view.classes, i, "district") for i in range(view.classes.k)
    ]
    assert texts == ["lager dan Leiden: 39% of lager (6 wijken)", "hoger dan Leiden: 43% of hoger (4 wijken)"]


@pytest.mark.parametrize(
    ("indicator", "level", "why"),
    [
        (REGISTER, "district", "Een aantal initiatieven is niet te vergelijken met dat van Leiden."),
        ("86165NED-AantalInwoners", "district", "Het cijfer van Leiden is een totaal."),
        ("83765NED-HuishOnderOfRondSociaalMinimum", "neighbourhood", "Er is geen cijfer van Leiden"),
    ],
)
def test_why_the_city_is_not_held_against_is_told(
    package: Package, nl: Names, indicator: str, level: str, why: str
) -> None:
    note = view_note(package, nl, Choice(indicator, level=level))
    assert why in note
    assert "Ongeveer gelijk" not in note


@pytest.mark.parametrize("scheme", MAP_SCHEMES[1:])
def test_two_colours_less_than_two_points_apart_are_warned_of(
    package: Package, en: Names, scheme: str
) -> None:
    """The closest pair on either side of a break, found by looking at every pair."""
    warned = 0
    for indicator, level, _, known, classes in every_figure(package, scheme):
        if naive.indicators()[indicator]["unit"] != "percent":
            continue
        pairs = [
            (a, b)
            for one, a in known.items()
            for other, b in known.items()
            if classes.assigned[other] == classes.assigned[one] + 1
        ]
        closest = min(pairs, key=lambda pair: pair[1] - pair[0], default=None)
        close = closest is not None and round(closest[1] - closest[0], 6) < 2
        note = " ".join(classes_note(en, indicator, classes))
        assert ("Beware" in note) == close, (indicator, level)
        if close and closest:
            gap = round(closest[1] - closest[0], 6)
            told = [float(text) for text in re.findall(r"(\d+\.?\d*)%", note.split("Beware")[1])]
            assert round(told[1] - told[0], 6) == gap
        warned += close
    assert warned


def test_what_is_counted_is_not_warned_of(package: Package, en: Names) -> None:
    for choice in (Choice(REGISTER), Choice("86165NED-AantalInwoners"), Choice("50150NED-Overgewicht")):
        assert "Beware" not in view_note(package, en, choice)


def entries(html: str) -> list[str]:
    return [Tags(part).text for part in re.findall(r"<li>.*?</li>", html, flags=re.DOTALL)]


@pytest.mark.parametrize("level", LEVELS)
def test_counts_of_areas_are_shown_missing_ones_too(package: Package, en: Names, level: str) -> None:
    view = explore(package, Choice("50090NED-Overgewicht", level=level))
    shown = entries(
        legend(en, view.choice.indicator, view.classes, class_colors(view), view.table["status"], level)
    )
    counts = [
        int(found[1])
        for text in shown
        if (found := re.search(r"\((\d+) (?:district|neighbourhood)s?\)", text))
    ]
    assert sum(counts) == len(naive.codes_of(level))
    gone = Counter(
        naive.observations()["50090NED-Overgewicht", "2020", "18plus", code]["status"]
        for code in naive.codes_of(level)
    )
    suppressed = [text for text in shown if "suppressed by the source" in text]
    assert len(suppressed) == (1 if gone["suppressed"] else 0)
    assert all(f"({gone['suppressed']} " in text for text in suppressed)


def test_each_class_has_a_swatch_of_its_colour(package: Package, nl: Names) -> None:
    view = explore(package, Choice("50150NED-Overgewicht", level="neighbourhood"))
    colors = class_colors(view)
    html = legend(nl, view.choice.indicator, view.classes, colors, view.table["status"], "neighbourhood")
    assert re.findall(r"background:(#[0-9a-f]{6})", html) == colors
    assert len(set(colors)) == len(colors) == 5


def test_without_a_figure_the_signs_are_explained(package: Package, en: Names) -> None:
    view = explore(package, Choice(""))
    shown = entries(legend(en, "", None, [], view.table["status"], "district"))
    assert shown == [
        "focus district",
        "initiative at a known place",
        "the same, there for the whole city or the region",
        "number known only to the district or neighbourhood",
    ]


# --- colours ----------------------------------------------------------------------------------------------------


def lightness(colour: str) -> float:
    """Relative luminance of sRGB (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("k", range(1, 8))
def test_a_ramp_goes_from_light_to_dark_and_back(k: int) -> None:
    steps = [lightness(colour) for colour in ramp(k)]
    assert len(steps) == k
    assert all(before > after * 1.1 for before, after in pairwise(steps))
    assert ramp(k, dark_is_low=True) == ramp(k)[::-1]


def ratio(one: float, other: float) -> float:
    """Contrast (WCAG 2.2)."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def test_the_five_colours_can_be_told_apart_and_stand_out_on_paper() -> None:
    """By lightness alone, so with any colour vision: neighbours by 1.3, what lies two apart by 2, the ends by 3."""
    steps = [lightness(colour) for colour in ramp(5)]
    assert all(ratio(a, b) >= 1.3 for a, b in pairwise(steps))
    assert all(ratio(steps[i], steps[i + 2]) >= 2 for i in range(3))
    assert ratio(steps[0], steps[-1]) >= 3
    assert ratio(1.0, steps[0]) >= 1.2


@pytest.mark.parametrize("scheme", MAP_SCHEMES)
def test_dark_is_less_favourable_or_of_a_figure_without_direction_more(package: Package, scheme: str) -> None:
    for indicator, level, _, _, classes in every_figure(package, scheme):
        steps = [lightness(colour) for colour in class_colours(classes)]
        assert len(set(steps)) == classes.k
        rising = naive.indicators()[indicator]["direction"] == "high_good"
        assert steps == sorted(steps, reverse=not rising), (indicator, level)


def test_about_the_same_has_one_colour_on_every_map(package: Package) -> None:
    found = {
        class_colours(classes)[classes.names.index("same")]
        for _, _, _, _, classes in every_figure(package, CITY)
        if "same" in classes.names
    }
    assert found == {ramp(5)[2]}


def test_a_focus_district_that_fares_worse_is_never_the_palest(package: Package) -> None:
    for indicator, level, _, _, classes in every_figure(package, CITY):
        if (
            level != "district"
            or not classes.names
            or naive.indicators()[indicator]["direction"] == "neutral"
        ):
            continue
        colours = class_colours(classes)
        for code in ("WK054603", "WK054605"):
            number = classes.assigned.get(code, -1)
            if number >= 0 and classes.names[number] in ("less", "much_less"):
                assert lightness(colours[number]) <= lightness(ramp(5)[3]) + 1e-9, (indicator, code)


def test_of_a_figure_without_a_direction_no_class_has_the_palest_colour(package: Package) -> None:
    """Nor then a focus district that lies below the city."""
    for indicator, _, _, _, classes in every_figure(package, CITY):
        if classes.names and naive.indicators()[indicator]["direction"] == "neutral":
            assert ramp(5)[0] not in class_colours(classes)
