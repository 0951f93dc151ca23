"""A brief on a policy question: the question as it was typed, the figures with their sources, what is known, and what
is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hsc_geo.analysis import matrix, profile
from hsc_geo.analysis.matrix import evidence
from hsc_geo.analysis.partners import ambition_codes, to_invite
from hsc_geo.analysis.profile import ADULTS, check_level
from hsc_geo.analysis.summary import CAVEAT, summary
from hsc_geo.domain.text import carriable
from hsc_geo.views.brief.kenniscafe import empty_name, here, kind, known_short, known_text, with_about
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import lower_first
from hsc_geo.views.paper import blocks
from hsc_geo.views.paper.model import Block, Bullets, Document, Heading, Paragraph
from hsc_geo.views.profile import paper_figures
from hsc_geo.views.profile.answers import Groups, core_figures
from hsc_geo.views.profile.choices import ProfileChoice
from hsc_geo.views.profile.paper import known_table
from hsc_geo.views.profile.summary import missing_figures_text, sentences
from hsc_geo.views.wording.asked import asked_plain
from hsc_geo.views.wording.own_area import definitions

LONGEST_QUESTION = 300


def policy_lab(
    n: Names, question: str, area_code: str, ambition: str, link: str, today: dt.date, age_group: str = ADULTS
) -> Document:
    """The brief for a district or neighbourhood; `ambition` '' takes all of them. The question is shown as typed,
    cut at LONGEST_QUESTION letters, and stored nowhere.

    Raises KeyError for an unknown area, ValueError for one that is neither district nor neighbourhood.
    """
    w = n.w
    check_level(n.package, area_code)
    core = core_figures(n.package, ProfileChoice((area_code,), age_group=age_group))
    purpose = w.t(
        "For a policy question: the figures of {area}, what is known and what is not.", area=n.area(area_code)
    )
    return Document(
        kind="policylab",
        place="-".join(part for part in (area_code, ambition) if part),
        title=with_about(n, w.t("Policy Lab: {area}", area=n.area(area_code)), ambition),
        subtitle=f"{purpose} {known_short(n, area_code, ambition)}",
        beside=kind(n, area_code),
        language=w.code,
        link=link,
        snapshot=n.package.snapshot,
        date=today,
        blocks=(
            Heading(w.t("The question")),
            Paragraph(asked(question) or w.t("No question was typed.")),
            *_figures(n, area_code, core),
            *_known(n, area_code, ambition, age_group),
            *_unknown(n, area_code, ambition, core),
            *_listed(n, area_code, ambition),
        ),
        sources=(*paper_figures.sources(n, core), blocks.register_source(n)),
        caveats=(*definitions(n, [area_code]), blocks.absence(n), *paper_figures.limits(n, core)),
    )


def asked(question: str) -> str:
    """The question on one line, of at most LONGEST_QUESTION letters."""
    text = " ".join(carriable(question[: 4 * LONGEST_QUESTION]).split())
    return text if len(text) <= LONGEST_QUESTION else text[:LONGEST_QUESTION].rstrip() + "…"


def _figures(n: Names, area_code: str, core: Groups) -> list[Block]:
    w = n.w
    if not core:
        return [Paragraph(w.t("No core figure is published at this level."))]
    return [
        Heading(w.t("The figures")),
        paper_figures.chart(n, [area_code], core),
        paper_figures.core_table(n, area_code, core),
    ]


def _known(n: Names, area_code: str, ambition: str, age_group: str) -> list[Block]:
    said = [each for each in summary(n.package, area_code, n.today, age_group) if each.code != CAVEAT]
    about = [known_text(n, area_code, ambition)] if ambition else []
    asked_for = [ambition] if ambition else ambition_codes(n.package)
    return [
        Heading(n.w.t("What is known")),
        Bullets((*sentences(n, said), *about, *asked_plain(n, area_code, asked_for))),
    ]


def _unknown(n: Names, area_code: str, ambition: str, core: Groups) -> list[Block]:
    texts = unknown_texts(n, area_code, ambition, core)
    return [Heading(n.w.t("What is not known")), Bullets(tuple(texts))]


def unknown_texts(n: Names, area_code: str, ambition: str, core: Groups) -> list[str]:
    """What the figures and the register leave open, each as a sentence."""
    w = n.w
    return [
        *_missing_figures(n, core),
        *_precision(n, core),
        w.t("Whether an initiative has an effect: these figures cannot show that."),
        *_ambitions_without(n, area_code, ambition),
        *_partners(n, area_code),
        *_undated(n, here(n, area_code, ambition)),
    ]


def _missing_figures(n: Names, core: Groups) -> list[str]:
    gone = [group[0] for group in core if group[0].figure.value is None]
    return [missing_figures_text(n, gone)] if gone else []


def _precision(n: Names, core: Groups) -> list[str]:
    open_ended = any(
        n.interval_note(group[0].indicator_id) and group[0].figure.lower is None for group in core
    )
    text = n.w.t("How precise the modelled figures are: this edition has no interval.")
    return [text] if open_ended else []


def _ambitions_without(n: Names, area_code: str, ambition: str) -> list[str]:
    lines = profile.initiatives_by_ambition(n.package, area_code)
    empty = [line.ambition for line in lines if not line.here and ambition in ("", line.ambition)]
    if not empty:
        return []
    names = "; ".join(empty_name(n, area_code, code) for code in empty)
    text = n.w.t(
        "Whether there are initiatives in {area} for {ambitions}: none is known.",
        area=n.area(area_code),
        ambitions=names,
    )
    return [text]


def _partners(n: Names, area_code: str) -> list[str]:
    kinds = to_invite(profile.missing_kinds(n.package, area_code))
    if not kinds:
        return []
    names = ", ".join(lower_first(n.term("sector", kind.sector)) for kind in kinds)
    return [
        n.w.t(
            "Whether these kinds of partner are active in {area}: {kinds}.",
            area=n.area(area_code),
            kinds=names,
        )
    ]


def _undated(n: Names, ids: Sequence[str]) -> list[str]:
    known = evidence(n.package, n.today)["precision"]
    count = sum(str(known.at[key]) == "" for key in ids)
    if not count:
        return []
    text = n.w.tn(
        "Whether {n} initiative still runs: its evidence carries no date.",
        "Whether {n} initiatives still run: their evidence carries no date.",
        count,
    )
    return [text]


def _listed(n: Names, area_code: str, ambition: str) -> list[Block]:
    ids = matrix.newest_first(n.package, n.today, here(n, area_code, ambition))
    return [known_table(n, ids, ambition)] if ids else []
