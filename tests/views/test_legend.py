"""The legend: what it shows of every class is what the map draws, for every figure there is."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import pairwise
from types import SimpleNamespace

import pandas as pd
import pytest

from hsc_geo.analysis.classify import K_RANGE, SCHEMES, classify
from hsc_geo.analysis.explore import Choice, explore
from hsc_geo.analysis.figures import offer
from hsc_geo.data.load import Package
from hsc_geo.views.colours import ramp
from hsc_geo.views.explorer import class_colors
from hsc_geo.views.legend import class_bounds, class_label, legend
from hsc_geo.views.names import Names
from tests.analysis import naive
from tests.views.test_html import Tags

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


def every_figure(package: Package) -> list[tuple[str, str, int, Known]]:
    """(indicator, level, decimals, values) of the newest year, with at least one value."""
    found = [(REGISTER, level, 0, counted(level)) for level in LEVELS]
    for indicator, row in naive.indicators().items():
        for year in offer(package, indicator).years[:1]:
            age = offer(package, indicator).ages[year][0]
            found += [
                (indicator, each, int(row["decimals"]), published(indicator, year, age, each))
                for each in LEVELS
            ]
    return [each for each in found if each[3]]


@pytest.mark.slow
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_published_value_stands_in_exactly_one_class_that_is_shown(
    package: Package, scheme: str
) -> None:
    for indicator, level, decimals, known in every_figure(package):
        values = pd.Series(known)
        for k in K_RANGE:
            classes = classify(values, scheme, k)
            shown = [class_bounds(classes, i, decimals) for i in range(classes.k)]
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


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_a_reader_reads_of_the_classes_fits_what_is_read_of_the_areas(
    package: Package, nl: Names, scheme: str
) -> None:
    for indicator, level, _, known in every_figure(package):
        unit = nl.unit(indicator)
        classes = classify(pd.Series(known), scheme, 5)
        ends = [numbers(class_label(nl, indicator, classes, i), unit) for i in range(classes.k)]
        assert all(len(each) in (1, 2) for each in ends)
        for code, value in known.items():
            (read,) = numbers(nl.value(indicator, value), unit)
            fits = [i for i, each in enumerate(ends) if each[0] <= read <= each[-1]]
            assert fits == [classes.assigned[code]], (indicator, level, code, read, ends)


def test_by_hand(nl: Names) -> None:
    # Three equal classes of 10.0 to 20.0 end at 13.33 and 16.67, so at the published 13.3 and 16.6.
    classes = classify(pd.Series([10.0, 13.3, 13.4, 16.6, 16.7, 20.0]), "equal", 3)
    labels = [class_label(nl, "50090NED-Overgewicht", classes, i) for i in range(3)]
    assert labels == ["10,0 – 13,3%", "13,4 – 16,6%", "16,7 – 20,0%"]


def test_a_class_of_one_value_shows_one_value(en: Names) -> None:
    classes = classify(pd.Series([5.0, 5.0, 1234.0]), "natural", 3)
    labels = [class_label(en, "85984NED-AantalInwoners", classes, i) for i in range(classes.k)]
    assert [re.findall(r"[\d,]+", label) for label in labels] == [["5"], ["6", "1,234"]]


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
    view = explore(package, Choice("50090NED-Overgewicht", level="neighbourhood"))
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
        "number known only to the district or neighbourhood",
    ]


# --- colours ----------------------------------------------------------------------------------------------------


def lightness(colour: str) -> float:
    """Relative luminance of sRGB (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("k", range(1, 8))
def test_a_ramp_goes_from_light_to_dark(k: int) -> None:
    steps = [lightness(colour) for colour in ramp(k)]
    assert len(steps) == k
    assert all(before > after * 1.1 for before, after in pairwise(steps))


@pytest.mark.parametrize("k", range(3, 8))
def test_deviations_are_lightest_in_the_middle(k: int) -> None:
    steps = [lightness(colour) for colour in ramp(k, diverging=True)]
    middle = (k - 1) / 2
    assert all(abs(steps.index(best) - middle) < 1 for best in [max(steps)])
    assert steps[0] < steps[math.floor(middle)] > steps[-1] or k == 3


@pytest.mark.parametrize("k", K_RANGE)
def test_deviations_are_coloured_by_the_side_of_the_mean_on_which_they_lie(package: Package, k: int) -> None:
    """Brown (more red than blue) lies below the mean, blue above it, for skewed figures too."""
    wrong = []
    for indicator, level, _, known in every_figure(package):
        classes = classify(pd.Series(known), "std", k)
        mean = sum(known.values()) / len(known)
        colors = class_colors(SimpleNamespace(classes=classes, choice=Choice(scheme="std")))  # type: ignore[arg-type]
        for (low, high), colour in zip(classes.breaks, colors, strict=True):
            red, blue = int(colour[1:3], 16), int(colour[5:7], 16)
            if (high < mean and blue > red) or (low > mean and red > blue):
                wrong.append((indicator, level, low, high, round(mean, 2), colour))
    assert wrong == []
