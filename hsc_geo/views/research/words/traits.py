"""The traits of residents that the model behind the modelled figures uses, in words."""

from __future__ import annotations

from hsc_geo.analysis import predictors
from hsc_geo.views.kit.names import Names


def trait_name(n: Names, trait: str) -> str:
    """A trait in words; the code itself where it has none."""
    w = n.w
    names = {
        predictors.AGE: w.t("age"),
        predictors.SEX: w.t("sex"),
        predictors.ORIGIN: w.t("origin"),
        predictors.HOUSEHOLD: w.t("the household"),
        predictors.EDUCATION: w.t("education"),
        predictors.INCOME: w.t("income"),
        predictors.HOUSING: w.t("housing"),
        predictors.URBANISATION: w.t("how urban the area is"),
    }
    return names.get(trait, trait)
