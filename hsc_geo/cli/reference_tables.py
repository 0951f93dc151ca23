"""The part of docs/library.md on `hsc_geo.tables`: each verb with what it says of itself, and an example that a test
runs."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from importlib import import_module

from hsc_geo.cli.signature import signature

# Page -> verb -> example; `district`, `initiative` and `organisation` are of the edition that was opened.
TABLES = {
    "start": {"focus": "focus(edition)"},
    "on_map": {
        "tables": "tables(edition)['dictionary']",
        "areas": "areas(edition, Choice(smoking, level='neighbourhood'))",
        "initiatives": "initiatives(edition, Choice(facets={'ambition': ['A3']}))",
        "citywide": "citywide(edition)",
    },
    "coverage": {
        "known": "known(edition)",
        "near": "near(edition, CoverageChoice(distance=800))",
        "shared": "shared(edition, CoverageChoice(sharing=Sharing(factor=3.0)))",
        "need": "need(edition, CoverageChoice(ambition='A3'))",
        "verdicts": "verdicts(edition, CoverageChoice(ingredients=(Ingredient(smoking),)))",
        "to_ask": "to_ask(edition)",
        "where_next": "where_next(edition, CoverageChoice(places=2))",
        "what_if": "what_if(edition, CoverageChoice(tried=Tried(removed=(initiative,))))",
        "elsewhere": "elsewhere(edition, CoverageChoice(level='neighbourhood'))",
        "claims": "claims(edition, CoverageChoice(claim=Reading('rank', (smoking,))))",
    },
    "profile": {
        "ages": "ages(edition, ProfileChoice((district,)))",
        "facts": "facts(edition, ProfileChoice((district,)))",
        "figures": "figures(edition, ProfileChoice((district,), every=True))",
        "over_years": "over_years(edition, ProfileChoice((district,)))",
        "ambitions": "ambitions(edition, ProfileChoice((district,)))",
        "kinds": "kinds(edition, ProfileChoice((district,)))",
        "alike": "alike(edition, ProfileChoice((district,)))",
        "beside_alike": "beside_alike(edition, ProfileChoice((district,)))",
    },
    "partners": {
        "near": "near(edition, NearChoice(place=district))",
        "everything": "everything(edition, NearChoice(facets=(('life_stage', ('65+',)),)))",
        "meetings": "meetings(edition)",
        "neighbours": "neighbours(edition, NeighboursChoice(initiative))",
        "sharing": "sharing(edition)",
        "active": "active(edition)",
        "taking_part": "taking_part(edition, organisation)",
        "places": "places(edition, organisation)",
        "companions": "companions(edition, organisation)",
        "missing": "missing(edition, MissingChoice(district))",
        "to_invite": "to_invite(edition, MissingChoice(district, sector='sports'))",
        "neighbourhoods": "neighbourhoods(edition, MissingChoice(district))",
        "may_end": "may_end(edition, months=24)",
    },
    "changes": {
        "entries": "entries(edition, before)",
        "entry_counts": "entry_counts(edition, before)",
        "figures": "figures(edition, before, district)",
        "dates": "dates(edition, ambition='A3')",
        "date_counts": "date_counts(edition, district)",
        "known": "known(edition, district)",
        "age_counts": "age_counts(edition)",
    },
    "research": {
        "crosstab": "crosstab(edition, Explored(rows='ambition', columns='life_stage'))",
        "behind": "behind(edition, Explored(cell=('A3', '')))",
        "residents_near": "residents_near(edition, Explored(distance=800))",
        "spread": "spread(edition, ResearchChoice(figure=Moment(smoking, 2024, '18plus')))",
        "classes": "classes(edition, ResearchChoice(figure=Moment(smoking, 2024, '18plus')))",
        "over_years": "over_years(edition, ResearchChoice(figure=Moment(smoking, 2024, '18plus')))",
        "together": "together(edition, two)",
        "unequal": "unequal(edition, two)",
        "unequal_areas": "unequal_areas(edition, two)",
        "pattern": "pattern(edition, ResearchChoice(figure=Moment(smoking, 2024, '18plus')))",
        "chance": "chance(edition, ResearchChoice(funnel='confirmed'))",
        "own": "own(edition)",
        "neighbourhoods": "neighbourhoods(edition)",
    },
    "data": {
        "figures": "figures(edition)",
        "figure_status": "figure_status(edition)",
        "completeness": "completeness(edition)",
        "precision": "precision(edition)",
    },
}
BEFORE_TABLES = """
district = edition.areas.index[edition.areas["level"] == "district"][0]
initiative, organisation = edition.initiatives.index[0], edition.organisations.index[0]
"""
# What an example of a page needs first.
_FIRST = {
    "changes.entries": "before = edition  # an earlier one, opened in the same way",
    "research.together": "two = ResearchChoice("
    "figure=Moment(smoking, 2024, '18plus'), other=Moment(income, 2024, 'all'))",
}
_TABLES = f"""## The tables of the site

Each page of the site has a module, and each of its tables a verb that gives it in plain values: codes and numbers in
place of words, missing or `''` where something is missing, `|` between several codes in a cell. What is chosen on the
page is a frozen value; `as_of` (a `datetime.date`) is the day from which it counts, without it today. Numbers of
residents that the site computes are missing below `hide_below`, as there. Under each table of the site a fold holds
the code that gives it, with every choice in it. The examples need this first:

```python
{BEFORE_TABLES.strip()}
```
"""


def of_tables() -> Iterator[str]:
    """The sections, one for each page."""
    yield _TABLES
    yield from (_page(name, examples) for name, examples in TABLES.items())


def _page(name: str, examples: Mapping[str, str]) -> str:
    """The tables of a page: each verb with what it gives, then the examples together."""
    module = import_module(f"hsc_geo.tables.{name}")
    told = []
    for verb in examples:
        function = getattr(module, verb)
        about = " ".join((inspect.getdoc(function) or "").split())
        told.append(f"- `{verb}{signature(function)}`: {about}")
    about = (inspect.getdoc(module) or "").strip()
    return (
        f"### hsc_geo.tables.{name}\n\n{about}\n\n"
        + "\n".join(told)
        + "\n\n```python\n"
        + "\n".join(code(name))
        + "\n```\n"
    )


def code(name: str) -> Iterator[str]:
    """The examples of a page as a program, with the imports that they need."""
    choices = getattr(import_module(f"hsc_geo.tables.{name}"), "__all__", ())
    yield f"from hsc_geo.tables import {name}"
    if choices:
        yield f"from hsc_geo.tables.{name} import {', '.join(choices)}"
    yield ""
    for verb, example in TABLES[name].items():
        first = _FIRST.get(f"{name}.{verb}")
        yield from ([first.replace("'", '"')] if first else [])
        yield f"{name}.{example}".replace("'", '"')
