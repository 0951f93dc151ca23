"""What stands with every part of coverage: the parts themselves, how many initiatives count, how fresh they are."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from hsc_geo.analysis import matrix
from hsc_geo.analysis.matrix import Basis
from hsc_geo.views.coverage.answers.counted import counted
from hsc_geo.views.coverage.choices import BEAR, ELSEWHERE, KNOWN, NEAR, NEED, NEXT, CoverageChoice
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import Words
from hsc_geo.views.wording.counted import label


def part_names(w: Words) -> dict[str, str]:
    """The parts of the page, each a question; one is on the screen at a time."""
    return {
        KNOWN: w.t("What is there?"),
        NEAR: w.t("Who lives near?"),
        NEED: w.t("Where does it fall short?"),
        NEXT: w.t("Where would it help?"),
        ELSEWHERE: w.t("What could come from elsewhere?"),
        BEAR: w.t("What can this figure (not) say?"),
    }


def count_text(n: Names, ids: Sequence[str]) -> str:
    """How many of the register's initiatives count."""
    w, total = n.w, len(n.package.initiatives)
    return w.t("{shown} of {total} initiatives count", shown=w.number(len(ids)), total=w.number(total))


def say_counted(n: Names, choice: CoverageChoice) -> Markup:
    """The same with the rule that counts them, beside the sentence of an answer."""
    said = f"{count_text(n, counted(n, choice))}: {label(n, choice.basis)}."
    return markup('<span id="counted">{}</span>', said)


def evidence_texts(n: Names, basis: Basis) -> list[str]:
    """How precisely evidence is dated, and what follows from that for who counts as confirmed."""
    w = n.w
    known = matrix.evidence(n.package, n.today)["precision"].value_counts()
    texts = [
        w.t(
            "{confirmed} initiatives were confirmed, on a known day. Of the others the newest evidence is known to the "
            "month for {month} and to the year for {year}; {undated} carry no date.",
            confirmed=w.number(known.get(matrix.CONFIRMED, 0)),
            month=w.number(known.get("month", 0)),
            year=w.number(known.get("year", 0)),
            undated=w.number(known.get("", 0)),
        ),
        w.t("A year counts from its January, so that nothing is called confirmed too soon."),
        w.t("Months are counted back from {date}.", date=w.date(n.today)),
        w.t("An old entry is not an ended initiative: nobody confirmed it since."),
    ]
    unsure = len(matrix.doubtful(n.package, basis))
    if unsure:
        texts.append(
            w.tn(
                "{n} more may be confirmed as well: only the year of its evidence is known.",
                "{n} more may be confirmed as well: only the year of their evidence is known.",
                unsure,
            )
        )
    return texts
