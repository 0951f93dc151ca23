"""What every chart by plotly shares: how it behaves in the browser, and text that it cannot take for HTML."""

from __future__ import annotations

from markupsafe import escape

from hsc_geo.domain.text import carriable

CONFIG = {"displayModeBar": False, "doubleClick": False, "showTips": False}
LONGEST = 200  # letters of one text


def safe(text: str) -> str:
    """Text as plotly shows it: it reads a little HTML, so signs are written as entities."""
    return str(escape(carriable(text)[:LONGEST]))
