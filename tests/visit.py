"""The one value of a visit, as the tests make it: on the day of the test unless they say another."""

import datetime as dt
from typing import Any

from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import Words


def names_of(package: Package, w: Words, today: dt.date | None = None, **others: Any) -> Names:
    """Names of the package for a visit now; `others` are further fields of Names."""
    now = dt.datetime.now().astimezone()
    return Names(package, w, today or now.date(), **{"now": now, **others})
