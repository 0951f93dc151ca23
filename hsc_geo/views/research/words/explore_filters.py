"""What counts in the tables of initiatives, and by what they were filtered, in words."""

from __future__ import annotations

from hsc_geo.analysis.facets import STATUS
from hsc_geo.views.kit.names import Names
from hsc_geo.views.research.choices_explore import Explored
from hsc_geo.views.wording.counted import label
from hsc_geo.views.wording.facets import facet_name, facet_title


def beside(n: Names, asked: Explored, count: int) -> str:
    """How many count, which these are and as of when, and by what they were filtered."""
    w, everyone = n.w, len(n.package.initiatives)
    of = w.t("{shown} of {total} initiatives count", shown=w.number(count), total=w.number(everyone))
    status = n.w.t("known, with the status that you chose") if dict(asked.facets).get(STATUS) else ""
    return " ".join([f"{of}: {label(n, asked.basis(n.today), status)}.", *filtered(n, asked)])


def filtered(n: Names, asked: Explored) -> list[str]:
    """The choices in words, a sentence for each facet."""
    told = [
        n.w.t(
            "{facet}: {names}.",
            facet=facet_title(n, facet),
            names=", ".join(facet_name(n, facet, code) for code in codes),
        )
        for facet, codes in asked.facets
    ]
    return [*told, *([n.w.t('With the words "{sought}".', sought=asked.text)] if asked.text else [])]
