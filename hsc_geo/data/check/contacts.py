"""Semantic checks of contact data: those of an organisation, never of a person."""

from __future__ import annotations

from collections.abc import Iterator

from hsc_geo.data.check.reading import RawPackage
from hsc_geo.data.check.registry import semantic
from hsc_geo.domain.mailboxes import free_mail_host
from hsc_geo.domain.problems import Problem

CONTACTS = {"organisations": "public_contact", "initiatives": "contact", "explanations": "contact_url"}


@semantic("contact-private-mailbox")
def contacts_at_free_mail(package: RawPackage) -> Iterator[Problem]:
    """No contact is a mailbox at a provider for private mail, which is that of a person."""
    for name, column in CONTACTS.items():
        raw = package[name]
        for row, value in raw.where(column, lambda cell: bool(free_mail_host(cell))):
            mend = (
                f"a mailbox at {free_mail_host(value)} is taken for that of a person: give one of the organisation, "
                "or leave it empty"
            )
            yield Problem(raw.path, row, column, value, mend)
