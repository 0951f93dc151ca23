"""What the model behind the modelled figures knows: the package says it, or the table of the paper does."""

from __future__ import annotations

import re

from hsc_geo.analysis.figures import concept_of
from hsc_geo.analysis.guard import MODELLED
from hsc_geo.analysis.predictors import SILENT, TRAITS, URBANISATION, trait_of
from hsc_geo.data.load import Package


def test_every_figure_of_which_the_package_says_it_has_a_trait(package: Package) -> None:
    told = package.indicators["not_for_en"].astype(str)
    in_model = told.index[told.str.contains("part of that model|part of the model") & ~_modelled(package)]
    assert len(in_model) >= 40
    assert {trait_of(package, key) for key in in_model} <= set(TRAITS)


def test_income_wealth_and_poverty_are_of_the_income_that_the_model_uses(package: Package) -> None:
    keys = ("85984NED-GemiddeldInkomenPerInwoner", "85984NED-PersonenInArmoede")
    assert {trait_of(package, key) for key in (*keys, "85984NED-MediaanVermogenVanParticuliereHuish")} == {
        "income"
    }


def test_the_package_names_the_traits_in_the_method_of_each_modelled_figure(package: Package) -> None:
    methods = package.indicators.loc[_modelled(package), "method_en"].astype(str).unique()
    named = {
        trait
        for text in methods
        for trait in re.split(r", | and ", re.search(r"predicts the figure from ([^.]+)\.", text)[1])
    }
    assert named == set(TRAITS) - {URBANISATION}  # that one only the paper tells


def test_the_table_is_for_what_the_package_is_silent_on(package: Package) -> None:
    concepts = {key: concept_of(package, key) for key in package.indicators.index}
    assert set(SILENT) <= set(concepts.values())
    assert {SILENT[each] for each in SILENT} <= set(TRAITS)
    for key, concept in concepts.items():
        if concept in SILENT:
            assert "part of that model" not in package.indicators.at[key, "not_for_en"]
            assert trait_of(package, key) == SILENT[concept]


def test_what_is_modelled_or_no_trait_of_residents_has_none(package: Package) -> None:
    distance = "85984NED-AfstandTotHuisartsenpraktijk"
    assert {trait_of(package, key) for key in ("50150NED-RooktTabak", distance)} == {""}


def _modelled(package: Package):
    return package.indicators["kind"] == MODELLED
