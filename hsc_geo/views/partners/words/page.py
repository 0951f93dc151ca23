"""The questions of the page."""

from __future__ import annotations

from hsc_geo.views.kit.links import ENDING, MISSING, NEAR, NEIGHBOURS, ORGANISATION
from hsc_geo.views.kit.words import Words


def part_names(w: Words) -> dict[str, str]:
    """The questions of the page; one is on the screen at a time."""
    return {
        NEAR: w.t("Who is near?"),
        NEIGHBOURS: w.t("Who resembles us?"),
        ORGANISATION: w.t("What does an organisation do?"),
        MISSING: w.t("Who is missing?"),
        ENDING: w.t("What may end?"),
    }
