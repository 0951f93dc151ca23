"""The inequality of a value, and the areas in their order, as rows."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hsc_geo.views.kit.names import Names
from hsc_geo.views.research.answers.unequal import Answer
from hsc_geo.views.research.choices import FIGURE, Moment
from hsc_geo.views.research.rows.areas import official

SUPPRESSED, PRESENT = "suppressed", "present"


def indices(n: Names, made: Answer) -> pd.DataFrame:
    """Every index in plain values, with all that it is of."""
    found = made.found
    assert found is not None
    rows = [
        {
            "index": each.code,
            "value": each.value,
            "lower": each.lower,
            "upper": each.upper,
            "confidence": found.level,
            "why_no_interval": each.why_not,
            "without_inequality": each.neutral,
        }
        for each in found.indices.values()
    ]
    return pd.DataFrame(rows).assign(areas=len(found.table), left_out=found.left_out, **_of(n, made))


def areas(n: Names, made: Answer) -> pd.DataFrame:
    """The areas in plain values; what is not shown is missing here too."""
    found = made.found
    assert found is not None
    gone = found.table.index.isin(list(made.hidden))
    table = found.table.assign(value=found.table["value"].mask(gone), status=PRESENT)
    table["status"] = table["status"].mask(gone, SUPPRESSED)
    table.insert(0, "name", [official(n, str(code)) for code in table.index])
    return table.rename_axis("area_code").reset_index().assign(**_of(n, made))


def _of(n: Names, made: Answer) -> dict[str, Any]:
    """What stands in every row: what is unequal, over what, of which table, year, age group and kind."""
    value = made.figure if made.value == FIGURE else Moment("")
    return {
        "method": "hsc_geo.analysis.unequal",
        "level": made.level,
        "value_of": value.indicator_id or made.value,
        **_moment(n, value, "value_"),
        "measure": made.measure.indicator_id if made.measure else "need_index",
        **_moment(n, made.measure or Moment(""), "measure_"),
        "ambition": made.ambition,
        "metres": made.distance if value.indicator_id == "" and made.value == "reach" else None,
    }


def _moment(n: Names, moment: Moment, prefix: str) -> dict[str, Any]:
    about = n.package.indicators.loc[moment.indicator_id] if moment.indicator_id else None
    return {
        f"{prefix}table": "" if about is None else str(about["table_id"]),
        f"{prefix}year": moment.year,
        f"{prefix}age_group": moment.age_group,
        f"{prefix}kind": "counted" if about is None else str(about["kind"]),
    }
