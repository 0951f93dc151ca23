"""What the server writes to its log: nothing of visitors, and on request one JSON object a line, without codes and
secrets."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

import streamlit.logger

from hsc_geo.web.settings import Settings

LEFT_OUT = "…"
SHORTEST = 4  # characters of a secret that is taken out: a shorter one would take words with it
_PRIVATE = re.compile(
    r"""\b(code|state|\w*token\w*|\w*secret|password)=["']?[^&\s"'<>]+""", re.IGNORECASE
)  # of a proposal, and of signing in
_VISITOR_FIRST = "%s - "  # how uvicorn begins a line about a request: with the visitor's address
_REQUESTS = "uvicorn.access"


class JsonLines(logging.Formatter):
    """A record as one line of JSON: time (UTC), level, logger, message, and error when there is one."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets = sorted({each for each in secrets if len(each) >= SHORTEST}, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """The line; a newline in a text is escaped, so that a text cannot pass for a line of its own."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self._clean(record.getMessage()),
        }
        if record.exc_info and record.exc_info[0]:
            told["error"] = self._clean(self.formatException(record.exc_info))
        return json.dumps(told)

    def _clean(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, LEFT_OUT)
        return _PRIVATE.sub(rf"\1={LEFT_OUT}", text)


def secrets_of(settings: Settings) -> list[str]:
    """The values that may stand in no log: the secret settings, and the password of the database."""
    found = [getattr(settings, each.name) for each in fields(Settings) if each.metadata["secret"]]
    password = urlsplit(settings.database).password or ""
    return [each for each in (*found, password, unquote(password)) if each]


def tell_no_visitors() -> None:
    """Let uvicorn write no line about a request: it holds the visitor's address, and perhaps a proposal's code."""
    logging.getLogger(_REQUESTS).disabled = True
    logging.getLogger("uvicorn.error").addFilter(_is_of_no_request)


def _is_of_no_request(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith(_VISITOR_FIRST)


def use_json(settings: Settings) -> None:
    """Let every logger of this process write JSON to stderr, those of Streamlit and uvicorn too."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines(secrets_of(settings)))
    logging.getLogger().handlers[:] = [handler]
    logging.captureWarnings(True)
    # Streamlit gives each of its loggers a handler of its own, also those that it makes later.
    streamlit.logger.setup_formatter = _by_the_root
    for logger in list(logging.root.manager.loggerDict.values()):
        if isinstance(logger, logging.Logger):
            _by_the_root(logger)


def _by_the_root(logger: logging.Logger) -> None:
    logger.handlers.clear()
    logger.propagate = True
