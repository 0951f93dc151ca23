"""What Streamlit itself draws or says and we cannot change: all that the tests in a browser let pass.

The accessibility statement names what stands in AXE.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Console:
    """A line in the console of the browser that is let pass, and why. `text` is a regular expression of the whole."""

    text: str
    reason: str


@dataclass(frozen=True)
class Axe:
    """A finding of axe-core that is let pass on elements that `selector` matches, and why."""

    rule: str
    selector: str
    reason: str


CONSOLE = (
    Console(
        r"An iframe which has both allow-scripts and allow-same-origin for its sandbox attribute can escape its "
        r"sandboxing\.",
        "Streamlit gives every component's frame both; the map's frame is served by ourselves.",
    ),
    Console(
        r"Unrecognized feature: '(ambient-light-sensor|battery|document-domain|layout-animations|"
        r"legacy-image-formats|oversized-images|vr|wake-lock)'\.",
        "Streamlit lists features in the frame's `allow` attribute that Chromium does not know any more.",
    ),
    Console(
        r"Received component message for unregistered ComponentInstance! .*streamlit:(componentReady|setFrameHeight).*",
        "A map that is taken off the page just after it came has told already that it is ready, or its height.",
    ),
)

AXE = (
    Axe(
        "region",
        "[role=listbox]",
        "Streamlit draws a list that opens at the end of the page, outside of its landmarks; the field that opens "
        "it names it (best practice, not a criterion of WCAG).",
    ),
)
