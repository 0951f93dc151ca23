"""Cells of the register that hold words of English beside names: what stands there on a Dutch page.

Names stay as their source writes them. These are the register's own words, of which there is no column in Dutch.
"""

from __future__ import annotations

import re

from hsc_geo.domain.contract import SEPARATOR
from hsc_geo.views.kit.words import Words

DUTCH = {
    "not stated in source": "niet genoemd in de bron",
    "Protestant and Roman Catholic diaconies of Leiden": "Protestantse en rooms-katholieke diaconieën van Leiden",
    "Vrienden van het Singelpark with the city, Fonds 1818 and Teddy Kids": (
        "Vrienden van het Singelpark met de gemeente, Fonds 1818 en Teddy Kids"
    ),
    "neighbourhood association with Gemeente Leiden (Samen aan de slag)": (
        "buurtvereniging met Gemeente Leiden (Samen aan de slag)"
    ),
    "residents, municipality": "bewoners, gemeente",
    "residents, with the municipal sports stimulation scheme (round 7)": (
        "bewoners, met de gemeentelijke regeling voor sportstimulering (ronde 7)"
    ),
    "residents and neighbourhood professionals": "bewoners en professionals uit de buurt",
    "(36 further signatories not named in the sources found)": (
        "(36 andere ondertekenaars, niet genoemd in de bronnen die we vonden)"
    ),
    "Gemeente Leiden en regiogemeenten (EUR 650,000 subsidy for new clubs)": (
        "Gemeente Leiden en regiogemeenten (650.000 euro subsidie voor nieuwe clubs)"
    ),
    "Wijkvereniging Merenwijk (sought volunteers, second source)": (
        "Wijkvereniging Merenwijk (zocht vrijwilligers, tweede bron)"
    ),
    "Huigpark and other Singelpark sections": "Huigpark en andere delen van het Singelpark",
    "between De Hoven and Slaaghwijk": "tussen De Hoven en Slaaghwijk",
    "The Hague / Regional": "Den Haag / regio",
    "Regional": "regio",
    "IZA Zuid-Holland Noord (lead municipality)": "IZA Zuid-Holland Noord (trekkende gemeente)",
    "PROO Leiden (after Leidsch Dagblad)": "PROO Leiden (naar het Leidsch Dagblad)",
}
_AFTER = re.compile(r"after (\d{4}(?:-\d{2})?)")


def stated(w: Words, cell: str) -> str:
    """What a cell says, in the language of the page; several parts with commas between them."""
    return ", ".join(_part(w, part) for part in str(cell).split(SEPARATOR) if part)


def _part(w: Words, part: str) -> str:
    if w.code != "nl":
        return part
    return DUTCH.get(part) or _AFTER.sub(r"na \1", part)
