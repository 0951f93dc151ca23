"""What works in areas alike, in words."""

from collections.abc import Sequence

from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.analysis.similar import default_weights, left_out
from hsc_geo.analysis.transfer import Transfer
from hsc_geo.domain.areas import district_of, level_of
from hsc_geo.views.coverage.answers.elsewhere import Elsewhere
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.wording import freshness
from hsc_geo.views.wording.likeness import part_text, variable_name


def said(n: Names, answer: Elsewhere) -> str:
    """The answer in a sentence, and what it does not say."""
    w, could = n.w, len(answer.by_initiative)
    if not could:
        return nothing_text(n, answer)
    if could == len(answer.chosen):
        return w.tn(
            "The {n} initiative in the focus districts could be asked for elsewhere: nothing like it is known there.",
            "All {n} initiatives in the focus districts could be asked for elsewhere: nothing like them is known "
            "there.",
            could,
        )
    total = w.number(len(answer.chosen))
    return w.tn(
        "Of {total} initiatives in the focus districts, {n} could be asked for elsewhere: there nothing like it is "
        "known.",
        "Of {total} initiatives in the focus districts, {n} could be asked for elsewhere: there nothing like them is "
        "known.",
        could,
        total=total,
    )


def lead(n: Names) -> str:
    """What the answer is not."""
    return n.w.t("It says where to ask, not what would work.")


def nothing_text(n: Names, answer: Elsewhere) -> str:
    """Why there is no table."""
    w = n.w
    if not answer.offered:
        return w.t("None of the initiatives that count is known to serve a focus district.")
    if not answer.chosen:
        return w.t("No initiative known in a focus district has this ambition.")
    return w.t(
        "Wherever areas are alike, something like it is known already, or nothing is known to compare by."
    )


def transfer_table(n: Names, answer: Elsewhere) -> Listing:
    """Each initiative once, with where it could be asked for."""
    w = n.w
    columns = [
        Column("name", w.t("Initiative"), sortable=False),
        Column("here", w.t("Known in"), sortable=False),
        Column("there", w.t("Could be asked for in"), sortable=False),
        Column("wide", w.t("City-wide ones like it"), numeric=True, sortable=False),
    ]
    rows = [_row(n, key, found) for key, found in answer.by_initiative.items()]
    return Listing(w.t("Where it could be asked for, the areas most alike first"), columns, rows)


def _row(n: Names, key: str, found: Sequence[Transfer]) -> Row:
    w, wide = n.w, len(found[0].wide)
    here = ", ".join(dict.fromkeys(_known_in(n, each) for each in found))
    there = ", ".join(n.area(each.target_area) for each in found)
    return Row(key, [freshness.named(n, key), here, there, w.number(wide) if wide else w.t("none known")], {})


def _known_in(n: Names, each: Transfer) -> str:
    """Where it is known: the area, or its district where no more is known."""
    if each.served_as == DISTRICT and level_of(each.served_area) != DISTRICT:
        return n.area(district_of(each.served_area))
    return n.area(each.served_area)


def alike_table(n: Names, found: Sequence[Transfer]) -> Listing:
    """What makes the areas alike where one initiative could be asked for."""
    w = n.w
    columns = [
        Column("there", w.t("Could be asked for in"), sortable=False),
        Column("alike", w.t("Alike in"), sortable=False),
        Column("differs", w.t("Differs in"), sortable=False),
    ]
    return Listing(
        w.t("How these areas are alike, and how not"), columns, [_alike_row(n, each) for each in found]
    )


def _alike_row(n: Names, each: Transfer) -> Row:
    alike = "; ".join(variable_name(n, part.key) for part in each.likeness.alike_in(2))
    differs = "; ".join(part_text(n, part) for part in each.likeness.differs_in(2))
    return Row("", [n.area(each.target_area), alike, differs], {})


def method_texts(n: Names, level: str) -> list[str]:
    """What makes areas alike, with the weights, and who is left out."""
    w = n.w
    weights = default_weights(n.package)
    total = sum(weights.values())
    parts = [
        f"{variable_name(n, key)} {w.value(100 * weight / total, 'percent', 0)}"
        for key, weight in weights.items()
    ]
    gone = left_out(n.package, level)
    texts = [
        w.t("Like it: with an ambition and a kind of activity in common."),
        w.t(
            "Areas are alike by these figures, in standard deviations, with these weights: {parts}.",
            parts="; ".join(parts),
        ),
        w.t(
            "The figures on health are estimated from who lives there, so they say partly the same as the others."
        ),
        w.t(
            "What is known to a district only may work in any part of it. City-wide ones may reach an area as well."
        ),
    ]
    if gone:
        names = ", ".join(n.area(code) for code in gone)
        texts.append(w.t("Not compared, with too few residents or figures: {names}.", names=names))
    return texts
