"""What the last refresh of the data found, from the report that the command keeps."""

from __future__ import annotations

from hsc_geo.data.refresh_report import RefreshReport, read
from hsc_geo.web.settings import settings


def report() -> RefreshReport | None:
    """The report that is kept now; None without one. Raises ValueError for one that is damaged."""
    return read(settings().refresh)
