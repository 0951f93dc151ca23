"""What the part of the coverage page that is open adds to its brief: it stands first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hsc_geo.analysis.access import access
from hsc_geo.analysis.guard import judge
from hsc_geo.analysis.matrix import with_ambition
from hsc_geo.analysis.need import Need
from hsc_geo.analysis.reach import people_of, reach
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD
from hsc_geo.analysis.transfer import focus_initiatives, transfer
from hsc_geo.analysis.what_if import compare
from hsc_geo.analysis.where_next import FOUND, where_next
from hsc_geo.views.coverage import answers, choices
from hsc_geo.views.coverage.answers import fitting
from hsc_geo.views.coverage.choices import BEAR, ELSEWHERE, NEAR, NEED, NEXT
from hsc_geo.views.coverage.words import access as access_words
from hsc_geo.views.coverage.words import elsewhere as elsewhere_words
from hsc_geo.views.coverage.words import what_if as what_if_words
from hsc_geo.views.coverage.words import where_next as where_next_words
from hsc_geo.views.coverage.words.composition import composed
from hsc_geo.views.coverage.words.near import places_text
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.maps import points as points_maps
from hsc_geo.views.paper import blocks as parts
from hsc_geo.views.paper.model import Block, Bullets, Heading, Paragraph
from hsc_geo.views.wording import claims
from hsc_geo.views.wording.claims import instead_text, reading_name, reason_text

Ids = tuple[str, ...]


def part_blocks(n: Names, state: PageState, ids: Ids) -> tuple[Block, ...]:
    """The blocks of the part that `state` names, for the initiatives that count; () where the
    brief has all of it anyway."""
    made: dict[str, Callable[[Names, PageState, Ids], list[Block]]] = {
        NEAR: _near,
        NEED: _need,
        NEXT: _next,
        ELSEWHERE: _elsewhere,
        BEAR: _bear,
    }
    part = made.get(state["part"])
    return tuple(part(n, state, ids)) if part else ()


def _near(n: Names, state: PageState, ids: Ids) -> list[Block]:
    """Access when places are shared."""
    w, distance, level = n.w, int(state["dist"]), state["level"]
    people, factor = people_of(state["rlife"]), state["band"]
    fit = fitting(n, state, ids)
    found = access(n.package, fit, distance, state["fca"], people, factor=float(factor))
    head = Heading(w.t("Access when places are shared"))
    if not found.placed:
        none = w.t("None of these initiatives has a known place, so access cannot be computed.")
        return [head, Paragraph(none)]
    caption = w.t(
        "Access within {n} metres by {level}, over {places} places",
        n=w.number(distance),
        level=w.t("district") if level == DISTRICT else w.t("neighbourhood"),
        places=w.number(found.places),
    )
    *areas, city = access_words.access_rows(n, found, level)  # the city first where the areas may be cut
    rows = [*areas, city] if level == DISTRICT else [city, *areas]
    columns = access_words.access_columns(n)
    strong = [rows.index(city)]
    return [
        head,
        parts.as_table(
            caption, columns, rows, strong=strong, elastic=level != DISTRICT, widths=_even(0.3, 5)
        ),
        Bullets(tuple(access_words.method_texts(n, found, state["fca"], factor))),
    ]


def _need(n: Names, state: PageState, ids: Ids) -> list[Block]:
    """On how many places the answer rests."""
    return [_places(n, state, fitting(n, state, ids))]


def _places(n: Names, state: PageState, fit: Ids) -> Paragraph:
    return Paragraph(places_text(n, reach(n.package, fit, int(state["dist"]), people_of(state["rlife"]))))


def _even(first: float, others: int) -> tuple[float, ...]:
    return (first, *[(1 - first) / others] * others)


def _next(n: Names, state: PageState, ids: Ids) -> list[Block]:
    """The best choices, and what the change that is tried out would do."""
    need, why = composed(n, state, NEIGHBOURHOOD)
    if need is None:
        return [Paragraph(why)]
    fit = fitting(n, state, ids)
    return [_places(n, state, fit), *_best(n, state, fit, need), *_what_if(n, state, fit, need)]


def _best(n: Names, state: PageState, fit: Ids, need: Need) -> list[Block]:
    w, weights = n.w, need.table["index"] / 100
    if not (weights > 0).any():
        none = w.t(
            "No neighbourhood has an index of need under these choices, so no place is better than another."
        )
        return [Paragraph(none)]
    people, places = people_of(state["rlife"]), int(state["places"])
    found = where_next(n.package, fit, int(state["dist"]), places, weights, people)
    told = Bullets(tuple(where_next_words.method_texts(n, need, found, state["ramb"], state["rlife"])))
    if found.outcome != FOUND:
        none = w.t("No new place in the middle of a neighbourhood reaches anyone more at this distance.")
        return [Paragraph(none), told]
    caption = w.tn(
        "The best choice; no other comes within 2% of it",
        "The best choices, all within 2% of the first",
        len(found.options),
    )
    rows = [where_next_words.option_row(n, rank, each) for rank, each in enumerate(found.options, 1)]
    columns, widths = where_next_words.next_columns(n), (0.1, 0.54, 0.18, 0.18)
    table = parts.as_table(caption, columns, rows, elastic=True, widths=widths)
    return [Paragraph(where_next_words.best_text(n, found)), table, told]


def _what_if(n: Names, state: PageState, fit: Ids, need: Need) -> list[Block]:
    w, change = n.w, answers.chosen(n.package, state)
    if not change.added and not change.removed:
        return []
    distance, people = int(state["dist"]), people_of(state["rlife"])
    found = compare(n.package, fit, change, distance, need.table["index"], people, state["fca"])
    rows = what_if_words.what_if_rows(n, found)
    caption = w.t(
        "Residents within {n} metres of a known place or one tried out, and access, before and after, by district",
        n=w.number(distance),
    )
    columns, strong = what_if_words.what_if_columns(n), [len(rows) - 1]
    return [
        Heading(w.t("What if")),
        Bullets((_tried(n, state), *what_if_words.slope_texts(n, found))),
        parts.as_table(caption, columns, rows, strong=strong, widths=_even(0.3, 5)),
        Paragraph(
            w.t(
                "This is who would live near, not what an initiative would bring about. A new place counts as "
                "one initiative."
            ),
            quiet=True,
        ),
    ]


def _tried(n: Names, state: PageState) -> str:
    """What is added and what is taken away, in words."""
    w = n.w
    points = [text for text in state.many("at") if points_maps.point_of(n.package, text)]
    added = "; ".join([*map(n.area, state.many("add")), *points]) or w.t("none chosen")
    less = "; ".join(map(n.initiative, state.many("less"))) or w.t("none chosen")
    return w.t("Tried out: places added in {added}; taken away: {less}.", added=added, less=less)


def _elsewhere(n: Names, state: PageState, ids: Ids) -> list[Block]:
    """The areas most alike where nothing like it is known."""
    w, level = n.w, state["level"]
    offered = [key for key in focus_initiatives(n.package) if key in set(ids)]
    chosen = [key for key in with_ambition(n.package, offered, state["ramb"]) if state["like"] in ("", key)]
    found = transfer(n.package, chosen, level, answers.NEAREST, ids)
    lead = w.t(
        "What is known in the focus districts, and the areas most alike to where it is known that "
        "have nothing like it known. It says where to ask, not what would work."
    )
    if not found:
        return [Paragraph(lead), Paragraph(_nothing(n, chosen))]
    columns, rows = elsewhere_words.transfer_columns(n), elsewhere_words.transfer_rows(n, found)
    caption = w.t("Where it could be asked for, the areas most alike first")
    widths = (0.2, 0.11, 0.12, 0.08, 0.17, 0.24, 0.08)
    table = parts.as_table(caption, columns, rows, elastic=True, widths=widths)
    return [Paragraph(lead), table, Bullets(tuple(elsewhere_words.method_texts(n, level)))]


def _nothing(n: Names, chosen: Sequence[str]) -> str:
    if not chosen:
        return n.w.t("No initiative known fits these choices.")
    return n.w.t(
        "Wherever areas are alike, something like it is known already, or nothing is known to compare by."
    )


def _bear(n: Names, state: PageState, ids: Ids) -> list[Block]:
    """The claim, whether the figures bear it and why, and what to ask instead."""
    del ids  # a claim is about figures
    w, asked = n.w, choices.reading(n, state)
    verdict = judge(n.package, asked)
    about = [claims.choice_name(n, "fig", key) for key in asked.indicator_ids]
    about += [claims.choice_name(n, "where", code) for code in asked.area_codes]
    about += [str(year) for year in asked.years]
    about += [n.initiative(asked.initiative_id)] if asked.initiative_id else []
    head = w.t("The figures bear this") if verdict.allowed else w.t("The figures do not bear this")
    instead = instead_text(n, asked, verdict)
    blocks: list[Block] = [
        Paragraph(f"{reading_name(n, asked.kind)} {'; '.join(about)}."),
        Heading(head),
        Paragraph(reason_text(n, asked, verdict)),
    ]
    told: list[Block] = [Heading(w.t("What you may ask instead")), Paragraph(instead)] if instead else []
    keys = asked.indicator_ids
    return [*blocks, *told, Bullets((*parts.caveats(n, keys), *parts.limits(n, keys)))]
