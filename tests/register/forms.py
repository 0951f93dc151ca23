"""Files of every form that the register takes, made from entries."""

import csv
import io
from typing import Any

from openpyxl import Workbook

FORMS = ("csv", "xlsx", "hsds")

AREAS = b"initiative_id,area_code,precision,basis,basis_note\n"


def as_csv(*rows: dict[str, str]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def as_xlsx(*rows: dict[str, Any]) -> bytes:
    book = Workbook()
    assert book.active is not None
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def fresh(**fields: str) -> dict[str, str]:
    """A new initiative as a partner would write it in a file."""
    return {
        "initiative_id": "LEI-900",
        "name": "Nieuw",
        "organisation": "Gemeente Leiden",
        "sector": "municipality",
        "ambition_codes": "A1",
        "ambition_basis": "stated",
        "theme": "participation",
        "activity_types": "inloop",
        "status": "planned",
        "description_nl": "Tekst",
        "description_en": "Text",
        "source_publisher": "Leiden",
        "source_url": "https://www.leiden.nl",
        "evidence_level": "A",
        "district_as_stated": "Leiden Noord",
        **fields,
    }


BROKEN = {
    "nothing": b"",
    "no zip": b"PK\x03\x04nonsense",
    "no text": b"\x80\x81\x82",
    "latin-1": "initiative_id,name\nLEI-010,Café\n".encode("latin-1"),
    "nul": b"initiative_id,name\nLEI-010,a\x00b\n",
    "one word": b"hello",
    "no rows": b"initiative_id,name\n",
    "other columns": b"a,b\n1,2\n",
    "twice a column": b"initiative_id,name,name\nLEI-010,a,b\n",
    "strange column": b"initiative_id,nam\nLEI-010,a\n",
    "too many cells": b"initiative_id,name\nLEI-010,a,b,c\n",
    "open quote": b'initiative_id,name\nLEI-010,"a\n',
    "list": b"[]",
    "deep": b"[" * 100_000,
    "deep object": b'{"services":' * 50_000,
    "services no list": b'{"services": 1}',
    "service no object": b'{"services": [1]}',
    "null": b"null",
    "infinite": b'{"services":[{"id":NaN,"name":1e999}]}',
    "surrogate": b'{"services":[{"id":"LEI-010","name":"\\ud800"}]}',
    "links no json": b'{"services":[{"attributes":['
    b'{"link_type":"hsc_geo_field","label":"initiative_id","value":"LEI-010"},'
    b'{"link_type":"hsc_geo_field","label":"initiative_areas","value":"[1]"}]}]}',
}
