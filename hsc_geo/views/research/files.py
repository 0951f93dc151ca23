"""The files of an answer: its rows with what they mean, and its pictures."""

from __future__ import annotations

import pandas as pd

from hsc_geo.analysis import export
from hsc_geo.domain.text import carriable
from hsc_geo.views.kit.names import Names
from hsc_geo.views.paper import map_svg, plot_svg, svg
from hsc_geo.views.paper.foot import line
from hsc_geo.views.paper.model import Map, Plot
from hsc_geo.views.paper.take import SVG, stem_of
from hsc_geo.views.research.result import Result
from hsc_geo.views.wording import cite


def bundle(n: Names, found: Result, cited: cite.Citation) -> export.Bundle:
    """The rows of an answer as tables of plain values, with what each column means and how to cite them."""
    dictionary = pd.DataFrame(
        {"column": list(found.columns), "meaning": list(found.columns.values())}, dtype=object
    )
    about = {
        "title": found.title,
        "answer": found.said,
        "counted": found.beside,
        "not_to_conclude": " ".join(found.warnings),
        "method": " ".join(found.method),
        "sources": " ".join(found.sources),
        "snapshot": cited.edition,
        "contract_version": cited.contract,
        "taken_on": cited.day.isoformat(),
        "counted_from": n.today.isoformat(),
        "language": n.w.code,
        "address": cited.address,
        "citation": cite.apa(n, cited),
    }
    tables = {"rows": found.rows, **found.more, "dictionary": dictionary}
    return export.Bundle(tables, {key: carriable(value) for key, value in about.items()})


def picture(n: Names, found: Result, shown: Plot | Map, form: str) -> bytes:
    """A plot or a map as a picture that stands alone, with what it says above it and where it comes from below; form:
    `svg` or `png`."""
    source = " ".join([*found.sources, line(n.w, n.package.snapshot, n.today)])
    texts = (found.title, found.said, source)
    drawn = (
        map_svg.poster(n.package, shown, *texts) if isinstance(shown, Map) else plot_svg.poster(shown, *texts)
    )
    if form == SVG:
        return svg.held(drawn).encode()
    from hsc_geo.views.paper.pdf import to_png  # only when asked: it brings a compiler

    return to_png(drawn)


def stem(n: Names, title: str) -> str:
    """How the files of an answer are called: what was asked, and the edition."""
    return f"hsc-geo-{stem_of(title)}-{stem_of(n.package.snapshot)}"
