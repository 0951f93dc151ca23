"""axe-core over a page, its frames and the open shadow roots in it; what Streamlit alone can mend is set apart."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.streamlit_limits import AXE, Axe

# The rules of WCAG 2.0, 2.1 and 2.2 at the levels A and AA, and what axe calls best practice.
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN = """async (tags) => {
  const result = await axe.run(document, {
    runOnly: tags, iframes: true, resultTypes: ["violations"], pingWaitTime: 3000, frameWaitTime: 60000,
  });
  const short = (found) => found.nodes.map((node) => ({
    rule: found.id, target: node.target, html: node.html.slice(0, 300), told: node.failureSummary || "",
  }));
  return { violations: result.violations.flatMap(short), passes: result.passes.flatMap(short) };
}"""
# Whether a selector holds for the element that axe names by a path through frames and shadow roots.
MATCHES = """([target, selector]) => {
  let root = document, found = null;
  for (const step of target) {
    for (const inner of [step].flat()) {
      found = root.querySelector(inner);
      if (!found) return false;
      root = found.shadowRoot || root;
    }
    root = found.contentDocument || root;
  }
  return !!found && (found.matches(selector) || !!found.closest(selector));
}"""


@dataclass(frozen=True)
class Finding:
    """One element that breaks a rule, or keeps it."""

    rule: str
    target: tuple[Any, ...]
    html: str
    told: str

    @property
    def in_frame(self) -> bool:
        """Whether the element stands in a frame."""
        return len(self.target) > 1

    @property
    def in_shadow(self) -> bool:
        """Whether the element stands in a shadow root."""
        return any(isinstance(step, list) for step in self.target)

    def __str__(self) -> str:
        return f"{self.rule}: {self.target} {self.html}\n    {self.told}"


@cache
def source() -> str:
    """The text of axe.min.js, from the wheel that carries it."""
    found = importlib.util.find_spec("axe_playwright_python")
    assert found is not None
    assert found.origin
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8")


def findings(page: Page) -> tuple[list[Finding], list[Finding]]:
    """(what breaks a rule, one that keeps it for each rule that is kept) on the whole page."""
    for frame in page.frames:
        if not frame.evaluate("'axe' in window"):  # half a megabyte, which stays until the page goes
            frame.evaluate(source())
    result = page.evaluate(RUN, list(RULES))
    return _read(result["violations"]), _read(result["passes"])


def _read(found: list[dict[str, Any]]) -> list[Finding]:
    return [Finding(each["rule"], tuple(each["target"]), each["html"], each["told"]) for each in found]


def limit_of(page: Page, finding: Finding) -> Axe | None:
    """The limit of Streamlit's that explains a finding, if one does."""
    fitting = (limit for limit in AXE if limit.rule == finding.rule)
    return next(
        (lim for lim in fitting if page.evaluate(MATCHES, [list(finding.target), lim.selector])), None
    )
