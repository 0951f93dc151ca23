"""Notes: what a link asked that is not known, what was taken instead, and what one may not conclude."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from hsc_geo.views.kit.html import items, markup
from hsc_geo.views.kit.words import Words


def note(texts: Sequence[str]) -> Markup:
    """Notes as a list that a screen reader announces; nothing for none."""
    return markup('<div role="status" class="hsc-note">{}</div>', items(texts)) if texts else Markup("")


def warned(w: Words, texts: Sequence[str]) -> Markup:
    """What one may not conclude from what stands beside it: a part of the page with a name, not announced. On a phone
    the first is seen, the others unfold, so that the picture still begins on the first screen."""
    if not texts:
        return Markup("")
    name, (first, *rest) = w.t("What this does not say"), texts
    more = w.tn("{n} more warning", "{n} more warnings", len(rest))
    folded = markup("<details><summary>{}</summary>{}</details>", more, items(rest)) if rest else Markup("")
    return markup('<aside class="hsc-warned" aria-label="{}">{}{}</aside>', name, items([first]), folded)


def refused_note(w: Words, values: Sequence[str]) -> Markup:
    """What a link asked that is not, or no longer, known."""
    return note(refused_texts(w, values))


def refused_texts(w: Words, values: Sequence[str]) -> list[str]:
    """A sentence per value that was left out."""
    return [
        w.t(
            'The link asked for "{value}", which is not (or no longer) known here; it was left out.',
            value=value,
        )
        for value in values
    ]
