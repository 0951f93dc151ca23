"""Worked examples of the methods, as data: each is a test, and all of them stand in docs/methods.md.

`python -m tests.analysis.worked` writes them there anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill

from tests.analysis.example_town import AREAS, FIGURES, INITIATIVES, records

PAGE = Path(__file__).parents[2] / "docs" / "methods.md"
COMMAND = "python -m tests.analysis.worked"
BEGIN = f"<!-- Made by `{COMMAND}`; do not edit from here -->"
END = "<!-- to here -->"
WIDTH = 120  # of a line of the page
DIGITS = 4  # to which results and what is computed by hand are told


@dataclass(frozen=True)
class Example:
    """title and text; call: Python on the made-up town (`town`), with the names of `module` of hsc_geo.analysis;
    gives: what it gives; by_hand: plain arithmetic, with no part of the project in it, that must give the same."""

    title: str
    text: str
    module: str
    call: str
    gives: str
    by_hand: str


EXAMPLES = (
    Example(
        "Who is known to serve West?",
        "The walking group serves a neighbourhood of West, the help with debts West as a whole: two. The "
        "helpline is for the whole town and stands beside that number.",
        "counting",
        'count_of(town, ["WK000101"], town.initiatives.index).number',
        "2",
        'len({"WALK", "DEBTS"})',
    ),
    Example(
        "Who lives within 500 m of the walking group?",
        "A circle of 500 m in the middle of a square of 1 km covers a share of π/4 of it; 1,000 residents "
        "are spread evenly over Mill.",
        "reach",
        'reach(town, ["WALK"], 500).table.at["WK000101", "reached"]',
        "785.4",
        "1000 * math.pi * 500**2 / 1000**2",
    ),
    Example(
        "How many initiatives are there by ambition and life stage?",
        "For adults and of A1 there are three: the walking group, the coffee table and the helpline. One for "
        "adults is of A4, so the number beside that row is four.",
        "crosstab",
        'crosstab(town, Asked("life_stage", "ambition")).number("adults", "A1")',
        "3",
        'len({"WALK", "TABLE", "LINE"})',
    ),
    Example(
        "How far is the nearest place?",
        "From a point 900 m east and 500 m north of the town's corner, as the crow flies, to the walking "
        "group at 500 and 500.",
        "near",
        'nearest(town, ["WALK", "TABLE"], start_at(town, (90_900, 460_500))).found[0].metres',
        "400",
        "math.dist((900, 500), (500, 500))",
    ),
    Example(
        "Access when a place is shared (2SFCA)",
        "One place, with groups of 100 and 300 residents within the distance: the place gives 1/400 to "
        "each resident, and every resident gets the sum over the places within reach, told in places per "
        "1,000 residents (Luo and Wang 2003).",
        "access",
        "two_step(np.array([100.0, 300.0]), np.array([1.0]), np.array([[100.0], [400.0]]), distance=500)[0]",
        "2.5",
        "1000 * 1 / (100 + 300)",
    ),
    Example(
        "Access where distance weighs (E2SFCA)",
        "The same, where those in the farthest third of the distance count for 0.22 (Luo and Qi 2009): "
        "the place gives 1/(100 + 0.22 × 300), and the group near by gets it whole.",
        "access",
        'two_step(np.array([100.0, 300.0]), np.array([1.0]), np.array([[100.0], [400.0]]), 500, "e2sfca")[0]',
        "6.024",
        "1000 * 1 / (100 + 0.22 * 300)",
    ),
    Example(
        "Where is need high?",
        "Four areas get the mid-rank percentiles 12.5, 37.5, 62.5 and 87.5 by each figure. Harbour has "
        "87.5 by loneliness and 62.5 by smoking, on average 75, the highest of the four; so its index is "
        "the highest percentile again.",
        "need",
        'need_index(town, [Ingredient("lonely"), Ingredient("smoking")], "neighbourhood").table["index"].max()',
        "87.5",
        "(4 - 0.5) / 4 * 100",
    ),
    Example(
        "Does help go where need is?",
        "Three areas with as many residents and access of 1, 2 and 3 in order of need. Their middles on "
        "the scale of need are 1/6, 3/6 and 5/6, and a straight line through them rises by 3 from the "
        "least need (0) to the most (1) (Mackenbach and Kunst 1997).",
        "inequality",
        "slope_index(pd.Series([1.0, 2, 3]), pd.Series([10, 20, 30]), pd.Series([100, 100, 100])).sii",
        "3",
        "(3 - 1) / (5 / 6 - 1 / 6)",
    ),
    Example(
        "How unequal is it?",
        "Three areas with as many residents and values of 1, 2 and 3 in order of the measure: ranks 1/6, 3/6 and "
        "5/6. The concentration index is twice the mean of value times rank less 1/2, divided by the mean value: "
        "above 0, since there is more where the measure is higher (Kakwani, Wagstaff and van Doorslaer 1997).",
        "unequal",
        'unequal(*map(pd.Series, ([1.0, 2, 3], [10, 20, 30], [1, 1, 1]))).indices["concentration"].value',
        "0.2222",
        "2 * (1 * (1 / 6 - 1 / 2) + 2 * (3 / 6 - 1 / 2) + 3 * (5 / 6 - 1 / 2)) / 3 / 2",
    ),
    Example(
        "How far may a count be off by chance?",
        "65 by Byar's method: the count times the cube of 1 - 1/(9 x 65) - 1.96/(3 x the root of 65) (Breslow and Day "
        "1987).",
        "intervals",
        "of_count(65).lower",
        "50.16",
        "65 * (1 - 1 / (9 * 65) - 1.959964 / (3 * 65**0.5)) ** 3",
    ),
    Example(
        "Is that more than chance?",
        "40 initiatives on 40,000 residents are 1 per 1,000. An area of 100 residents, where 0.1 would be "
        "expected, lies outside the limits of 95% from the count of which that many or more have a chance below 2.5%: "
        "with 1 - exp(-0.1) = 0.095 one is not enough, with 0.0047 two are (Spiegelhalter 2005).",
        "funnel",
        'of_rates(pd.Series([2, 38]), pd.Series([100, 39900]), 1000).table["place"].eq("high").sum()',
        "1",
        "int(1 - math.exp(-0.1) * (1 + 0.1) < 0.025 < 1 - math.exp(-0.1))",
    ),
    Example(
        "Which area is most like Mill?",
        "By loneliness alone that is Market: 10 percentage points apart, told in standard deviations of "
        "the four areas.",
        "similar",
        'similar(town, "BU00010101", {"lonely": 1}, k=1)[0].distance',
        "0.8944",
        "(20 - 10) / statistics.pstdev([10, 20, 30, 40])",
    ),
    Example(
        "Where could a place come?",
        "Beside the walking group and the coffee table one place in Harbour, with 4,000 residents, "
        "reaches the most people who have no place within 500 m.",
        "where_next",
        'where_next(town, ["WALK", "TABLE"], 500, 1, pd.Series(1.0, town.areas.index[4:])).best.residents',
        "3142",
        "4000 * math.pi / 4",
    ),
    Example(
        "Which residents in a table of 2, 30 and 20, 50 are not shown?",
        "The 2 is small, and its row and its column would give it away; so all four go, and only the totals "
        "32, 70, 22 and 80 stay. Whoever reads them knows of each of the four only a span of 22: of the first "
        "from 0 to 22.",
        "table_suppression",
        "hidden_table(pd.DataFrame([[2, 30], [20, 50]]), 5).cells.to_numpy().sum()",
        "4",
        "2 * 2",
    ),
    Example(
        "What if the walking group had a place in Harbour too?",
        "Then π/4 of the 1,000 residents of Mill and of the 4,000 of Harbour live within 500 m of one.",
        "what_if",
        'compare(town, ["WALK"], Change(((93_500, 460_500),)), 500, pd.Series()).after.reach.city["reached"]',
        "3927",
        "(1000 + 4000) * math.pi / 4",
    ),
    Example(
        "What of an own area?",
        "Market (2,000 residents, 20% lonely) and Station (1,000, 30%) put together: the mean weighted by residents, "
        "for of this town no bands of age tell its adults; in whole percents, as the figure is published.",
        "own_figures",
        'figures_of(town, {"OWN1": ["BU00010102", "BU00010201"]})[0]["value"].iloc[-2]',
        "23",
        "round((2000 * 20 + 1000 * 30) / (2000 + 1000))",
    ),
    Example(
        "Do loneliness and smoking go together?",
        "Over the four neighbourhoods, Pearson's r of 10, 20, 30, 40 and 40, 10, 20, 30.",
        "association",
        "pearson(pd.Series([10, 20, 30, 40]), pd.Series([40, 10, 20, 30]))",
        "-0.2",
        "statistics.correlation([10, 20, 30, 40], [40, 10, 20, 30])",
    ),
    Example(
        "Do neighbours look alike?",
        "Loneliness rises from west to east. Less its mean it is -15, -5, 5 and 15; the means of the neighbours are "
        "-5, -5, 5 and 5 (Moran 1950).",
        "spatial",
        'pattern(town, Measure("lonely", 2024, "18plus"), "neighbourhood").moran.value',
        "0.4",
        "(-15 * -5 + -5 * -5 + 5 * 5 + 15 * 5) / (15**2 + 5**2 + 5**2 + 15**2)",
    ),
)


def shown(value: float) -> str:
    """A number as the page shows it."""
    return f"{value:.{DIGITS}g}"


def worked_examples() -> str:
    """The part of the page between the marks, in Markdown."""
    return "\n".join([BEGIN, "", *_town(), *(line for each in EXAMPLES for line in _example(each)), END])


def with_examples(page: str) -> str:
    """The page with the examples as they are now."""
    before, rest = page.split(BEGIN)
    return before + worked_examples() + rest.split(END)[1]


def _town() -> Iterator[str]:
    told = (
        "On a made-up town of four neighbourhoods, squares of 1 km in a row from west to east (`x` and "
        "`y` are metres from its south-west corner). The tests run each call and the arithmetic by hand, "
        "and compare four digits."
    )
    yield f"{fill(told, WIDTH)}\n"
    for table in (AREAS, FIGURES, INITIATIVES):
        header, *rows = [list(records(table)[0]), *([*each.values()] for each in records(table))]
        yield from (_row(header), _row(["---"] * len(header)), *map(_row, rows), "")


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _example(each: Example) -> Iterator[str]:
    yield f"### {each.title}\n\n{fill(each.text, WIDTH)}\n"
    yield f"```pycon\n>>> {each.call}\n{each.gives}\n>>> {each.by_hand}  # by hand\n{each.gives}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(with_examples(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
