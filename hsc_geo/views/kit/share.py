"""The bar with which a view is shared: its link, PDF and picture, a QR code, and the answer alone on a full screen.

It stands in the place that `answer.head` gives. The browser fetches it once, and it reads the address when something is
pressed: a file is made by a route of the server from that address, so a change of the page sends nothing for it.
"""

from __future__ import annotations

from hsc_geo.views.kit.components import fetched_component, site_path
from hsc_geo.views.kit.names import Names


def share(n: Names, kind: str = "", picture: bool = False, prints: bool = False) -> None:
    """Draw the bar. kind: the paper of the view, as `brief.kinds` knows it, '' where there is none. picture: whether
    the view has a map. prints: whether the page is the paper itself."""
    data = {
        "kind": kind,
        "picture": picture,
        "prints": prints,
        "site": f"{site_path()}/",
        "carried": n.shared(),
        "kept": n.kept(),
        "words": _words(n),
    }
    html = '<div class="hsc-share" role="group"></div>'
    fetched_component("hsc_share", html, "share.css", "share.mjs")(key="hsc_bar", data=data, width="content")


def _words(n: Names) -> dict[str, str]:
    w = n.w
    return {
        "share": w.t("Share"),
        "copy": w.t("Copy link"),
        "copied": w.t("Link copied"),
        "choose": w.t("Copy this link:"),
        "pdf": w.t("Download as PDF"),
        "png": w.t("Picture of the map (PNG)"),
        "svg": w.t("Picture of the map (SVG)"),
        "making": w.t("The file is being made."),
        "failed": w.t("The file could not be made. Try again."),
        "qr": w.t("QR code"),
        "scan": w.t("Scan this code with a phone: it opens this view."),
        "long": w.t("This link is too long for a QR code. Copy it:"),
        "full": w.t("Full screen"),
        "leave": w.t("Leave full screen"),
        "close": w.t("Close"),
        "more": w.t("More"),
        "print": w.t("As a page to print"),
        "printing": w.t("Print"),
        "meeting": w.t("Paper for a Kenniscafé or Policy Lab"),
    }
