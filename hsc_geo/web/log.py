"""What the server writes to its log: nothing of visitors, few lines that they can cause, and on request one JSON object
a line, without codes and secrets."""

from __future__ import annotations

import json
import logging
import re
import threading
import time
from collections.abc import Callable, Iterable
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
MOST_A_MINUTE = 10  # lines that anybody from outside can cause, for each logger
A_MINUTE = 60.0  # seconds
LONGEST = 200  # characters of such a line
# What libraries say of requests and messages that no page of ours sends, some with a stack trace or with words of who
# sent them, and their loggers.
_CAUSED_OUTSIDE = (
    "Invalid UTF-8 sequence",
    "Invalid HTTP request",
    "Unsupported upgrade request",
    "Rejecting WebSocket connection",
    "Rejecting backend operation request",
    "Backend operation request",
    "No handler",
    "The fragment with id",
    "Couldn't find fragment",
    "Session with id",
    "Ignoring reconnect",
    "Ignoring query string",
)
_TELLING_OF_OUTSIDE = (
    "uvicorn.error",
    "streamlit.web.server.starlette.starlette_websocket",
    "streamlit.runtime.app_session",
    "streamlit.runtime.backend_operation_handler",
    "streamlit.runtime.scriptrunner.script_runner",
    "streamlit.runtime.state.query_params",
    "streamlit.runtime.websocket_session_manager",
)


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


class Sparing(logging.Filter):
    """Lets a few lines through a minute, so that nobody fills the log; the next one says how many were left out."""

    def __init__(self, most: int = MOST_A_MINUTE, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._most = most
        self._clock = clock
        self._lock = threading.Lock()
        self._began = clock()
        self._passed = self._left_out = 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this one is written."""
        with self._lock:
            before = self._turn()
            self._passed += 1
            if self._passed > self._most:
                self._left_out += 1
                return False
        if before:
            record.msg, record.args = (
                f"{record.getMessage()} ({before} such lines before it were left out)",
                (),
            )
        return True

    def _turn(self) -> int:
        """Begin another minute if it is time; how many lines were left out in the last."""
        if self._clock() - self._began < A_MINUTE:
            return 0
        before, self._left_out, self._passed, self._began = self._left_out, 0, 0, self._clock()
        return before


class SparingOfOutside(Sparing):
    """As that, for what libraries say of requests that are none: then one short line without a stack trace."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this one is written; all that has another cause is, as it is."""
        if not str(record.msg).startswith(_CAUSED_OUTSIDE):
            return True
        text = record.getMessage()[:LONGEST]
        record.msg, record.args = "".join(c if c.isprintable() else LEFT_OUT for c in text), ()
        record.exc_info = record.exc_text = None
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        return super().filter(record)


def tell_no_visitors() -> None:
    """Let uvicorn write no line about a request: it holds the visitor's address, and perhaps a proposal's code. What is
    no request at all is told sparingly."""
    logging.getLogger(_REQUESTS).disabled = True
    logging.getLogger("uvicorn.error").addFilter(_is_of_no_request)
    for name in _TELLING_OF_OUTSIDE:
        logging.getLogger(name).addFilter(_OUTSIDE[name])
    logging.getLogger("streamlit.error_util").addFilter(_is_not_told_by_us)


_OUTSIDE = {name: SparingOfOutside() for name in _TELLING_OF_OUTSIDE}


def _is_of_no_request(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith(_VISITOR_FIRST)


def _is_not_told_by_us(record: logging.LogRecord) -> bool:
    """Of a page that fails `hsc_geo.web.errors` tells, with the stack trace where there is no other word for it."""
    return not str(record.msg).startswith("Uncaught app execution")


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
