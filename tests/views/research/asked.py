"""What an address asks of the page of research."""

from __future__ import annotations

from hsc_geo.data.load import Package
from hsc_geo.views.kit.state import PageState, read
from hsc_geo.views.research.choices import ResearchChoice, choice, parameters


def chosen(package: Package, **query: str) -> ResearchChoice:
    """The choices of an address, all of which are valid."""
    values, refused = read({key: [value] for key, value in query.items()}, parameters(package))
    assert refused == []
    return choice(package, PageState("t", parameters(package), {"state_t": values}, {}))
