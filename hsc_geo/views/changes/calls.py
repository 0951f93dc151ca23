"""The tables of the page as calls of the library, from its choices."""

from __future__ import annotations

from collections.abc import Callable

from hsc_geo.analysis.what_changed import EDITION, Basis
from hsc_geo.views.changes.answers import Found
from hsc_geo.views.changes.choices import ChangesChoice
from hsc_geo.views.kit.call import Call, Opened, as_of
from hsc_geo.views.kit.names import MONTHS, Names

PAGE = "changes"


def calls(n: Names, choice: ChangesChoice, found: Found, address: Callable[[str], str]) -> list[Call]:
    """What two editions tell, where the page compares them; what the entries say of themselves; and how old that is.
    address: of a kept edition by its name."""
    asked = {key: code for key, code in (("area", choice.area), ("ambition", choice.ambition)) if code}
    changed = found.changed

    def beside(basis: Basis, *verbs: str) -> list[Call]:
        if basis.kind != EDITION or basis.edition is None:
            return []
        before = {"before": Opened("before", address(basis.edition.name))}
        return [Call(PAGE, verb, arguments={**before, **asked}) for verb in verbs]

    since = {**asked, "since": choice.since, **as_of(n)}
    now = {**asked, **as_of(n)}
    months = {"months": n.months} if n.months != MONTHS else {}
    return [
        *beside(changed.basis, "entries", "entry_counts"),
        *beside(changed.figures_basis, "figures"),
        *(Call(PAGE, verb, arguments=since) for verb in ("dates", "date_counts")),
        Call(PAGE, "known", arguments={**now, **months}),
        Call(PAGE, "age_counts", arguments=now),
    ]
