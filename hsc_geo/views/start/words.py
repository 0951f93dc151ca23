"""What the start page says: where least is known beside the city, what each cell means and why, what changed lately."""

from __future__ import annotations

from collections.abc import Sequence

from hsc_geo.analysis.figures import NOT_PUBLISHED, has_intervals
from hsc_geo.analysis.focus import Comparison, Freshness
from hsc_geo.analysis.gaps import GAP, NO_SIGN, RULES, UNCERTAIN, Gaps
from hsc_geo.analysis.lately import Lately
from hsc_geo.analysis.matrix import ALL
from hsc_geo.analysis.need_beside import INDISTINCT
from hsc_geo.views.coverage.words.bivariate import needs
from hsc_geo.views.coverage.words.verdict import (
    SIGNS,
    need_beside_text,
    rule_name,
    verdict_name,
    verdict_text,
)
from hsc_geo.views.kit.intervals import rule_text, shown_text
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.kit.words import and_text, lower_first
from hsc_geo.views.start.answers import Cockpit
from hsc_geo.views.wording import counted
from hsc_geo.views.wording.asked import asked_on

NAMED = 3  # initiatives named of what changed


def title(n: Names) -> str:
    """The head of the page."""
    return n.w.t("Health in {city}, by district", city=n.here.name)


def paper_title(n: Names, found: Cockpit) -> str:
    """The head of the paper: which districts it is about."""
    names = " · ".join(n.area_or_focus(area) for area in found.areas)
    return n.w.t("{areas}: what is known", areas=names)


def answer(n: Names, found: Cockpit) -> str:
    """For each focus district the ambitions with least known beside the city; of an empty register that it is."""
    if n.empty:
        return " ".join((empty(n), _neediest(n, found)))
    return " ".join(_least(n, found, area) for area in found.areas)


def empty(n: Names) -> str:
    """That the register holds nothing yet, which is not that there is nothing."""
    return n.w.t("No initiative is in the register yet. That does not say that there is none.")


def _neediest(n: Names, found: Cockpit) -> str:
    areas = and_text(n.w, [n.area_or_focus(area) for area in found.areas])
    if not found.gaps.get(ALL) or not areas:
        return ""
    if found.named:
        return n.w.t("Looked at first: {areas}.", areas=areas)
    return n.w.t("By health figures, need is highest in {areas}.", areas=areas)


def _least(n: Names, found: Cockpit, area: str) -> str:
    w, least = n.w, found.least(area)
    first = (found.areas[0], least[0])
    *before, last = (_part(n, found, area, each, named=(area, each) == first) for each in least)
    named = w.t("{others} and {last}", others=", ".join(before), last=last) if before else last
    return w.t("In {area} least is known for {ambitions}.", area=n.area_or_focus(area), ambitions=named)


def _part(n: Names, found: Cockpit, area: str, ambition: str, named: bool) -> str:
    """`a healthy weight (5 of the 22)`; named: with the name of the city."""
    w, here, whole = n.w, found.counts[area, ambition].number, found.counts[found.city, ambition].number
    said = {
        "ambition": lower_first(n.term("ambition", ambition)),
        "n": w.number(here) if here else w.t("none"),
        "total": w.number(whole),
        "city": n.area(found.city),
    }
    if not whole:
        return w.t("{ambition} (none known in any district)", **said)
    if named:
        return w.t("{ambition} ({n} of the {total} in {city})", **said)
    return w.t("{ambition} ({n} of the {total})", **said)


def beside(n: Names, found: Cockpit) -> str:
    """What counts, as of when, and what an absence means; without focus districts also why these districts."""
    told = n.w.t("No focus districts are named; the districts with most need stand in for them.")
    return " ".join(filter(None, ("" if found.named else told, _counted(n))))


def _counted(n: Names) -> str:
    return n.w.t("Counted: {label}. None known is not the same as none.", label=counted.label(n))


def caption(n: Names) -> str:
    """What the matrix is of."""
    return n.w.t("Initiatives known, by district and ambition")


def row_names(n: Names, found: Cockpit) -> dict[str, str]:
    """The rows: the focus districts, and the municipality as total of what its districts have."""
    names = {area: n.area_or_focus(area) for area in found.areas}
    return {**names, found.city: n.w.t("{city}, all districts together", city=n.area(found.city))}


def wide_name(n: Names) -> str:
    """The last row: what no district has for itself."""
    return n.w.t("For the whole city or the region")


def known(n: Names, count: int) -> str:
    """`9 known`; never a bare zero."""
    return n.w.t("{n} known", n=n.w.number(count)) if count else n.w.t("none known")


def number(n: Names, found: Cockpit, area: str, ambition: str) -> str:
    """The one number of a cell."""
    return known(n, found.counts[area, ambition].number)


def state(n: Names, found: Cockpit, area: str, ambition: str) -> str:
    """`? uncertain`: what a cell says beside its number; '' where there is no sign of a gap."""
    verdict = found.verdict(area, ambition)
    if verdict == NO_SIGN:
        return ""
    return " ".join(filter(None, (SIGNS.get(verdict, ""), verdict_name(n, verdict))))


def meaning(n: Names) -> str:
    """What the words in the cells mean."""
    return n.w.t(
        "{gap_sign} {gap}: need is high and little is known. {doubt_sign} {doubt}: that may be so. Press a cell for "
        "the reason.",
        gap_sign=SIGNS[GAP],
        gap=verdict_name(n, GAP),
        doubt_sign=SIGNS[UNCERTAIN],
        doubt=verdict_name(n, UNCERTAIN),
    )


def cell_title(n: Names, area: str, ambition: str) -> str:
    """Of what the reason is."""
    return f"{n.area_or_focus(area)}: {lower_first(n.term('ambition', ambition))}"


def reasons(n: Names, found: Cockpit, area: str, ambition: str) -> list[str]:
    """Why a cell says what it says: the one number with what stands beside it, that someone asked and found none, and
    what each rule says."""
    count = found.counts[area, ambition]
    asked = "" if count.number else asked_on(n, area, ambition)
    told = [counted.sentence(n, count, area), f"{asked[:1].upper()}{asked[1:]}." if asked else ""]
    return [text for text in (*told, *verdicts(n, found, area, ambition)) if text]


def verdicts(n: Names, found: Cockpit, area: str, ambition: str) -> list[str]:
    """What each rule says of a cell, and why; nothing where there is no index of need."""
    gaps = found.gaps.get(ambition)
    if gaps is None:
        return []
    return [_rule(n, gaps, area, rule) for rule in RULES]


def doubts(n: Names, found: Cockpit, area: str, ambition: str) -> list[str]:
    """The same of the rules that say gap or uncertain."""
    gaps = found.gaps.get(ambition)
    rules = [rule for rule in RULES if gaps and gaps.verdict(area, rule) in (GAP, UNCERTAIN)]
    return [_rule(n, gaps, area, rule) for rule in rules if gaps]


def _rule(n: Names, gaps: Gaps, area: str, rule: str) -> str:
    return f"{rule_name(n, rule, gaps.distance)}: {verdict_text(n, gaps, area, rule)}."


def matrix(n: Names, found: Cockpit) -> Listing:
    """The same as a table of words, for paper."""
    columns = [
        Column("name", n.w.t("Area")),
        *(Column(each, n.term("ambition", each), wordy=True) for each in found.ambitions),
        Column("all", n.w.t("Any ambition"), wordy=True),
    ]
    keys = (*found.ambitions, ALL)
    rows = [
        Row("", [name, *(_cell(n, found, area, key) for key in keys)], {})
        for area, name in row_names(n, found).items()
    ]
    wide = [wide_name(n), *(known(n, len(found.counts[found.city, key].wide)) for key in keys)]
    return Listing(caption(n), columns, [*rows, Row("", wide, {})])


def _cell(n: Names, found: Cockpit, area: str, ambition: str) -> str:
    said = state(n, found, area, ambition) if area in found.areas else ""
    return "; ".join(filter(None, (number(n, found, area, ambition), said)))


# The map


def map_title(n: Names) -> str:
    """What the map is of."""
    return n.w.t("Need beside what is known")


def map_note(n: Names) -> str:
    """How the map is read."""
    return n.w.t("Darker: more need, by health figures. The number: initiatives known.")


def need_name(n: Names, third: int | None) -> str:
    """How high need is."""
    return n.w.t("need not known") if third is None else n.w.t("need {need}", need=needs(n)[third])


def district_text(n: Names, found: Cockpit, area: str, third: int | None, count: int) -> str:
    """A district in words."""
    gaps = found.gaps.get(ALL)
    told = {gaps.verdict(area, rule) for rule in RULES} if gaps else set()
    doubt = next((verdict_name(n, each) for each in (GAP, UNCERTAIN) if each in told), "")
    beside = need_beside_text(n, INDISTINCT) if gaps and area in gaps.indistinct else ""
    return f"{n.area(area)}: " + ", ".join(
        filter(None, (need_name(n, third), beside, known(n, count), doubt))
    )


def described(n: Names, texts: Sequence[str]) -> str:
    """The map for who does not see it."""
    return n.w.t(
        "Map of {city}: {title}. {told}", city=n.here.name, title=map_title(n), told="; ".join(texts)
    )


# The figures


def figures_head(n: Names, found: Sequence[Comparison]) -> str:
    """How many, and of which year."""
    years = sorted({each.year for each in found})
    span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    return n.w.tn(
        "{n} figure of {years}, beside the city",
        "{n} figures of {years}, beside the city",
        len(found),
        years=span,
    )


def figures_note(n: Names, found: Sequence[Comparison]) -> str:
    """Whose they are, what they are not for, and of how many this edition has none of the country."""
    w = n.w
    source = w.t(
        "Source: {source}. Estimates by a model from who lives there and in the areas next to it: fit to see where to "
        "look, not to judge an initiative or to rank neighbourhoods.",
        source=n.source(found[0].indicator_id),
    )
    known = any(has_intervals(n.package, each.indicator_id) for each in found)
    interval = f"{shown_text(n)} {rule_text(n)}" if known else n.interval_note(found[0].indicator_id)
    source = f"{source} {interval}".rstrip()
    without = sum(each.country.status == NOT_PUBLISHED for each in found)
    national = w.tn(
        "Of {n} of these figures there is no national figure in this edition.",
        "Of {n} of these figures there is no national figure in this edition.",
        without,
    )
    return f"{source} {national}" if without else source


# What changed lately, and how fresh


def changes(n: Names, found: Lately) -> list[tuple[str, tuple[str, ...]]]:
    """What began, ended and was confirmed: what it is, and the initiatives."""
    w = n.w
    return [(w.t("Began"), found.began), (w.t("Ended"), found.ended), (w.t("Confirmed"), found.confirmed)]


def no_change(n: Names, found: Lately, ids: Sequence[str]) -> str:
    """What is said where none are: of confirmations that there was never any."""
    if ids is found.confirmed and not found.ever:
        return n.w.t("nobody has said of any entry that it still holds")
    return n.w.t("none known")


def more(n: Names, ids: Sequence[str]) -> str:
    """How many more than are named."""
    rest = len(ids) - NAMED
    return n.w.tn(" and {n} more", " and {n} more", rest) if rest > 0 else ""


def lately_texts(n: Names, found: Lately) -> list[str]:
    """The same in words, with the names of the latest."""
    return [
        f"{name}: {', '.join(map(n.initiative, ids[:NAMED])) + more(n, ids) if ids else no_change(n, found, ids)}"
        for name, ids in changes(n, found)
    ]


def lately_head(n: Names, found: Lately) -> str:
    """Since when."""
    return n.w.t("What changed in {months} months", months=found.months)


def lately_limit(n: Names) -> str:
    """What the dates of the register are."""
    return n.w.t(
        "By the dates that sources give, mostly a year. When an entry came into the register is not told here."
    )


def changes_link(n: Names) -> str:
    """The way to all that changed."""
    return n.w.t("What changed, by district and ambition")


def fresh_text(n: Names, found: Freshness) -> str:
    """How many of those that count somebody saw lately."""
    w = n.w
    return w.t(
        "Of the {total} initiatives that count, {recent} were seen or confirmed in the {months} months up to {date}; "
        "{undated} carry no date. An old row is not an ended initiative: nobody confirmed it since.",
        total=w.number(found.total),
        recent=w.number(found.recent),
        months=found.months,
        date=w.date(n.today),
        undated=w.number(found.undated),
    )


def fill(n: Names) -> str:
    """How an empty register is filled."""
    return n.w.t(
        "What is going on here is told by the people who do it. A steward looks at each proposal, and a file of "
        "initiatives can be read in at once."
    )


def propose(n: Names) -> str:
    """The way to the form."""
    return n.w.t("Tell of the first initiative")
