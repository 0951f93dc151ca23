"""How to take part in an initiative, as far as its sources say: when, what it costs, how to join, whom to ask."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from hsc_geo.analysis.partners import organisations_of
from hsc_geo.views.kit.html import joined, link, markup, safe_url
from hsc_geo.views.kit.names import Names, organisation_name

MOST = 3  # organisations whose office is told


def facts_of(n: Names, key: str) -> list[tuple[str, object]]:
    """What a visitor wants to know, each empty where no source says it."""
    w, row = n.w, _row(n, key)
    return [
        (w.t("Days and times"), w.pick(row, "schedule")),
        (w.t("Costs"), w.pick(row, "cost")),
        (w.t("How to join"), w.pick(row, "how_to_join")),
        (w.t("Contact"), _contact(n, key)),
    ]


def open_text(n: Names, key: str) -> str:
    """What of it no source says; '' where all is known."""
    names = [name[:1].lower() + name[1:] for name, value in facts_of(n, key) if not value]
    return n.w.t("Not known here: {names}.", names=", ".join(names)) if names else ""


def _contact(n: Names, key: str) -> Markup:
    """The contact that the initiative's source gives, then the office of each organisation that the register knows."""
    own = str(_row(n, key)["contact"])
    parts = [markup("{}", own)] if own else []
    for code, _, _ in organisations_of(n.package, key):
        if code in n.package.organisations.index:
            parts.append(office(n, code))
    return joined([part for part in dict.fromkeys(parts) if part][: MOST + bool(own)], "<br>")


def office(n: Names, code: str) -> Markup:
    """Name, website and mailbox of an organisation, as far as known; nothing where only its name is known."""
    row: Any = n.package.organisations.loc[code]
    site = link(row["website"], n.w.t("website")) if safe_url(row["website"]) else Markup("")
    ways = [part for part in (site, str(row["public_contact"]), str(row["address"])) if part]
    return markup("{}: {}", organisation_name(n, code), joined(ways, " · ")) if ways else Markup("")


def _row(n: Names, key: str) -> Any:
    return n.package.initiatives.loc[key]
