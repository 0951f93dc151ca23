"""What works in areas alike, in words."""

from collections.abc import Sequence

from hsc_geo.analysis.similar import default_weights, left_out
from hsc_geo.analysis.transfer import Transfer
from hsc_geo.views.coverage.answers.elsewhere import Elsewhere
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.wording.freshness import named
from hsc_geo.views.wording.likeness import part_text, variable_name


def lead(n: Names) -> str:
    """What the answer says, and what not."""
    return n.w.t(
        "What is known in the focus districts, and the areas most alike to where it is known that "
        "have nothing like it known. It says where to ask, not what would work."
    )


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


def transfer_table(n: Names, answer: Elsewhere, opens: bool = False) -> Listing:
    """Where each could be asked for. opens: its rows can be chosen."""
    w = n.w
    caption = (
        w.t("Where it could be asked for, the areas most alike first; choose a row for its source")
        if opens
        else w.t("Where it could be asked for, the areas most alike first")
    )
    return Listing(caption, transfer_columns(n), transfer_rows(n, answer.found))


def transfer_columns(n: Names) -> list[Column]:
    """Columns that go with `transfer_rows`."""
    w = n.w
    return [
        Column("name", w.t("Initiative"), sortable=False),
        Column("here", w.t("Known in"), sortable=False),
        Column("there", w.t("Could be asked for in"), sortable=False),
        Column("distance", w.t("How far from alike"), numeric=True, sortable=False),
        Column("alike", w.t("Alike in"), sortable=False, wordy=True),
        Column("differs", w.t("Differs in"), sortable=False, wordy=True),
        Column("wide", w.t("City-wide ones like it"), numeric=True, sortable=False),
    ]


def transfer_rows(n: Names, found: Sequence[Transfer]) -> list[Row]:
    """A row per initiative and area."""
    return [_row(n, each) for each in found]


def _row(n: Names, each: Transfer) -> Row:
    w = n.w
    here = n.area(each.served_area)
    if each.served_as == "district" and n.package.areas.at[each.served_area, "level"] != "district":
        here = w.t("{area} (known to its district only)", area=here)
    alike = "; ".join(variable_name(n, part.key) for part in each.likeness.alike_in(2))
    differs = "; ".join(part_text(n, part) for part in each.likeness.differs_in(2))
    name = named(n, each.initiative_id)
    wide = w.number(len(each.wide)) if each.wide else w.t("none known")
    cells = [name, here, n.area(each.target_area), w.number(each.likeness.distance, 2), alike, differs, wide]
    return Row(each.initiative_id, cells, {})


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
