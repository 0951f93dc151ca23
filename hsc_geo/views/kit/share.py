"""The bar with which a view is shared: link, PDF, picture. It stands in the place that `answer.head` gives."""

from __future__ import annotations

from collections.abc import Callable

from hsc_geo.views.kit.button import pdf_button
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.offer import Paper, maker
from hsc_geo.views.kit.state import PageState


def share(n: Names, state: PageState, paper: Paper, place: str = "") -> None:
    """The bar of a view whose choices are `state`; `place` goes into the file's name."""
    bar(n, maker(n, state, paper), paper.kind, place)


def bar(n: Names, make: Callable[[], bytes], kind: str, place: str = "") -> None:
    """The same for a view that changes without its page: `make` gives the PDF of the view as it is at that moment, with
    no page running."""
    pdf_button(n, make, key=f"pdf_{kind}", name=f"{kind}-{place}" if place else kind)
