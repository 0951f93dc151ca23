"""The figures of a profile on their scales: each mark where its number puts it, told apart by shape and colour."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from hsc_geo.analysis.profile import FAVOURABLE, SAME, UNFAVOURABLE, against_city
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.profile import marks, tables
from hsc_geo.views.profile.answers import figures
from hsc_geo.views.profile.choices import ProfileChoice
from hsc_geo.views.profile.scale import scale_legend, scales
from hsc_geo.views.profile.words import scale_text
from tests.shared import naive
from tests.views.tags import Tags
from tests.visit import names_of

NORTH, SMALL = "WK054603", "BU05460000"
OVERWEIGHT = "50150NED-Overgewicht"


def rows(n: Names, groups: list) -> list[str]:  # type: ignore[type-arg]
    return re.findall(r"<tr>.*?</tr>", str(scales(n, groups, "x")), flags=re.DOTALL)


def left(row: str, what: str) -> list[float]:
    """Where on the scale the parts stand, in per cent: of a class, or with a sign."""
    tag = (
        rf'<b class="{what}" style="left:([-\d.]+)%'
        if what.isalpha()
        else rf'<b style="left:([-\d.]+)%[^"]*">{what}</b>'
    )
    return [float(at) for at in re.findall(tag, row)]


def test_every_mark_stands_where_its_number_puts_it(package: Package, en: Names) -> None:
    groups = figures(package, ProfileChoice((SMALL,), every=True))
    signs = "[" + "".join(mark.sign for mark in marks.BY_VERDICT.values()) + "]"
    for row, (each,) in zip(rows(en, groups), groups, strict=True):
        low, high = each.scale
        for shown, what in ((each.city, "city"), (each.country, marks.COUNTRY.sign), (each.figure, signs)):
            wanted = [] if shown.value is None else [100 * (shown.value - low) / (high - low)]
            assert left(row, what) == pytest.approx(wanted, abs=0.01)
        percent = naive.indicators()[each.indicator_id]["unit"] == "percent"
        near = 2.0 if percent else 0.05 * (each.city.value or 0)
        ends = [
            min(100, max(0, 100 * ((each.city.value or 0) + gap - low) / (high - low)))
            for gap in (-near, near)
        ]
        (width,) = re.findall(r'<b class="band" style="left:[\d.]+%;width:([\d.]+)%', row)
        assert [left(row, "band")[0], left(row, "band")[0] + float(width)] == pytest.approx(ends, abs=0.02)


def test_a_percentage_stands_on_0_to_100_and_another_figure_says_its_ends(
    package: Package, nl: Names
) -> None:
    groups = figures(package, ProfileChoice((NORTH,), every=True))
    drawn = {group[0].indicator_id: row for row, group in zip(rows(nl, groups), groups, strict=True)}
    assert "<i>0%</i><i>100%</i>" in drawn[OVERWEIGHT]
    assert "hoger is ongunstig" in drawn[OVERWEIGHT]
    home = next(row for key, row in drawn.items() if key.endswith("WOZWaardeVanWoningen"))
    assert "<i>500.000 euro</i>" in home
    shown = scale_text(nl, groups)
    assert "minder dan 2 procentpunt" in shown
    assert "of 5% bij andere cijfers" in shown
    assert "Van 19 van deze cijfers is er geen landelijk cijfer in deze editie." in shown
    neutral = next(group[0] for group in groups if group[0].direction == "neutral")
    assert 'class="hsc-strip neutral"' in drawn[neutral.indicator_id]


def test_each_value_stands_with_its_distance_from_the_city(package: Package, en: Names) -> None:
    groups = figures(package, ProfileChoice((NORTH,), every=True))
    arrows = {
        FAVOURABLE: "more favourable",
        UNFAVOURABLE: "less favourable",
        SAME: "about the same as Leiden",
    }
    for row, (each,), told in zip(rows(en, groups), groups, tables.spine_rows(en, groups), strict=True):
        verdict = against_city(package, each)
        assert told.cells[4] == tables.against_text(en, verdict)
        said = Tags(row).text
        assert en.figure(each.figure) in said
        assert f"Leiden {en.figure(each.city)}" in said
        assert arrows.get(verdict, "") in said
        above = (each.figure.value or 0) > (each.city.value or 0)
        assert verdict in ("", SAME) or ("↑" if above else "↓") in said


def test_the_country_is_no_sign_in_the_legend_where_no_figure_has_it(package: Package, nl: Names) -> None:
    every = figures(package, ProfileChoice((NORTH,)))
    one = [group for group in every if group[0].indicator_id == OVERWEIGHT]
    assert "Nederland" in Tags(scale_legend(nl, [NORTH], every)).text
    assert "Nederland" not in Tags(scale_legend(nl, [NORTH], one)).text


def test_better_and_worse_differ_in_shape_and_in_colour() -> None:
    kinds = [marks.BY_VERDICT[verdict] for verdict in (FAVOURABLE, UNFAVOURABLE, SAME)]
    for family in (kinds, marks.BY_AREA, [*kinds, marks.CITY, marks.COUNTRY]):
        assert len({mark.symbol for mark in family}) == len(family)
        assert len({mark.sign for mark in family}) == len(family)
    assert len({mark.colour for mark in kinds}) == 3


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("ground", ["#ffffff", "#141b23"])
def test_marks_stand_out_on_light_and_on_dark(ground: str) -> None:
    """At least 3 to 1, as WCAG 2.1 (1.4.11) asks of what is drawn."""
    for mark in (*marks.BY_VERDICT.values(), *marks.BY_AREA, marks.CITY, marks.COUNTRY):
        dark, light = sorted((luminance(mark.colour), luminance(ground)))
        assert (light + 0.05) / (dark + 0.05) >= 3, mark


def test_a_published_interval_is_drawn_and_told(package: Package, en: Names) -> None:
    given = package.observations
    edited = replace(package, observations=given.assign(lower=given["value"] - 1, upper=given["value"] + 2))
    n = names_of(edited, en.w)
    groups = figures(edited, ProfileChoice((NORTH,)))
    overweight = next(group for group in groups if group[0].indicator_id == OVERWEIGHT)
    value = naive.observed(OVERWEIGHT, 2024, "18plus", NORTH) or 0.0
    (row,) = rows(n, [overweight])
    assert re.search(rf'class="bounds" style="left:{value - 1:.1f}%;width:3.0%', row)
    assert tables.interval_text(n, overweight) == f"{value - 1:.1f} – {value + 2:.1f}%"
    assert "bounds" not in str(scales(en, figures(package, ProfileChoice((NORTH,))), ""))


def test_hostile_names_are_text_on_the_scales(package: Package, en: Names) -> None:
    bad = "<img src=x onerror=alert(1)>%{x}</b>"
    hostile = replace(
        package,
        areas=package.areas.assign(name=bad),
        indicators=package.indicators.assign(name_en=bad, name_nl=bad),
    )
    n = names_of(hostile, en.w)
    groups = figures(hostile, ProfileChoice((NORTH,), every=True))
    drawn = Tags(scales(n, groups, bad))
    assert {tag for tag, _ in drawn.tags} == {
        "table",
        "caption",
        "tbody",
        "tr",
        "th",
        "td",
        "small",
        "span",
        "b",
        "i",
        "strong",
    }
    assert bad in drawn.text
    legend = Tags(scale_legend(n, [NORTH], groups))
    assert {tag for tag, _ in legend.tags} == {"ul", "li", "span"}
