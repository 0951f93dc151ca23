"""The end of a sign-in: its mark, what cannot be kept for a while, and signing out by the route alone."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import pytest

from hsc_geo.register import Register, RegisterUnavailable
from hsc_geo.web import register as web_register
from hsc_geo.web.endings import Endings, SignInMark, sign_in_mark

SECRET = "k" * 40
CLAIMS = {"sub": "s-1", "iat": 1_790_000_000, "nonce": "n-1", "name": "A. Person", "roles": ["steward"]}
LONGEST = timedelta(hours=12)


class Kept:
    """A register as far as sign-ins go, which can be out of reach."""

    def __init__(self) -> None:
        self.ended: dict[str, date] = {}
        self.failing = False

    def end_sign_in(self, mark: str, until: date) -> None:
        self._reach()
        self.ended[mark] = until

    def sign_in_ended(self, mark: str, since: datetime) -> bool:
        self._reach()
        return mark in self.ended

    def _reach(self) -> None:
        if self.failing:
            raise RegisterUnavailable("gone", "gone")


def endings(found: Kept | None, why: str = "", again: float = 0.02) -> Endings:
    return Endings(lambda: cast(Register, found), lambda: why, again)


def one(mark: str = "m" * 64) -> SignInMark:
    return SignInMark(mark, datetime.now(UTC))


def wait(for_: Callable[[], bool]) -> bool:
    end = time.monotonic() + 5
    while not for_() and time.monotonic() < end:
        time.sleep(0.01)
    return for_()


# --- the mark ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [{"sub": "s-2"}, {"iat": 1_790_000_001}, {"nonce": "n-2"}, {"jti": "j"}, {"sid": "s"}, {"at_hash": "h"}],
)
def test_two_sign_ins_have_two_marks(other: dict[str, Any]) -> None:
    assert sign_in_mark(CLAIMS | other, SECRET).mark != sign_in_mark(CLAIMS, SECRET).mark


def test_one_sign_in_has_one_mark_whatever_else_is_told_with_it() -> None:
    told = {"is_logged_in": True, "origin": "https://a.nl", "provider": "default", "tokens": {}}
    assert sign_in_mark(CLAIMS | told, SECRET) == sign_in_mark(dict(reversed(CLAIMS.items())), SECRET)


def test_a_mark_says_nothing_of_whose_it_is() -> None:
    found = sign_in_mark(CLAIMS, SECRET)
    assert len(found.mark) == 64
    assert "s-1" not in found.mark
    assert sign_in_mark(CLAIMS, SECRET[1:] + "x").mark != found.mark
    assert found.since == datetime.fromtimestamp(1_790_000_000, UTC)


# --- keeping it -------------------------------------------------------------------------------------------------


def test_it_is_kept_until_the_day_on_which_it_would_be_too_old() -> None:
    found = Kept()
    made = endings(found)
    since = datetime.now(UTC)
    made.end(SignInMark("m", since), LONGEST)
    assert found.ended == {"m": (since + LONGEST).date()}
    assert made.ended(SignInMark("m", since))
    assert not made.ended(one("n"))


def test_while_the_register_is_out_of_reach_nobody_is_known_to_be_in() -> None:
    found = Kept()
    found.failing = True
    with pytest.raises(RegisterUnavailable) as told:
        endings(found).ended(one())
    assert told.value.code == "gone"
    with pytest.raises(RegisterUnavailable) as told:
        endings(None, "read_only").ended(one())
    assert told.value.code == "read_only"


def test_an_end_that_could_not_be_kept_counts_here_and_is_kept_later(
    caplog: pytest.LogCaptureFixture,
) -> None:
    found = Kept()
    found.failing = True
    made = endings(found)
    with caplog.at_level(logging.WARNING, "hsc_geo"):
        made.end(one("m"), LONGEST)
        assert made.ended(one("m"))
        time.sleep(0.1)  # some tries
        assert found.ended == {}
        found.failing = False
        assert wait(lambda: "m" in found.ended)
    assert len(caplog.records) == 1
    assert "(gone)" in caplog.text
    assert endings(found).ended(one("m"))


def test_what_is_too_old_is_tried_no_more() -> None:
    found = Kept()
    made = endings(found)
    made.end(SignInMark("m", datetime.now(UTC) - timedelta(days=3)), LONGEST)
    assert found.ended == {}
    assert not made.ended(one("m"))


def test_where_the_register_is_off_nothing_is_kept_and_nobody_is_in(caplog: pytest.LogCaptureFixture) -> None:
    made = endings(None, web_register.OFF)
    made.end(one(), LONGEST)
    assert caplog.records == []
    with pytest.raises(RegisterUnavailable):
        made.ended(one())
