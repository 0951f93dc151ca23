"""What changed, in sentences: what happened, since when, for whom, and on what that rests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hsc_geo.analysis.changes import ADDED, CONFIRMED, CORRECTED, ENDED, GONE, INITIATIVE, NEW, REVISED
from hsc_geo.analysis.lately import BEGAN
from hsc_geo.analysis.matrix import OLDER, UNDATED
from hsc_geo.analysis.serving import CITY, REGION, UNKNOWN
from hsc_geo.analysis.what_changed import AROUND, EDITION, FOCUS, JOURNAL, NOTHING, OWN, Basis, counted
from hsc_geo.views.changes.answers import Found, last_confirmed
from hsc_geo.views.changes.choices import ChangesChoice
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import Words, and_text, lower_first


def title(n: Names) -> str:
    """The head of the page."""
    return n.w.t("What changed")


def asked(n: Names, choice: ChangesChoice) -> str:
    """What was asked, for paper, files and citation."""
    named = n.term("ambition", choice.ambition) if choice.ambition else ""
    about = ", ".join(filter(None, (place(n, choice.area), lower_first(named))))
    return n.w.t("What changed since {day}: {about}", day=n.w.date(choice.since), about=about)


def place(n: Names, area: str) -> str:
    """The area that was asked; the municipality for everywhere."""
    if area == FOCUS:
        return n.w.t("the focus districts")
    return n.area_or_focus(area or n.here.code)


def what_names(w: Words) -> dict[str, str]:
    """What can happen to an entry, as the head of a column."""
    return {
        ADDED: w.t("Added"),
        BEGAN: w.t("Began"),
        ENDED: w.t("Ended"),
        CONFIRMED: w.t("Confirmed"),
        CORRECTED: w.t("Corrected"),
        GONE: w.t("Taken out"),
        OLDER: w.t("Before that"),
        UNDATED: w.t("No date"),
    }


def figure_names(w: Words) -> dict[str, str]:
    """What can happen to a figure."""
    return {NEW: w.t("New"), REVISED: w.t("Revised"), GONE: w.t("Taken out")}


def _number(w: Words, what: str, count: int) -> str:
    told = {
        ADDED: w.tn("{n} initiative added", "{n} initiatives added", count),
        BEGAN: w.tn("{n} initiative began", "{n} initiatives began", count),
        ENDED: w.tn("{n} initiative ended", "{n} initiatives ended", count),
        CONFIRMED: w.tn("{n} initiative confirmed", "{n} initiatives confirmed", count),
        CORRECTED: w.tn("{n} initiative corrected", "{n} initiatives corrected", count),
        GONE: w.tn("{n} initiative taken out", "{n} initiatives taken out", count),
    }
    return told[what]


def parts(w: Words, counts: Mapping[str, int]) -> str:
    """`3 initiatives added, 1 initiative ended and 2 initiatives corrected`; "" for none."""
    told = [_number(w, what, count) for what, count in counts.items() if count]
    return and_text(w, told) if told else ""


def said(n: Names, choice: ChangesChoice, found: Found) -> str:
    """The sentence that answers the question."""
    told = _own(n, found)
    named = {"place": _first_upper(place(n, choice.area)), "day": n.w.date(choice.since)}
    if found.covered and told:
        return n.w.t("{place}, since {day}: {told}.", **named, told=told)
    if found.covered:
        return n.w.t("{place}, since {day}: no initiative changed in the register.", **named)
    by_dates = _by_dates(n, found, named)
    return f"{by_dates} {_partly(n, found, told)}" if told else by_dates


def _own(n: Names, found: Found) -> str:
    return parts(n.w, counted(each for each in found.changed.entries if each.reach == OWN))


def _by_dates(n: Names, found: Found, named: Mapping[str, str]) -> str:
    told = parts(n.w, dates_counts(found))
    if told:
        return n.w.t("{place}, since {day}, by the dates in the register: {told}.", **named, told=told)
    return n.w.t(
        "{place}, since {day}: no initiative is known to have begun, ended or been confirmed.", **named
    )


def _partly(n: Names, found: Found, told: str) -> str:
    """What is known of a part of the time; that nothing is, where that is so."""
    w, start = n.w, found.changed.basis.start
    if start is None:
        return w.t("What changed in the register in that time is not kept here.")
    day = w.date(start)
    if told:
        return w.t("Changes in the register are kept here from {day}: {told}.", day=day, told=told)
    return w.t("Changes in the register are kept here from {day}: since then no initiative changed.", day=day)


def dates_counts(found: Found) -> dict[str, int]:
    """What initiatives say of themselves -> how many."""
    what = [each.what for each in found.dates]
    return {each: what.count(each) for each in dict.fromkeys((BEGAN, ENDED, CONFIRMED)) if each in what}


def newest(n: Names, found: Found) -> str:
    """When an entry was last confirmed, or that none ever was, and of how many that holds."""
    w, total = n.w, len(found.known)
    confirmed, day = last_confirmed(n, found.known)
    if not total:
        return w.t("None is known here.")
    if day is None:
        return w.tn(
            "Of the {n} that is known here, nobody has yet said that it still holds.",
            "Of the {n} that are known here, nobody has yet said that they still hold.",
            total,
        )
    return w.t(
        "Of the {total} that are known here, {n} were ever confirmed, the last on {day}.",
        total=w.number(total),
        n=w.number(confirmed),
        day=w.date(day),
    )


def beside(n: Names, choice: ChangesChoice, found: Found) -> str:
    """What changed for more than the area, what else changed, and on what it rests."""
    limit = "" if found.covered or _own(n, found) else _partly(n, found, "")
    old = newest(n, found) if not (found.changed.entries or found.dates) else ""
    return " ".join(filter(None, (*_wider(n, found), _others(n, found), limit, old, basis_text(n, found))))


def _wider(n: Names, found: Found) -> list[str]:
    w, told = n.w, []
    heads = {
        AROUND: w.t("For its district as a whole"),
        CITY: w.t("For the whole city"),
        REGION: w.t("For the region"),
    }
    for reach, head in heads.items():
        text = parts(w, counted(each for each in found.changed.entries if each.reach == reach))
        told += [f"{head}: {text}."] if text else []
    return told


def _others(n: Names, found: Found) -> str:
    """That more changed than initiatives."""
    count = sum(each.change.kind != INITIATIVE for each in found.changed.entries)
    return (
        n.w.tn(
            "Beside it, {n} change of an organisation, a place or a question.",
            "Beside it, {n} changes of organisations, places or questions.",
            count,
        )
        if count
        else ""
    )


def basis_text(n: Names, found: Found) -> str:
    """On what it rests, briefly; "" where nothing is kept."""
    w, basis = n.w, found.changed.basis
    if basis.kind == JOURNAL:
        return w.t("By the journal of the register.")
    if basis.kind == EDITION and n.edition:
        return w.t("By the editions of {first} and {last}.", first=_day(n, basis), last=w.date(n.edition.day))
    if basis.kind == EDITION:
        return w.t("By the edition of {day} beside the present one.", day=_day(n, basis))
    return ""


def _day(n: Names, basis: Basis) -> str:
    return n.w.date(basis.start) if basis.start else ""


def method(n: Names, found: Found) -> tuple[str, ...]:
    """How it is known, and what cannot be known."""
    w, basis, figures = n.w, found.changed.basis, found.changed.figures_basis
    told = {
        JOURNAL: w.t(
            "The register keeps a journal: every change of an entry with its day. This server has it from {day}. What "
            "was changed and put back in this time is not told.",
            day=w.date(n.past.began() or n.today),
        ),
        EDITION: w.t(
            "Two editions are compared as they stood. On which day between them something changed is not known; what "
            "was changed and put back is not seen."
        ),
        NOTHING: w.t(
            "Neither an edition nor a journal of that time is kept on this server. So it cannot be told which entries "
            "came in, were corrected or were taken out."
        ),
    }
    of_figures = (
        w.t("Figures are compared with the edition of {day}.", day=_day(n, figures))
        if figures.edition
        else w.t(
            "Whether figures were revised or are new is only known where an earlier edition is kept; there is none."
        )
    )
    return (
        told[basis.kind],
        *((_late(n, found),) if found.recorded and not found.covered else ()),
        w.t(
            "An initiative that began, ended or was confirmed: by the dates in its entry. Of most only the year is "
            "known; it counts from the first of January. When an entry came into the register does not follow from it."
        ),
        of_figures,
        w.t("A text that looks like a person's data is not repeated here; “…” stands in its place."),
    )


def not_in_code(n: Names, found: Found) -> str:
    """What no code gives, for no edition has it; "" where there is no such thing."""
    if not found.dated:
        return ""
    return n.w.t(
        "The journal of the register is not in the package that the code opens. So the code does not give the changes "
        "that are told from it; it gives the dates in the entries."
    )


def _late(n: Names, found: Found) -> str:
    return n.w.t("What changed before {day} is not kept here.", day=_day(n, found.changed.basis))


def reach_names(n: Names, area: str) -> dict[str, str]:
    """For whom an entry is, seen from the area that was asked."""
    w = n.w
    return {
        OWN: place(n, area),
        AROUND: w.t("its district as a whole"),
        CITY: w.t("the whole city"),
        REGION: w.t("the region"),
        UNKNOWN: w.t("area not known"),
    }


def areas_text(n: Names, areas: Sequence[str]) -> str:
    """Where an entry belongs: its neighbourhoods and the districts of which none is told, else for whom it is."""
    w, rows = n.w, n.package.areas
    wide = {CITY: w.t("the whole city"), REGION: w.t("the region"), UNKNOWN: w.t("area not known")}
    told = {str(rows.at[code, "parent_code"]) for code in areas if code in rows.index}
    names = [wide.get(code) or n.area(code) for code in areas if code not in told]
    return ", ".join(names)


def count_captions(n: Names) -> tuple[str, str]:
    """Over the numbers by area, and by ambition."""
    w = n.w
    return w.t("Initiatives, by area"), w.t("Initiatives, by ambition")


def age_captions(n: Names) -> tuple[str, str]:
    """The same of how old what is known is."""
    w = n.w
    return (
        w.t("Initiatives by the year of their last confirmation or source, by area"),
        w.t("The same, by ambition"),
    )


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
