"""Small counts of people that we compute are not shown, nor a second one from which they could be computed.

Official figures stand as they are published. What we compute ourselves (residents reached) can come out as a handful
of people in one area. Below the threshold it is hidden; and where the total stands beside the parts, so is the next
smallest, until what is hidden is at least two parts that together reach the threshold: else the difference with the
total would tell. Method: the small number rules of OpenSAFELY, primary and secondary suppression.
"""

from __future__ import annotations

import pandas as pd

DEFAULT = 5  # counts from 1 up to but not including this are hidden, when the operator sets nothing else; 0 hides none


def hidden(counts: pd.Series, least: int, totalled: bool = True) -> pd.Series:
    """Which of the counts (0 or more, NaN missing) may not be shown; same index, bool.

    A count is small when it is above 0 and, rounded, below `least`. totalled: their total is shown as well. Missing
    counts are never hidden. 0 is never hidden: nobody is in it.
    """
    whole = counts.round()
    small = (counts > 0) & (whole < least)
    if not totalled or not small.any():
        return small
    order = whole[(counts > 0) & ~small].sort_values(kind="stable").index
    for code in order:
        if small.sum() >= 2 and whole[small].sum() >= least:
            break
        small[code] = True
    return small
