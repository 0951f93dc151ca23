"""Noticing personal data in a text: telephone numbers, private mail addresses, citizen service numbers, and people by
salutation or by a word of contact or task beside two words with a capital.

It errs to the side of asking once too often: who proposes something is asked to leave it out.
"""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Iterator

from hsc_geo.domain.mailboxes import FREE_MAIL, MAILBOX

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
_DASHES = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-")
)  # between the digits of a number
_AT = re.compile(
    r"\s*(?:\[at\]|\(at\))\s*|(?<=\w) @ (?=\w)", re.IGNORECASE
)  # written apart, to be left alone by robots
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
_TITLES = r"(?:(?:[Mm]r|[Dd]rs?|[Ii]r|[Ii]ng|[Pp]rof|[Dd]s)\.\s*){0,3}"  # more of them: Mr. dr.
_SALUTATION = re.compile(
    r"\b(?:[Dd]hr|[Mm]evr|[Mm]w|[Hh]r|[Mm]r|[Mm]rs|[Mm]s|[Dd]rs?|[Ii]r|[Ii]ng|[Pp]rof|[Dd]s|[Zz]r|[Pp]ast|[Mm]gr)"
    rf"\.\s*{_TITLES}{_NAME}"
    r"|\b(?:[Mm]evrouw|[Mm]eneer|(?:[Dd]e )?[Hh]eer|Mrs|Mr|Ms|[Dd]okter|Doctor|[Dd]ominee|[Pp]astoor|[Zz]uster"
    rf"|[Pp]rofessor|[Jj]uf)\s+{_TITLES}{_NAME}"
)
_CONTACT = re.compile(
    r"\b(?:[Cc]ontact ?[Pp]ersoon|[Aa]anspreekpunt|[Cc]ontact ?[Pp]erson|[Vv]raag naar|[Aa]sk for|[Bb]el met)\b"
    r"(?:\s*(?:is|:)\s*|\s+)"
    r"([A-ZÀ-Þ][\w'’-]+(?:\s+(?:(?:van|de|der|den|ten|ter|'t)\s+)*[A-ZÀ-Þ][\w'’-]+)*)"
)

_OWN_WORD = (
    "school|college|huis|straat|laan|weg|plein|laboratorium|museum"  # a building's, apart from the name
)
_MORE_OF_NAME = re.compile(rf"(?:[\s-]+{_BETWEEN}[A-ZÀ-Þ][\w'’-]*)*(?:\s+(?i:{_OWN_WORD})\b)?")
# The end of a name by which it is that of a street or a building.
_PLACE = re.compile(
    r"(?:(?:\w{2}|\w-)(?:str|ln|pln|straatje|laantje|pleintje|flat|mavo|havo|lyceum|oord|straat|laan|weg|plein|kade|gracht|singel|park|hof|hofje|pad|dreef|steeg|brug|dijk|wal|kamp|veld|markt"
    r"|haven|tuin|plantsoen|poort|huis|kerk|school|college|gebouw|zaal|hal|centrum|kliniek|stichting|fonds|instituut"
    rf"|molen|toren|bad|theater|museum|laboratorium)|\w\s+(?:{_OWN_WORD}))(?:-(?:noord|oost|zuid|west|midden))?\.?$",
    re.IGNORECASE,
)
# A salutation that no street bears, or what stands before someone who is to be asked for; an article makes it a place.
_OF_A_PERSON = re.compile(r"(?i:dhr|hr|mevr|mevrouw|meneer|(?:de )?heer|mrs|ms)\b")
_TO_BE_ASKED = re.compile(
    r"\b(?:naar|bij|met|contact|contactpersoon|aanspreekpunt|bel|bellen|mail|app|door|namens|call|ask for|by)\s*:?\s*$",
    re.IGNORECASE,
)

_PARTICLES = r"(?:(?:van|de|der|den|ten|ter|het|'t|von|le|la|el|al|ben|bin|da|dos?|di|du)\s+){0,3}"
_CAPITAL = r"[A-ZÀ-Þ]\w[\w'’-]*"
# Two words or more with a capital, or initials and one: Jan de Vries, Fatima el Amrani, J. Jansen.
_FIRST = rf"(?:(?:[A-ZÀ-Þ]\.\s?){{1,4}}|{_CAPITAL}\s+)"
_FULL = rf"(?P<name>{_FIRST}{_PARTICLES}{_CAPITAL}(?:\s+{_PARTICLES}{_CAPITAL}){{0,2}})"
_ROLE = (
    r"(?i:(?:project|buurt|wijk|programma|vrijwilligers|zorg|sport)?-?(?:co[öo]rdinator|leider|leidster|manager)"
    r"|contact ?persoon|contact person|aanspreekpunt|voorzitter|secretaris|penningmeester|initiatiefneemster"
    r"|initiatiefnemer|oprichter|oprichtster|buurtsportcoach|wijkverpleegkundige|vrijwilliger|chair|founder"
    r"|project leader|volunteer)"
)
_CALLED = (
    r"(?i:(?:bel|bellen|mail|app|call|phone)(?: met| naar| gerust| even)?|vraagt? naar|ask for|informatie bij"
    r"|aanmelden bij|opgeven bij|contact(?: opnemen)?(?: op)?(?: met| via| with)?|onder leiding van|namens|door|by)"
)
_BEFORE = re.compile(rf"\b(?:{_CALLED}|{_ROLE}(?:\s+is)?)\s*:?\s+{_FULL}")
_AFTER = re.compile(rf"\b{_FULL}\s*(?:,|\(|–|-|\bis\b)\s*(?:(?:de|onze|the|our)\s+)?{_ROLE}\b")
# A word by which a name is that of an organisation, a place or a plan.
_NO_PERSON = re.compile(
    r"\b(?:[A-Z]{2,}|[A-Za-z]*[a-z][A-Z]\w*"  # GGD, NLtraining
    r"|De|Het|Een|The|Onze|Our|En|And|Op|Out|Samen|Sociaal|Social|Gezond\w*|Health\w*|Medical|Positive|Science"
    r"|Leids?e?|Leiden|Leiderdorp|Leyden|Oegstgeest|Voorschoten|Stevenshof|Merenwijk|Den Haag|Rijn|Rijnlands?|Hollands?"
    r"|Noord(?:oost|west)?|Zuid(?:oost|west)?|Oost|West|Hoge|Lage|Klein|Nederlands?e?|Dutch|Jonge|Oude"
    r"|Incluzio|Libertas|Lumen|Radius|Krajicek|Johan Cruyff|Jantje Beton|Visser Fysio|Hooglandse"
    r"|Aanpak|Campagne|Challenge|Walk|Marathon|Bewegen|Beweegt|Basketbal|Film|Life|Time|Team|Teams|Delta|Vrienden"
    r"|Academische|Academy|College|School|Foundation|Institute|University|Universit(?:eit|ies)|Faculteit|Instituut"
    r"|Fonds|Gemeenten?|Genootschap|Museum|Network|Netwerk|Platform|Programm[ae]|Provincie|Publieke|Raad|Vastgoed"
    r"|Center|Centre|Club|House|Huis|Park|Stadslab|Stichting\w*|Vereniging\w*|Sport\w*|Welzijn\w*|Zorg\w*"
    r"|Bewoners\w*|Buurt\w*|Ouderen\w*|Volks\w*|Kinder\w*|Wijk\w*"
    r"|\w+(?:straat|plein|weg|kade|gracht|singel|park|huis|kerk|centrum|punt|inloop|heid|vereniging|stichting|club|fonds"
    r"|school|college|groep|team|zorg|raad|netwerk|kring|bureau|akkoord|markt|loket))\b"
)
_NINE = re.compile(r"(?<![\w.,/€-])(?:\d{9}|\d{4}\.\d{2}\.\d{3}|\d{3}[ .]\d{3}[ .]\d{3})(?![\w.,]*\d)")


def personal_data(text: str) -> tuple[str, ...]:
    """The parts of a text that look like a person's data, in order of mention; links are left alone."""
    plain = _AT.sub("@", unicodedata.normalize("NFKC", _LINK.sub(" ", text)).translate(_DASHES))
    return tuple(dict.fromkeys(part.strip() for part in _noticed(plain)))


def _noticed(text: str) -> Iterator[str]:
    for found in MAILBOX.finditer(text):
        if is_private_mailbox(found[1], found[2]):
            yield found[0]
    yield from (found[0] for found in _PHONE.finditer(text))
    yield from (found[0] for found in _SALUTATION.finditer(text) if not _is_place(text, found))
    yield from (found[0] for found in _CONTACT.finditer(text))
    for found in (*_BEFORE.finditer(text), *_AFTER.finditer(text)):
        if not _NO_PERSON.search(found["name"]):
            yield found[0]
    yield from (found[0] for found in _NINE.finditer(text) if passes_eleven(found[0]))


def _is_place(text: str, found: re.Match[str]) -> bool:
    """Whether a name with a salutation is that of a street or a building (Dr. Lelylaan, Prof. dr. Leo Kannerschool),
    and nobody is to be asked for by it."""
    whole = found[0] + _MORE_OF_NAME.match(text, found.end())[0]  # type: ignore[index]
    of_person = _OF_A_PERSON.match(whole) or _TO_BE_ASKED.search(text[: found.start()])
    return bool(_PLACE.search(whole)) and not of_person


def passes_eleven(text: str) -> bool:
    """Whether nine digits, whatever stands between, can be a citizen service number (BSN): the sum of 9 x the first to
    2 x the eighth, less the last, is a multiple of eleven."""
    digits = [int(each) for each in re.sub(r"\D", "", text)]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return any(digits) and sum(map(operator.mul, digits, weights)) % 11 == 0


def is_private_mailbox(box: str, host: str) -> bool:
    """Whether a mail address looks like that of a person: at a provider for private mail, or without any word of a
    task before the @ (`j.jansen@`, but not `info@` or `mantelzorgleiden@`)."""
    if host.lower() in FREE_MAIL:
        return True
    name = box.lower()
    organisation = re.sub(r"\W", "", host.lower().rsplit(".", 1)[0])
    if re.sub(r"\W", "", name) in organisation:
        return False  # singelpark@singelpark.nl
    parts = re.split(r"[^a-z]+", name)
    return not any(part in TASKS for part in parts) and not any(
        task in name for task in TASKS if len(task) > 4
    )
