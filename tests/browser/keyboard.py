"""Going through a page with the Tab key: where the focus stands, and whether a person sees it there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

# The element that has the focus, through shadow roots and frames; and whether the look of the one before, or of what
# holds it, was another one while it had the focus.
LOOK = """() => {
  let at = document.activeElement;
  for (;;) {
    const inside = at && at.tagName === "IFRAME" ? at.contentDocument : at && at.shadowRoot;
    const next = inside && inside.activeElement;
    if (!next || next.tagName === "BODY") break;
    at = next;
  }
  const look = (node) => {
    const style = node.ownerDocument.defaultView.getComputedStyle(node);
    const outline = style.outlineStyle === "none" ? "" : style.outline;
    return [outline, style.boxShadow, style.borderColor, style.backgroundColor, style.textDecorationLine].join();
  };
  const chain = [];
  for (let node = at; node && chain.length < 5; node = node.parentElement || node.getRootNode().host) chain.push(node);
  const before = window.__before;
  window.__before = { chain, looks: chain.map(look) };
  const seen = !before || before.chain.some((node, i) => !node.isConnected || look(node) !== before.looks[i]);
  let keyed = at;
  for (let node = at; node; node = node.parentElement || node.getRootNode().host) {
    keyed = node;
    if (node.classList && [...node.classList].some((name) => name.startsWith("st-key-"))) break;
  }
  const key = [...(keyed.classList || [])].find((name) => name.startsWith("st-key-")) || "";
  const name = at.getAttribute("aria-label") || at.title || (at.innerText || "").trim() || at.value || "";
  return [at.tagName.toLowerCase(), key.slice(7), name.slice(0, 80), at.className.baseVal || at.className || "",
    at.ownerDocument !== document, seen];
}"""
LONGEST = 200  # presses of Tab before a place counts as out of reach


@dataclass(frozen=True)
class Stop:
    """A place where the focus stands: its tag, the key of Streamlit's element, its name, whether it is in a frame."""

    tag: str
    key: str
    name: str
    css: str
    in_frame: bool


class Keyboard:
    """A person who uses the Tab key. `unseen` are the places where the focus could not be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.unseen: list[Stop] = []
        self._before: Stop | None = None
        page.add_style_tag(content="* { transition: none !important; animation: none !important; }")

    def tab(self, back: bool = False) -> Stop:
        """One press of Tab, and where it leads."""
        self.page.keyboard.press("Shift+Tab" if back else "Tab")
        tag, key, name, css, in_frame, seen = self.page.evaluate(LOOK)
        if not seen and self._before is not None:
            self.unseen.append(self._before)
        stop = Stop(tag, key, name, str(css), in_frame)
        self._before = None if tag in ("body", "html", "iframe") else stop
        return stop

    def tab_to(self, there: Callable[[Stop], bool]) -> Stop:
        """Press Tab until the focus stands there."""
        for _ in range(LONGEST):
            stop = self.tab()
            if there(stop):
                return stop
        raise AssertionError("no press of Tab leads there")

    def round(self) -> list[Stop]:
        """All places from here until the focus leaves the page."""
        stops: list[Stop] = []
        while len(stops) < LONGEST:
            stop = self.tab()
            if stop.tag in ("body", "html"):
                return stops
            stops.append(stop)
        raise AssertionError("the focus does not leave the page")

    def press(self, *keys: str) -> None:
        """Other keys."""
        for key in keys:
            self.page.keyboard.press(key)
