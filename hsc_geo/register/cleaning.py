"""The one rule by which text is cleaned, whoever brings it: a proposal, a file, a steward.

What is wrong is left as it stands, for the rules to tell. Only what a reader cannot see changes, and what has one
meaning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from hsc_geo.data.check.meaning import is_link
from hsc_geo.data.check.structure import is_number
from hsc_geo.domain.areas import CODE_PATTERN
from hsc_geo.domain.contract import SEPARATOR, Field
from hsc_geo.domain.schema_asked import ASKED_ID, DAY
from hsc_geo.domain.schema_register import INITIATIVE_ID, ORGANISATION_ID, PARTIAL_DATE
from hsc_geo.domain.text import clean_text
from hsc_geo.register.place_fields import field_named
from hsc_geo.sources.extracts import split_many

# Fields that are one line, whatever a program put between their words.
_ONE_LINE = frozenset(
    ("name", "organisation", "venue", "address", "contact", "public_contact", "source_publisher")
)
_DASHES = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-") | {"\u066b": "."}
)
_COMMA = re.compile(r"[-+]?[0-9]{1,3},[0-9]+")
_DUTCH_DAY = re.compile(r"([0-9]{1,2})[-.]([0-9]{1,2})[-.]([0-9]{4})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MIDNIGHT = re.compile(
    r"[ T]0?0:00(:00(\.0+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?$"
)  # which programs write behind a day
_DUTCH_MONTH = re.compile(r"([0-9]{1,2})-([0-9]{4})")
_FROM_YEAR = re.compile(r"([0-9]{4})([-/.]?)([0-9]{1,2})\2([0-9]{1,2})")
_IN_WORDS = re.compile(r"(?:[^\W\d_]{2,9}\.?,? )?(?:([0-9]{1,2})[ -])?([^\W\d_]{3,9})\.?[ -]([0-9]{4})")
_ENGLISH_DAY = re.compile(r"([^\W\d_]{3,9})\.? ([0-9]{1,2}), ?([0-9]{4})")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "january", "jan"),
            ("februari", "february", "feb"),
            ("maart", "march", "mrt", "mar"),
            ("april", "apr"),
            ("mei", "may"),
            ("juni", "june", "jun"),
            ("juli", "july", "jul"),
            ("augustus", "august", "aug"),
            ("september", "sept", "sep"),
            ("oktober", "october", "okt", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        1,
    )
    for name in names
}
# What stands around an address in a sentence or a mail.
_BEFORE, _AFTER = "<([\"'\u201c\u2018\u00ab", ".,;:!?>\"'\u201d\u2019\u00bb"
# A page named as people say it: by the name of its host, which is no name of a file (kaart.pdf) and no mailbox.
_HOST = re.compile(r"(?i)(www\.([\w-]+\.)+[a-z]{2,}|([\w-]+\.)+(nl|org|com|net|eu|info))([/?#]\S*)?")
_CODES = {
    "initiative_id": INITIATIVE_ID,
    "organisation_id": ORGANISATION_ID,
    "asked_id": ASKED_ID,
    "area_code": CODE_PATTERN,
}
_MOST_DIGITS = 15  # of a whole number with a point or an exponent: as many as a float holds


def clean_link(text: str) -> str:
    """The address of a page: cleaned, without the signs of a sentence around it and `&amp;` as in the source of a page,
    and with `https://` before what can only be the name of a host. What is no address then stays as it was."""
    cleaned = clean_text(text)
    bare = _in_sentence(cleaned).replace("&amp;", "&")
    made = f"https://{bare}" if _HOST.fullmatch(bare) else bare
    return _plain_host(made) if is_link(_plain_host(made)) else cleaned


def _in_sentence(text: str) -> str:
    bare = text.lstrip(_BEFORE).rstrip(_AFTER)
    for opening, closing in ("()", "[]"):
        while bare.endswith(closing) and bare.count(opening) < bare.count(closing):
            bare = bare[:-1].rstrip(_AFTER)
    return bare


def _plain_host(address: str) -> str:
    """With the name of the host as browsers read it: one of letters that only look so is another one (NFKC)."""
    head, mark, rest = address.partition("://")
    host, slash, path = re.match(r"([^/?#]*)([/?#]?)(.*)", rest, re.DOTALL).groups()  # type: ignore[union-attr]
    return head + mark + unicodedata.normalize("NFKC", host).replace("\u3002", ".") + slash + path


def clean_value(field: Field | None, text: str) -> str:
    """The text of a field: cleaned; a number or day in the digits 0 to 9, with a point where a Dutch program wrote a
    comma, a whole number as such (2024.0 is 2024), the day as the register writes it (8-11-2022 is 2022-11-08), a page
    with its `https://`, and no blanks around or nothing between several values. `field` None: it is of no field."""
    cleaned = clean_text(text)
    if field is None or not cleaned:
        return cleaned
    if field.link:
        return clean_link(cleaned)
    if field.name in _ONE_LINE:
        cleaned = " ".join(cleaned.split())
    if field.many:
        return SEPARATOR.join(dict.fromkeys(split_many(cleaned)))
    return _as_code(cleaned, _CODES[field.name]) if field.name in _CODES else _in_digits(field, cleaned)


def _as_code(text: str, form: str) -> str:
    """An id or the code of an area in its capitals and with its dash, as nobody can mean another."""
    plain = unicodedata.normalize("NFKC", text.translate(_DASHES)).replace(" ", "").upper()
    return plain if re.fullmatch(form, plain, re.ASCII) else text


def clean_fields(table: str, fields: Mapping[str, str]) -> dict[str, str]:
    """Fields of a row of this table, or of a form that stands for one, each cleaned."""
    return {str(name): clean_value(field_named(table, str(name)), str(text)) for name, text in fields.items()}


def _in_digits(field: Field, text: str) -> str:
    day = field.type == "date" or field.pattern in (DAY, PARTIAL_DATE)
    if not day and field.type not in ("integer", "number"):
        return text
    digits = "".join(
        str(unicodedata.decimal(sign, sign)) for sign in text.translate(_DASHES)
    )  # of other scripts
    if day:
        return _as_day(digits, partial=field.pattern == PARTIAL_DATE)
    return _as_number(digits, whole=field.type == "integer")


def _as_number(text: str, whole: bool) -> str:
    told = text.removesuffix("\u00b0")
    plain = (told.replace(",", ".") if _COMMA.fullmatch(told) else told).removeprefix("+")
    if not is_number(plain):
        return text
    if not whole or plain.removeprefix("-").isdigit():
        return plain
    fits = float(plain).is_integer() and abs(float(plain)) < 10**_MOST_DIGITS
    return str(int(float(plain))) if fits else plain


def _as_day(told: str, partial: bool) -> str:
    """The day as the register writes it, also one that is in no calendar: that is then told of it, not its form."""
    text = _MIDNIGHT.sub("", told)
    bare = re.sub(r" *([-/.]) *", r"\1", text)
    if found := _DUTCH_DAY.fullmatch(bare):
        day, month, year = found.groups()
        return f"{year}-{int(month):02}-{int(day):02}"
    if (found := _FROM_YEAR.fullmatch(bare)) and (found[2] or len(bare) == 8):
        return f"{found[1]}-{int(found[3]):02}-{int(found[4]):02}"
    if partial and (found := _DUTCH_MONTH.fullmatch(bare)):
        return f"{found[2]}-{int(found[1]):02}"
    if partial and re.fullmatch(r"[0-9]{4}[.,]0", bare):
        return bare[:4]  # a year that a program took for a number
    return _in_words(text, partial) or (text if _DAY.fullmatch(text) else told)


def _in_words(text: str, partial: bool) -> str:
    """A day with the name of its month (8 november 2022, nov 2022, November 8, 2022) as the register writes it."""
    if found := _ENGLISH_DAY.fullmatch(text):
        name, day, year = found.groups()
    elif found := _IN_WORDS.fullmatch(text):
        day, name, year = found.groups()
    else:
        return ""
    month = _MONTHS.get(name.lower())
    if month is None or (not day and not partial):
        return ""
    return f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")
