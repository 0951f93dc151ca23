"""What the register says, in words: kinds, states, entries, days."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from hsc_geo.register import (
    Proposed,
)
from hsc_geo.register.entries import FILLED, entity_of
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import Words
from hsc_geo.views.wording.field_words import ASKED

HERE = ZoneInfo("Europe/Amsterdam")  # the register keeps UTC; people read the time of the Netherlands


def kind_names(w: Words) -> dict[str, str]:
    """Kinds of proposals."""
    return {
        "new": w.t("New entry"),
        "correction": w.t("Correction"),
        "closure": w.t("Has ended"),
        "confirmation": w.t("Still true"),
        "question": w.t("Question"),
        "comment": w.t("Comment"),
    }


def status_names(w: Words) -> dict[str, str]:
    """States of proposals."""
    return {
        "open": w.t("Open"),
        "accepted": w.t("Accepted"),
        "rejected": w.t("Rejected"),
        "withdrawn": w.t("Withdrawn"),
    }


def role_text(w: Words, role: str, subject: str = "") -> str:
    """Who did it: the role, with the subject of the sign-in where there was one."""
    names: dict[str, str] = {
        "proposer": w.t("proposer"),
        "steward": w.t("steward"),
        "administrator": w.t("administrator"),
    }
    name = names.get(role, role)
    return f"{name} ({subject})" if subject else name


def moment_text(w: Words, at: datetime) -> str:
    """A day and a time in the Netherlands."""
    here = at.astimezone(HERE)
    return f"{w.date(here.date())}, {here:%H:%M}"


def about_text(n: Names, proposed: Proposed) -> str:
    """The name of the entry that it is about, or that it proposes."""
    proposal = proposed.proposal
    if not proposal.entity_id:
        return proposal.fields.get("name") or proposal.fields.get("venue") or n.w.t("no entry")
    return entry_name(n, proposal.entity_id)


def entry_name(n: Names, entity_id: str) -> str:
    """The name of an entry with its id, of what was asked the area and the ambition; the id alone when it is not (or no
    longer) in the register."""
    if entity_of(entity_id) == ASKED:
        return asked_name(n, entity_id)
    for entries in (n.package.initiatives, n.package.organisations):
        if entity_id in entries.index:
            name = str(entries.at[entity_id, "name"])
            return f"{name} ({entity_id})"
    return entity_id


def asked_name(n: Names, asked_id: str) -> str:
    """What was asked in vain: the area and the ambition that the key is made of."""
    _, area, ambition = asked_id.split("-")
    return n.w.t("Asked: {area}, {ambition}", area=n.area(area), ambition=n.term("ambition", ambition))


def line_name(n: Names, entity_id: str) -> str:
    """How a line of a journal names its entry: short, by its id; what was asked by its area and ambition."""
    return asked_name(n, entity_id) if entity_of(entity_id) == ASKED else entity_id


def batch_text(w: Words, batch: str) -> str:
    """What happened together, by its name in the journal."""
    return w.t("first fill") if batch == FILLED else batch
