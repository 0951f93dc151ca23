"""What is counted beside chance, as rows."""

from __future__ import annotations

import pandas as pd

from hsc_geo.views.kit.names import Names
from hsc_geo.views.research.answers.chance import Chance
from hsc_geo.views.research.choices import RATE
from hsc_geo.views.research.rows.areas import official


def rows(n: Names, found: Chance) -> pd.DataFrame:
    """A row per area or ambition, with its interval and its place in the funnel."""
    table = found.table.rename(columns={"level": "confidence"}).rename_axis("code").reset_index()
    table.insert(1, "name", [_name(n, found, str(code)) for code in table["code"]])
    limits = {} if found.funnel is None else {"whole": centre(found)}
    return table.assign(
        **limits,
        what=found.what,
        level="ambition" if found.per_ambition else found.level,
        ambition=found.ambition,
        counted_from=n.today.isoformat(),
        kind="counted",
        table="register",
        year=n.today.year,
        age_group="all",
    )


def centre(found: Chance) -> float:
    """The value of all together, in the unit of the values."""
    assert found.funnel is not None
    return found.funnel.centre * (1 if found.what == RATE else 100)


def _name(n: Names, found: Chance, code: str) -> str:
    return n.term("ambition", code) if found.per_ambition else official(n, code)
