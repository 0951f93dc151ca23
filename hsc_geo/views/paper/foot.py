"""The line at the foot of a brief."""

from __future__ import annotations

from hsc_geo.views.kit.words import Words
from hsc_geo.views.paper.model import Document


def foot(w: Words, document: Document) -> str:
    """Date, edition and maker."""
    day, edition = w.date(document.date), document.snapshot
    return w.t("Made on {date} from edition {snapshot} of hsc_geo", date=day, snapshot=edition)
