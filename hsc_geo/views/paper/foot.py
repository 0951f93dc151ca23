"""The line at the foot of a brief."""

from __future__ import annotations

import datetime as dt

from hsc_geo.views.kit.words import Words
from hsc_geo.views.paper.model import Document


def foot(w: Words, document: Document) -> str:
    """Date, edition and maker."""
    return line(w, document.snapshot, document.date)


def line(w: Words, snapshot: str, day: dt.date) -> str:
    """The same of any picture or paper."""
    return w.t("Made on {date} from edition {snapshot} of hsc_geo", date=w.date(day), snapshot=snapshot)
