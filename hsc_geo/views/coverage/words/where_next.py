"""Where a place more reaches most, in words."""

from hsc_geo.analysis.need import Need
from hsc_geo.analysis.where_next import ALL_REACHED, Option, WhereNext
from hsc_geo.views.coverage.screen.composition import composition_texts
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Row
from hsc_geo.views.kit.state import PageState


def _no_option(n: Names, state: PageState, found: WhereNext) -> str:
    w = n.w
    if int(state["dist"]) == 0:
        return w.t("At 0 metres nobody is reached; choose a longer distance.")
    if found.outcome == ALL_REACHED:
        return w.t(
            "Everyone already lives within this distance of a known place, so no new place reaches anyone more."
        )
    return w.t("No new place in the middle of a neighbourhood reaches anyone more at this distance.")


def best_text(n: Names, found: WhereNext) -> str:
    """The best choice in a sentence."""
    best = found.options[0]
    return n.w.tn(
        "Most need is newly reached from {areas}: some {n} resident who lives near no known place would live near one.",
        "Most need is newly reached from {areas}: some {n} residents who live near no known place would live near one.",
        round(best.residents),
        areas=", ".join(n.area(code) for code in best.codes),
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


def option_row(n: Names, rank: int, option: Option) -> Row:
    """A choice, by its rank."""
    w = n.w
    names = "; ".join(n.area(code) for code in option.codes)
    return Row("", [w.number(rank), names, w.number(option.residents), w.number(option.weighted)], {})


def method_texts(
    n: Names, need: Need, found: WhereNext | None, ambition: str = "", life_stage: str = ""
) -> list[str]:
    """How the choice is made and what it cannot know."""
    w = n.w
    texts = [
        w.t(
            "A new place stands in the middle of a neighbourhood. Counted is who lives within the distance of "
            "it and of no known place, weighted by the need of their neighbourhood: the maximal covering "
            "location problem (Church and ReVelle 1974), solved exactly."
        ),
        w.t("Whether there is a room, a partner or a wish for it is not in the figures."),
        *composition_texts(n, need, ambition, life_stage),
    ]
    if found is not None and found.unknown:
        names = ", ".join(n.area(code) for code in found.unknown)
        texts.append(w.t("Not counted, because need or residents are not known: {names}.", names=names))
    return texts
