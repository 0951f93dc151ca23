"""Semantic checks of the municipality's own explanations of figures.

That the area and the figure exist, that the office is named and that texts hold no HTML is checked for every table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hsc_geo.data.check.meaning import is_link
from hsc_geo.data.check.reading import RawPackage
from hsc_geo.data.check.registry import semantic
from hsc_geo.domain.message import Message
from hsc_geo.domain.problems import Problem

_MAILBOX = re.compile(r"mailto:[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
LEVELS = ("district", "neighbourhood")


@semantic("explanation-place")
def explanations_of_profiles(package: RawPackage) -> Iterator[Problem]:
    """An explanation is of a district or neighbourhood, whose profile shows it, and its office can be reached."""
    raw, areas = package["explanations"], package["areas"]
    level = dict(zip(areas["area_code"], areas["level"], strict=False))
    for row, code, contact in raw.rows("area_code", "contact_url"):
        if code in level and level[code] not in LEVELS:
            yield raw.problem(
                row,
                "area_code",
                code,
                Message("is a {level}: give a district or neighbourhood", level=level[code]),
            )
        if contact and not (is_link(contact) or _MAILBOX.fullmatch(contact)):
            yield raw.problem(
                row, "contact_url", contact, Message("give an https:// address or mailto: with a mailbox")
            )
