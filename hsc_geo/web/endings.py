"""The end of a sign-in, kept in the register so that all servers with it and all open tabs go by it.

Streamlit's signing out asks the browser to forget a cookie. The cookie itself would count until it is too old, in the
hands of whoever kept a copy, and so would a tab that was open.
"""

from __future__ import annotations

import hmac
import json
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from hsc_geo.register.things import RegisterError, RegisterUnavailable
from hsc_geo.web import register

if TYPE_CHECKING:
    from hsc_geo.register import Register

TRY_AGAIN_AFTER = 10.0  # seconds until an end that could not be kept is tried again
# The same all through one sign-in and not in the next, by OpenID Connect Core 1.0 and RFC 7519; not all are given.
_OF_ONE_SIGN_IN = ("iss", "sub", "iat", "auth_time", "nonce", "at_hash", "sid", "jti")

_LOGGER = logging.getLogger("hsc_geo")


@dataclass(frozen=True)
class SignInMark:
    """A sign-in: what tells it from all others without saying whose it is, and the moment it is from."""

    mark: str
    since: datetime


def sign_in_mark(claims: Mapping[str, Any], secret: str) -> SignInMark:
    """The mark of these claims, which must hold (a subject, and `iat` as seconds since 1970).

    Keyed with the secret of the cookie, so that no subject can be tried out on what a database holds.
    """
    told = json.dumps([claims.get(name) for name in _OF_ONE_SIGN_IN], sort_keys=True)
    mark = hmac.new(secret.encode(), told.encode(), "sha256").hexdigest()
    return SignInMark(mark, datetime.fromtimestamp(claims["iat"], UTC))


class Endings:
    """What ended and what did not, by the register that `find` gives; `why` says why it gives none.

    An end that cannot be kept there counts in this process at once, and is tried again every `again` seconds.
    """

    def __init__(
        self,
        find: Callable[[], Register | None],
        why: Callable[[], str],
        again: float = TRY_AGAIN_AFTER,
    ) -> None:
        self._find = find
        self._why = why
        self._again = again
        self._waiting: dict[str, date] = {}
        self._timer: threading.Timer | None = None

    def ended(self, sign_in: SignInMark) -> bool:
        """Whether it ended, asked of the register now. Raises RegisterUnavailable when that cannot be known."""
        return sign_in.mark in self._waiting or self._reached().sign_in_ended(sign_in.mark, sign_in.since)

    def end(self, sign_in: SignInMark, longest: timedelta) -> None:
        """Let it count no more. longest: how long after its moment it could have counted. Raises nothing of the
        register's."""
        self._waiting[sign_in.mark] = (sign_in.since + longest).date()
        try:
            self._keep()
        except RegisterError as error:
            told = "The end of a sign-in could not be kept in the register (%s); tried again every %g s"
            _LOGGER.warning(told, error.code, self._again)
            self._keep_later()

    def _keep(self) -> None:
        """Write what waits. Where the register is off nobody can act, so nothing need be kept."""
        found = None if self._why() == register.OFF else self._reached()
        for mark, until in [*self._waiting.items()]:
            if found is not None and until >= datetime.now(UTC).date():
                found.end_sign_in(mark, until)
            self._waiting.pop(mark, None)

    def _keep_later(self) -> None:
        if self._timer is None or not self._timer.is_alive():
            self._timer = threading.Timer(self._again, self._keep_again)
            self._timer.daemon = True
            self._timer.start()

    def _keep_again(self) -> None:
        self._timer = None
        try:
            self._keep()
        except RegisterError:
            self._keep_later()

    def _reached(self) -> Register:
        found = self._find()
        if found is None:
            raise RegisterUnavailable(self._why() or register.FAULT, "the register cannot be reached")
        return found


@cache
def endings() -> Endings:
    """Those of this process."""
    return Endings(register.register, register.reason)
