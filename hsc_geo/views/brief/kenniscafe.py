"""A pack for a Kenniscafé: a map, what is known, three questions that follow from it, and whom to invite."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hsc_geo.analysis import matrix, profile
from hsc_geo.analysis.counting import count_for
from hsc_geo.analysis.matrix import BANDS, SPANS, Basis, counted, freshness_bands, with_ambition
from hsc_geo.analysis.partners import to_invite
from hsc_geo.analysis.profile import ADULTS, AmbitionLine, PartnerKind, check_level
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import lower_first, upper_first
from hsc_geo.views.paper import blocks
from hsc_geo.views.paper.model import Beside, Block, Bullets, Document, Heading, Paragraph
from hsc_geo.views.profile import paper_figures
from hsc_geo.views.profile.answers import Groups, core_figures
from hsc_geo.views.profile.choices import ProfileChoice
from hsc_geo.views.profile.paper import ambitions_table, known_table
from hsc_geo.views.wording.area import kind_line
from hsc_geo.views.wording.asked import asked_on
from hsc_geo.views.wording.counted import sentence
from hsc_geo.views.wording.missing import none_missing_text
from hsc_geo.views.wording.own_area import definitions

NAMED = 3  # organisations named per kind of partner
OLD = BANDS[2:]  # more than SPANS[1] months ago, or undated


def kenniscafe(
    n: Names, area_code: str, ambition: str, link: str, today: dt.date, age_group: str = ADULTS
) -> Document:
    """The pack for a district or neighbourhood; `ambition` '' takes all of them.

    Raises KeyError for an unknown area, ValueError for one that is neither district nor neighbourhood.
    """
    w = n.w
    check_level(n.package, area_code)
    core = core_figures(n.package, ProfileChoice((area_code,), age_group=age_group))
    purpose = w.t(
        "For the table: what is known in {area}, three questions and whom to invite.", area=n.area(area_code)
    )
    return Document(
        kind="kenniscafe",
        place="-".join(part for part in (area_code, ambition) if part),
        title=with_about(n, w.t("Kenniscafé: {area}", area=n.area(area_code)), ambition),
        subtitle=f"{purpose} {known_short(n, area_code, ambition)}",
        beside=kind(n, area_code),
        language=w.code,
        link=link,
        snapshot=n.package.snapshot,
        date=today,
        blocks=(
            *_opening(n, area_code, ambition),
            *_figures(n, area_code, core),
            *_invite(n, area_code),
            *_listed(n, area_code, ambition),
        ),
        sources=(*paper_figures.sources(n, core), blocks.register_source(n), blocks.boundary_source(n)),
        caveats=(*definitions(n, [area_code]), blocks.absence(n), *paper_figures.limits(n, core)),
    )


def with_about(n: Names, title: str, ambition: str) -> str:
    """The title of a paper with the ambition that it is about, where there is one."""
    return f"{title}, {lower_first(n.term('ambition', ambition))}" if ambition else title


def known_short(n: Names, area_code: str, ambition: str) -> str:
    """How many initiatives are known for the area."""
    count = count_for(n.package, area_code, ambition=ambition).number
    some = n.w.tn("{n} initiative is known here.", "{n} initiatives are known here.", count)
    none = n.w.t("None is known here yet.")
    return some if count else none


def kind(n: Names, area_code: str) -> str:
    """What kind of area it is, and how many live there."""
    return kind_line(n, area_code).removesuffix(f" · {area_code}")


def questions(n: Names, area_code: str, ambition: str = "") -> tuple[str, str, str]:
    """Three questions for the table: on the ambitions, on the partners, and on what nobody confirmed lately.

    Each follows from what is known and what is not; none says that something is absent.
    """
    lines = profile.initiatives_by_ambition(n.package, area_code)
    kinds = profile.missing_kinds(n.package, area_code)
    return (
        _on_ambitions(n, area_code, ambition, lines),
        _on_partners(n, area_code, kinds),
        _on_age(n, area_code, here(n, area_code, ambition)),
    )


def here(n: Names, area_code: str, ambition: str) -> list[str]:
    """The initiatives known to serve the area, for the ambition where one is given."""
    known = profile.known_here(n.package, area_code)
    return list(with_ambition(n.package, known, ambition))


def _on_ambitions(n: Names, area_code: str, ambition: str, lines: Sequence[AmbitionLine]) -> str:
    w, area = n.w, n.area(area_code)
    asked = [line for line in lines if line.ambition == ambition] if ambition else list(lines)
    empty = [empty_name(n, area_code, line.ambition) for line in asked if not line.here]
    if empty:
        return w.t(
            "For {ambitions} no initiative is known that serves {area}. Who at this table knows one, and who could "
            "begin if there is none?",
            ambitions="; ".join(empty),
            area=area,
        )
    names = "; ".join(
        lower_first(n.term("ambition", line.ambition)) for line in asked if line.ambition != "none"
    )
    return w.tn(
        "{n} initiative is known to serve {area} for {ambitions}. With whom does it work together, and whom does it "
        "not reach yet?",
        "{n} initiatives are known to serve {area} for {ambitions}. Which of them work together, and whom do they not "
        "reach yet?",
        len({key for line in asked for key in line.here}),
        area=area,
        ambitions=names,
    )


def empty_name(n: Names, area_code: str, ambition: str) -> str:
    """An ambition for which none is known, with the day on which someone asked for it."""
    name, was_asked = lower_first(n.term("ambition", ambition)), asked_on(n, area_code, ambition)
    return f"{name} ({was_asked})" if was_asked else name


def _on_partners(n: Names, area_code: str, kinds: Sequence[PartnerKind]) -> str:
    w, area = n.w, n.area(area_code)
    gone = [lower_first(n.term("sector", kind.sector)) for kind in to_invite(kinds)]
    if gone:
        return w.t(
            "{kinds}: known in the city, in no initiative that is known to serve {area}. What could they add here, and "
            "who asks them?",
            kinds=upper_first(", ".join(gone)),
            area=area,
        )
    if n.empty:
        return none_missing_text(n, area)
    return w.t(
        "Every kind of partner is known to take part in {area}. Do they know of each other, and where can one refer to "
        "another?",
        area=area,
    )


def _on_age(n: Names, area_code: str, ids: Sequence[str]) -> str:
    w, area = n.w, n.area(area_code)
    old = [key for key in ids if _is_old(n, key)]
    if old:
        return w.tn(
            "The {n} initiative known here was not seen or confirmed in the {months} months up to {date}. Does it "
            "still run, and who can confirm it?",
            "Of the {n} initiatives known here {old} were not seen or confirmed in the {months} months up to {date}. "
            "Which of them still run, and who can confirm it?",
            len(ids),
            old=w.number(len(old)),
            months=SPANS[1],
            date=w.date(n.today),
        )
    if ids:
        return w.t("Everything known here was confirmed lately. What is missing from the list?")
    return w.t(
        "No initiative of its own is known for {area}. Does what is there for the whole city and the region reach the "
        "residents of {area}, and how does one know?",
        area=area,
    )


def _is_old(n: Names, key: str) -> bool:
    return str(freshness_bands(n.package, n.today).at[key]) in OLD


def _opening(n: Names, area_code: str, ambition: str) -> list[Block]:
    w = n.w
    ids = with_ambition(n.package, counted(n.package, Basis()), ambition)
    asked = tuple(f"{i}. {text}" for i, text in enumerate(questions(n, area_code, ambition), start=1))
    right: list[Block] = [Heading(w.t("Three questions for the table")), *(Paragraph(text) for text in asked)]
    right.append(Paragraph(known_text(n, area_code, ambition)))
    right.append(ambitions_table(n, ProfileChoice((area_code,))))
    return [Beside((blocks.known_map(n, [area_code], ids, ids),), tuple(right), 0.48)]


def known_text(n: Names, area_code: str, ambition: str) -> str:
    """The one number of the area, for the ambition where one is given, and what is there for more than it."""
    said = sentence(n, count_for(n.package, area_code, ambition=ambition), area_code)
    return f"{n.term('ambition', ambition)}. {said}" if ambition else said


def _figures(n: Names, area_code: str, core: Groups) -> list[Block]:
    if not core:
        return []
    head = n.w.t("Figures beside the city and the country")
    return [
        Heading(head),
        paper_figures.core_table(n, area_code, core),
    ]


def _invite(n: Names, area_code: str) -> list[Block]:
    w = n.w
    kinds = to_invite(profile.missing_kinds(n.package, area_code))
    head = Heading(w.t("Whom to invite besides those who work here"))
    if not kinds:
        everyone = w.t("Every kind of partner of the register is known to take part here already.")
        return [head, Paragraph(none_missing_text(n, n.area(area_code)) if n.empty else everyone)]
    return [head, Bullets(tuple(_kind(n, kind) for kind in kinds))]


def _kind(n: Names, kind: PartnerKind) -> str:
    names = [str(n.package.organisations.at[key, "name"]) for key in kind.organisations]
    shown = ", ".join(names[:NAMED])
    rest = len(names) - NAMED
    more = n.w.tn(" and {n} more", " and {n} more", rest) if rest > 0 else ""
    title = n.term("sector", kind.sector)
    return f"{title}: {shown}{more}" if shown else title


def _listed(n: Names, area_code: str, ambition: str) -> list[Block]:
    ids = matrix.newest_first(n.package, n.today, here(n, area_code, ambition))
    if not ids:
        return [Paragraph(n.w.t("No initiative known here under these choices."))]
    return [known_table(n, ids, ambition)]
