"""How to cite what was found: as text (APA), as BibTeX and as RIS, each with its address and the day of access."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from hsc_geo.data.municipality import SITE
from hsc_geo.domain.text import carriable
from hsc_geo.domain.versions import newest
from hsc_geo.views.kit.names import Names

BIB, RIS = "application/x-bibtex", "application/x-research-info-systems"
_BRACES = re.compile(r"([\\{}%$#&_~^])")


@dataclass(frozen=True)
class Citation:
    """What is cited: who made it, its title, the edition and the contract of its data, its address, and the day on
    which it was read."""

    author: str
    title: str
    edition: str
    contract: str
    address: str
    day: dt.date
    language: str


def citation(n: Names, title: str, address: str) -> Citation:
    """The citation of something on this site, as the visitor sees it today."""
    return Citation(
        n.here.author,
        " ".join(carriable(title).split()),
        n.package.snapshot,
        newest().number,
        address,
        n.day(),
        n.w.code,
    )


def apa(n: Names, cited: Citation) -> str:
    """As the seventh edition of APA has a page of a site: author, year, title, what it is, when and where."""
    return n.w.t(
        "{author}. ({year}). {title} [data: edition {edition}, contract {contract}]. {site}. Retrieved {day}, from "
        "{address}",
        author=cited.author,
        year=cited.day.year,
        title=cited.title,
        edition=cited.edition,
        contract=cited.contract,
        site=SITE,
        day=n.w.date(cited.day),
        address=cited.address,
    )


def bibtex(cited: Citation) -> str:
    """An entry of BibTeX (`@misc`), with what it means something to escaped."""
    fields = {
        "author": f"{{{_escaped(cited.author)}}}",
        "title": f"{{{_escaped(cited.title)}}}",
        "year": str(cited.day.year),
        "howpublished": _escaped(SITE),
        "note": f"Data: edition {_escaped(cited.edition)}, contract {_escaped(cited.contract)}",
        "url": cited.address.replace("{", "%7B").replace("}", "%7D"),
        "urldate": cited.day.isoformat(),
        "language": {"nl": "dutch", "en": "english"}[cited.language],
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{SITE}_{_escaped_key(cited.edition)}_{cited.day:%Y%m%d},\n{lines}\n}}\n"


def ris(cited: Citation) -> str:
    """An entry of RIS (`TY  - DATA`), a tag on each line."""
    tags = (
        ("TY", "DATA"),
        ("AU", cited.author),
        ("TI", cited.title),
        ("PY", str(cited.day.year)),
        ("ET", f"{cited.edition}, contract {cited.contract}"),
        ("PB", SITE),
        ("LA", cited.language),
        ("UR", cited.address),
        ("Y2", f"{cited.day:%Y/%m/%d}"),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {text}\r\n" for tag, text in tags)


def files(cited: Citation) -> tuple[tuple[str, str, str, str], ...]:
    """As files: what to call each, how its name ends, its media type and its text."""
    return ("BibTeX", "bib", BIB, bibtex(cited)), ("RIS", "ris", RIS, ris(cited))


def _escaped(text: str) -> str:
    return _BRACES.sub(r"\\\1", text).replace("\\\\", "\\textbackslash{}")


def _escaped_key(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "", text)
