"""The panel beside the map: an area with its figures and initiatives, or one initiative with its source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from markupsafe import Markup

from hsc_geo.analysis.figures import figure
from hsc_geo.analysis.partners import organisations_of
from hsc_geo.analysis.places import events, places, text_of
from hsc_geo.analysis.serving import WIDE_SCOPES, areas_of
from hsc_geo.domain.schema_register import NAMED, ORGANISATION_ITSELF, STATED
from hsc_geo.views.kit.html import badge, facts, joined, link, markup, quiet
from hsc_geo.views.kit.links import NEIGHBOURS, ORGANISATION, PARTNERS
from hsc_geo.views.kit.names import Names, plain
from hsc_geo.views.kit.stated import stated
from hsc_geo.views.kit.words import lower_first
from hsc_geo.views.wording import freshness, taking_part
from hsc_geo.views.wording.continuity import facts_of
from hsc_geo.views.wording.fields import inferred_names
from hsc_geo.views.wording.people import of_whom


def adults_note(n: Names, code: str, indicators: list[tuple[str, int, str]]) -> str:
    """Of how many adults the numbers in `figure_rows` are, and that they are estimates; '' where there are none."""
    return of_whom(n, (figure(n.package, code, *item) for item in indicators))


def initiative(n: Names, key: str) -> Markup:
    """Everything known of one initiative, with its source and what is inferred."""
    w, row = n.w, n.package.initiatives.loc[key]
    head = markup(
        '<h2 id="panel">{}</h2><p class="hsc-quiet">{} · {}</p><p>{}</p><p>{}</p>',
        row["name"],
        stated(n.w, str(row["organisation"])) or w.t("organisation not known"),
        key,
        _badges(n, row, key),
        w.pick(row, "description"),
    )
    left_open = taking_part.open_text(n, key)
    told = facts(_facts(n, row, key)) + (quiet(left_open) if left_open else "")
    return head + told + _source(n, row) + links(n, key) + _proposals(n, key)


def _proposals(n: Names, key: str) -> Markup:
    """Links to propose that something is not right, that it has ended or is still true, and to remark something."""
    w = n.w
    kinds = {
        "correction": w.t("Propose a correction"),
        "confirmation": w.t("Still true today"),
        "closure": w.t("It has ended"),
        "comment": w.t("Comment on this"),
    }
    queries = {kind: urlencode({"kind": kind, "entry": key, "lang": w.code}) for kind in kinds}
    found = [markup('<a href="aanmelden?{}">{}</a>', queries[kind], text) for kind, text in kinds.items()]
    return markup('<p class="hsc-links">{}</p>', joined(found, " "))


def serves_text(n: Names, key: str) -> str:
    """Which areas an initiative serves, and how precisely that is known."""
    codes = areas_of(n.package).get(key, [])
    precision = str(n.package.initiatives.at[key, "precision"])
    if precision in ("city", "region", "unknown"):
        return n.term("precision", precision)
    return f"{', '.join(n.area(code) for code in codes)} ({lower_first(n.term('precision', precision))})"


def ambitions_text(n: Names, row: Any) -> str:
    """Short names of the ambitions."""
    return "; ".join(n.term("ambition", code) for code in str(row["ambition_codes"]).split("|") if code)


def status_text(n: Names, row: Any) -> str:
    """Status with the date that it is known for."""
    as_of = str(row["status_as_of"] or "")
    return n.term("status", row["status"]) + (f" ({stated(n.w, as_of)})" if as_of else "")


def listed_status(n: Names, key: str) -> str:
    """Status in a list: the step on the ladder where a source states one, who says so where that is the organisation
    itself, and that it is to be confirmed."""
    row: Any = n.package.initiatives.loc[key]
    step = str(row["ladder"]) if row["ladder_basis_nl"] else ""
    own = own_word_text(n) if freshness.is_own_word(n, key) else ""
    parts = [
        status_text(n, row),
        lower_first(n.term("ladder", step)) if step else "",
        own,
        freshness.sign(n, key),
    ]
    return "; ".join(filter(None, parts))


def own_word_text(n: Names) -> str:
    """That an entry rests on the word of the organisation itself, and on no public page."""
    return n.w.t("told by the organisation itself")


def _badges(n: Names, row: Any, key: str) -> Markup:
    w = n.w
    inferred = str(row["ambition_basis"]) not in (STATED, NAMED)
    basis = w.t("inferred by us")
    mark, css = (f" ({basis})", "inferred") if inferred else ("", "")
    codes = [code for code in str(row["ambition_codes"]).split("|") if code]
    ambitions = [badge(n.term("ambition", code) + mark, css) for code in codes]
    told = [badge(own_word_text(n), "own-word")] if freshness.is_own_word(n, key) else []
    due = [badge(w.t("to be confirmed"), "due")] if freshness.is_due(n, key) else []
    return joined([*ambitions, badge(status_text(n, row)), *told, *due])


def _facts(n: Names, row: Any, key: str) -> list[tuple[str, object]]:
    w = n.w
    year = row["last_evidence_year"]
    return [
        (w.t("For whom"), w.pick(row, "target_group")),
        (w.t("Place"), _lines(places_texts(n, key))),
        *taking_part.facts_of(n, key),
        (w.t("Life stage"), n.terms("life_stage", row["life_stages"])),
        (w.t("Serves"), serves_text(n, key)),
        (w.t("Place on the map"), _place_precision(n, row, key)),
        (w.t("Launch or single event, no place of it"), _lines(map(text_of, events(n.package, key)))),
        (w.t("Theme"), n.term("theme", row["theme"]) if row["theme"] else ""),
        (w.t("Activities"), _activities(n, row)),
        (w.t("Sector"), n.terms("sector", row["sector"])),
        (w.t("Partners"), stated(n.w, row["partners"])),
        (w.t("Period"), _period(n, row)),
        (w.t("Status at the source"), w.pick(row, "status_note")),
        (w.t("Newest evidence"), str(year) if pd.notna(year) else w.t("not dated")),
        (
            w.t("Last told") if freshness.is_own_word(n, key) else w.t("Last confirmed"),
            _confirmed(n, key),
        ),
        (w.t("Evidence"), n.term("evidence_level", row["evidence_level"])),
        *facts_of(n, key),
        (w.t("Inferred, not stated by a source"), _inferred(n, row)),
        (w.t("Note"), w.pick(row, "note")),
    ]


def _confirmed(n: Names, key: str) -> str:
    day = freshness.confirmed_on(n, key)
    return n.w.date(day) if day else ""


def _activities(n: Names, row: Any) -> str:
    """Groups of activity, with the register's own kinds behind them."""
    return f"{n.terms('activity_group', row['activity_groups'])} ({n.terms('activity_type', row['activity_types'])})"


def places_texts(n: Names, key: str) -> list[str]:
    """Each place of an initiative; where there are several, how precisely each is known."""
    found = places(n.package, key)
    if len(found) < 2:
        return [text_of(place) for place in found]
    none = n.w.t("no point on the map")
    known = (n.term("precision", place.precision) if place.has_point else none for place in found)
    return [f"{text_of(place)} ({said})" for place, said in zip(found, known, strict=True)]


def _lines(texts: Iterable[str]) -> Markup:
    return joined(texts, "<br>")


def _place_precision(n: Names, row: Any, key: str) -> str:
    found = dict.fromkeys(place.precision for place in places(n.package, key) if place.has_point)
    known = ", ".join(n.term("precision", precision) for precision in found)
    if known and str(row["precision"]) in WIDE_SCOPES:
        return n.w.t("{precision}; it is there for more than the area around it", precision=known)
    return known


def _period(n: Names, row: Any) -> str:
    start, end = (str(row[c]) if pd.notna(row[c]) else "" for c in ("start_year", "end_year"))
    if not start and not end:
        return ""
    return f"{start or '?'} – {end}" if end else n.w.t("from {year}", year=start)


def _inferred(n: Names, row: Any) -> str:
    return ", ".join(inferred_names(n.w, str(row["inferred_fields"])))


def _source(n: Names, row: Any) -> Markup:
    w = n.w
    if row["source_kind"] == ORGANISATION_ITSELF:
        told = w.t("told to us by the organisation itself; no public page confirms it.")
        who = ", ".join(filter(None, (str(row["source_publisher"]), str(row["source_date"]))))
        return markup('<p class="hsc-quiet"><strong>{}</strong> {} {}</p>', w.t("Source:"), told, who)
    when = f", {row['source_date']}" if row["source_date"] else ""
    first = markup(
        "{}. {}{}",
        link(row["source_url"], row["source_title"] or row["source_url"]),
        row["source_publisher"],
        when,
    )
    second = row["source2_url"]
    more = markup(" {} {}", w.t("Second source:"), link(second, second)) if second else Markup("")
    return markup('<p class="hsc-quiet"><strong>{}</strong> {}{}</p>', w.t("Source:"), first, more)


MOST_BUTTONS = 6  # organisations offered under an initiative


def known_organisations(n: Names, key: str) -> list[tuple[str, str, str]]:
    """(id, name, role) of the organisations of an initiative that have a page."""
    return [each for each in organisations_of(n.package, key) if each[0] in n.package.organisations.index]


def links(n: Names, key: str) -> Markup:
    """Links from any page to the neighbours of an initiative and to its organisations."""
    found = [_link(n, {"part": NEIGHBOURS, "one": key}, n.w.t("Neighbours of this initiative"))]
    for code, name, _ in known_organisations(n, key)[:MOST_BUTTONS]:
        found.append(_link(n, {"part": ORGANISATION, "org": code}, plain(name)))
    return markup('<p class="hsc-links">{}</p>', joined(found, " "))


def _link(n: Names, query: dict[str, str], text: str) -> Markup:
    return markup('<a href="{}">{}</a>', f"{PARTNERS}?{urlencode({**query, **n.kept()})}", text)
