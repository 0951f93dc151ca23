"""Where a place more reaches most, in words."""

from hsc_geo.analysis.where_next import ALL_REACHED, NOBODY_KNOWN, Option, WhereNext
from hsc_geo.views.coverage.answers.where_next import Next
from hsc_geo.views.coverage.choices import CoverageChoice
from hsc_geo.views.coverage.words.composition import composition_texts
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.kit.words import and_text


def no_choice_text(n: Names, answer: Next, choice: CoverageChoice) -> str:
    """Why there is no best choice."""
    w = n.w
    if answer.found is None:
        return w.t(
            "No neighbourhood has an index of need under these choices, so no place is better than another."
        )
    if answer.found.outcome == NOBODY_KNOWN:
        return w.t(
            "Where a place would help cannot be said: of no neighbourhood both need and residents are known."
        )
    if choice.distance == 0:
        return w.t("At 0 metres nobody is reached; choose a longer distance.")
    if answer.found.outcome == ALL_REACHED:
        return w.t(
            "Everyone already lives within this distance of a known place, so no new place reaches anyone more."
        )
    return w.t("No new place in the middle of a neighbourhood reaches anyone more at this distance.")


def said(n: Names, answer: Next, choice: CoverageChoice) -> str:
    """The answer in a sentence: the best choice, or why there is none."""
    if answer.found is None or not answer.found.options:
        return no_choice_text(n, answer, choice)
    return best_text(n, answer.found)


def best_text(n: Names, found: WhereNext) -> str:
    """The best choice in a sentence."""
    best = found.options[0]
    return n.w.tn(
        "Most need is newly reached from {areas}: some {n} resident who lives near no known place would live near one.",
        "Most need is newly reached from {areas}: some {n} residents who live near no known place would live near one.",
        round(best.residents),
        areas=and_text(n.w, [n.area(code) for code in best.codes]),
    )


def next_columns(n: Names) -> list[Column]:
    """Columns that go with the options."""
    w = n.w
    return [
        Column("rank", w.t("Choice"), numeric=True, sortable=False),
        Column("areas", w.t("Neighbourhoods"), sortable=False),
        Column("residents", w.t("Residents newly reached"), numeric=True, sortable=False),
        Column("weighted", w.t("Weighted by need"), numeric=True, sortable=False),
    ]


def next_table(n: Names, found: WhereNext) -> Listing:
    """The choices that are as good, the best first."""
    caption = n.w.tn(
        "The best choice; no other comes within 2% of it",
        "The best choices, all within 2% of the first",
        len(found.options),
    )
    rows = [option_row(n, rank, each) for rank, each in enumerate(found.options, 1)]
    return Listing(caption, next_columns(n), rows)


def option_row(n: Names, rank: int, option: Option) -> Row:
    """A choice, by its rank."""
    w = n.w
    names = "; ".join(n.area(code) for code in option.codes)
    return Row("", [w.number(rank), names, w.number(option.residents), w.number(option.weighted)], {})


def method_texts(n: Names, answer: Next, choice: CoverageChoice) -> list[str]:
    """How the choice is made and what it cannot know."""
    w, found = n.w, answer.found
    texts = [
        w.t(
            "A new place stands in the middle of a neighbourhood. Counted is who lives within the distance of "
            "it and of no known place, weighted by the need of their neighbourhood: the maximal covering "
            "location problem (Church and ReVelle 1974), solved exactly."
        ),
        w.t("Whether there is a room, a partner or a wish for it is not in the figures."),
        *composition_texts(n, answer.need, choice),
    ]
    if found is not None and found.unknown:
        names = ", ".join(n.area(code) for code in found.unknown)
        texts.append(w.t("Not counted, because need or residents are not known: {names}.", names=names))
    return texts
