"""What the model behind the modelled figures already knows of an area: why a figure of it may not explain them.

RIVM predicts the health figures from traits of the residents (SMAP). A register figure of such a trait lies in the
model, so that the two go together whether or not they do among people: a circle. The package says so with the figure
itself (`not_for`: "income is already part of that model"). It is silent on a few that the description of the model
names; these stand in SILENT, by what is measured and not by table:

van de Kassteele J, Zwakhals L, Breugelmans O, Ameling C, van den Brink C (2017), Estimating the prevalence of 26
health-related indicators at neighbourhood level in the Netherlands using structured additive regression, International
Journal of Health Geographics 16:23, table 1: age, sex, ethnicity, marital status, type and size of the household,
capital, income and source of income of the household, home ownership, urbanisation, and the neighbourhood with those
around it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from hsc_geo.analysis.figures import concept_of
from hsc_geo.analysis.guard import MODELLED
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package

AGE, SEX, ORIGIN, HOUSEHOLD = "age", "sex", "origin", "household"
EDUCATION, INCOME, HOUSING, URBANISATION = "education", "income", "housing", "urbanisation"
TRAITS = (AGE, SEX, ORIGIN, HOUSEHOLD, EDUCATION, INCOME, HOUSING, URBANISATION)

# Concept -> trait, from table 1 of the paper, for what the package does not say of its register figures.
SILENT: Mapping[str, str] = {
    "household_size": HOUSEHOLD,
    "one_person_households": HOUSEHOLD,
    "households_with_children": HOUSEHOLD,
    "net_labour_participation": INCOME,  # the source of the income: a salary, a business, a benefit
    "address_density": URBANISATION,
    "degree_of_urbanisation": URBANISATION,
    "men": SEX,
    "women": SEX,
}

_SAID = re.compile(r"(\w+) is already part of (?:that|the) model")


@per_package(maxsize=256)
def trait_of(package: Package, indicator_id: str) -> str:
    """The trait (one of TRAITS) of a figure that the model behind the modelled ones uses; '' where it is none, or is
    modelled itself. Raises KeyError for an unknown indicator."""
    row = package.indicators.loc[indicator_id]
    if str(row["kind"]) == MODELLED:
        return ""
    said = _SAID.search(str(row["not_for_en"]))
    return said[1] if said else SILENT.get(concept_of(package, indicator_id), "")
