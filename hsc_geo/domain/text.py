"""Text that any screen, file or protocol can carry."""

from __future__ import annotations

import re

_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
REPLACEMENT = "\ufffd"


def carriable(text: str) -> str:
    """The text with control characters and broken Unicode (lone surrogates) replaced, and line ends as `\\n`."""
    return _NOT_TEXT.sub(REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))
