"""Noticing personal data in a text: telephone numbers, private mail addresses, people by salutation.

It errs to the side of asking once too often: who proposes something is asked to leave it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

PRIVATE_HOSTS = frozenset(
    [
        "aol.com",
        "casema.nl",
        "chello.nl",
        "gmail.com",
        "gmx.com",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hetnet.nl",
        "home.nl",
        "hotmail.be",
        "hotmail.com",
        "hotmail.nl",
        "icloud.com",
        "kpnmail.nl",
        "kpnplanet.nl",
        "live.be",
        "live.com",
        "live.nl",
        "mac.com",
        "mail.com",
        "me.com",
        "msn.com",
        "onsbrabantnet.nl",
        "outlook.be",
        "outlook.com",
        "outlook.nl",
        "planet.nl",
        "pm.me",
        "proton.me",
        "protonmail.com",
        "quicknet.nl",
        "solcon.nl",
        "telfort.nl",
        "tele2.nl",
        "upcmail.nl",
        "versatel.nl",
        "xs4all.nl",
        "yahoo.co.uk",
        "yahoo.com",
        "yahoo.nl",
        "zeelandnet.nl",
        "ziggo.nl",
        "zonnet.nl",
    ]
)
# Mailboxes that an organisation has for a task; anything else before the @ is taken for a person's.
TASKS = [
    "aanmelden",
    "aanmelding",
    "administratie",
    "afspraak",
    "algemeen",
    "balie",
    "bestuur",
    "buurt",
    "center",
    "centre",
    "centrum",
    "club",
    "communicatie",
    "contact",
    "cursus",
    "cursussen",
    "events",
    "gemeente",
    "gezond",
    "health",
    "help",
    "helpdesk",
    "huis",
    "info",
    "informatie",
    "inschrijven",
    "jeugd",
    "klantenservice",
    "klantcontact",
    "leden",
    "ledenadministratie",
    "leiden",
    "loket",
    "mail",
    "mantelzorg",
    "meedoen",
    "meldpunt",
    "nieuws",
    "office",
    "ontmoeting",
    "ouderen",
    "pers",
    "planning",
    "post",
    "postbus",
    "praktijk",
    "pr",
    "preventie",
    "projecten",
    "projectbureau",
    "receptie",
    "redactie",
    "reserveren",
    "secretariaat",
    "secretaris",
    "service",
    "sociaal",
    "sport",
    "steunpunt",
    "stichting",
    "studio",
    "support",
    "team",
    "training",
    "vereniging",
    "verhuur",
    "verkoop",
    "voorzitter",
    "vragen",
    "vrijwilligers",
    "wegwijs",
    "welkom",
    "welzijn",
    "wijk",
    "wijkteam",
    "zorg",
]
_MAIL = re.compile(r"([\w.+'-]+)@([\w-]+(?:\.[\w-]+)+)")
_LINK = re.compile(r"https?://\S+")
_PHONE = re.compile(
    r"(?<![\w.,/€-])"
    r"(?:(?:(?:\+|00)\s?31[\s./-]{0,2}(?:\(0\)\s?)?|0(?=[1-9]))(?:[\s./()-]{0,3}\d){9}"  # Dutch: nine digits
    r"|(?:\+|00)(?!31)[1-9]\d{0,2}(?:[\s./()-]{0,3}\d){7,12})"  # from abroad
    r"(?![\d.]*\d)"
)
_INITIALS = r"(?:[A-ZÀ-Þ]\.\s*){0,5}"
_BETWEEN = r"(?:(?:van|de|der|den|ten|ter|het|'t|von|le|la|el|al)\s+){0,3}"
_NAME = rf"{_INITIALS}{_BETWEEN}{_INITIALS}[A-ZÀ-Þ]\w[\w'’-]*"
_SALUTATION = re.compile(
    rf"\b(?:[Dd]hr|[Mm]evr|[Mm]w|[Hh]r|[Mm]r|[Mm]rs|[Mm]s|[Dd]rs?|[Ii]r|[Ii]ng|[Pp]rof)\.\s*{_NAME}"
    rf"|\b(?:[Mm]evrouw|[Mm]eneer|(?:[Dd]e )?[Hh]eer|Mrs|Mr|Ms|[Dd]okter|Doctor)\s+{_NAME}"
)
_CONTACT = re.compile(
    r"\b(?:[Cc]ontact ?[Pp]ersoon|[Aa]anspreekpunt|[Cc]ontact ?[Pp]erson|[Vv]raag naar|[Aa]sk for|[Bb]el met)\b"
    r"(?:\s*(?:is|:)\s*|\s+)"
    r"([A-ZÀ-Þ][\w'’-]+(?:\s+(?:(?:van|de|der|den|ten|ter|'t)\s+)*[A-ZÀ-Þ][\w'’-]+)*)"
)


def personal_data(text: str) -> tuple[str, ...]:
    """The parts of a text that look like a person's data, in order of mention; links are left alone."""
    plain = _LINK.sub(" ", text)
    return tuple(dict.fromkeys(part.strip() for part in _noticed(plain)))


def _noticed(text: str) -> Iterator[str]:
    for found in _MAIL.finditer(text):
        if is_private_mailbox(found[1], found[2]):
            yield found[0]
    yield from (found[0] for found in _PHONE.finditer(text))
    yield from (found[0] for found in _SALUTATION.finditer(text))
    yield from (found[0] for found in _CONTACT.finditer(text))


def is_private_mailbox(box: str, host: str) -> bool:
    """Whether a mail address looks like that of a person: at a provider for private mail, or without any word of a
    task before the @ (`j.jansen@`, but not `info@` or `mantelzorgleiden@`)."""
    if host.lower() in PRIVATE_HOSTS:
        return True
    name = box.lower()
    organisation = re.sub(r"\W", "", host.lower().rsplit(".", 1)[0])
    if re.sub(r"\W", "", name) in organisation:
        return False  # singelpark@singelpark.nl
    parts = re.split(r"[^a-z]+", name)
    return not any(part in TASKS for part in parts) and not any(
        task in name for task in TASKS if len(task) > 4
    )
