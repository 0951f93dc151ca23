"""Contacts that are those of a person."""

from __future__ import annotations

from pathlib import Path

from hsc_geo.domain.problems import Problem
from tests.data.cases import INITIATIVES, ORGANISATIONS, case
from tests.data.cases_explanations import FILE, add
from tests.data.editing import put

BOXES = ["buurthuis@gmail.com", "info@Hotmail.com", "j.jansen@ziggo.nl (voorzitter)", "club@kpnmail.nl"]


@case("contact-private-mailbox")
def mailboxes_of_persons(folder: Path) -> list[Problem]:
    problems = []
    for row, box in enumerate(BOXES, 4):
        for file, column in ((ORGANISATIONS, "public_contact"), (INITIATIVES, "contact")):
            put(folder, file, row, **{column: box})
            problems.append(Problem(file, row, column, box, told(box)))
    put(
        folder, INITIATIVES, 20, contact="info@mijnziggo.nl, https://gmail.com/contact"
    )  # no mailbox of a person
    box = "mailto:wijkteam@live.nl"
    return [*problems, Problem(FILE, add(folder, contact_url=box), "contact_url", box, told(box))]


def told(box: str) -> str:
    host = box.partition("@")[2].split()[0].lower()
    return (
        f"a mailbox at {host} is taken for that of a person: give one of the organisation, or leave it empty"
    )
