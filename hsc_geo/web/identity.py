"""Who the visitor is: the role that the OpenID Connect provider, or a list of the operator's, gives them.

Streamlit signs in (`st.login`) and keeps what the provider said in a signed cookie. Here that becomes an `Actor`: a
role and the subject of the sign-in, never a name or a mail address. It is asked anew for whatever is read or done, so
that a steward who is taken off the list, or signed out in another tab or on another server, is out at once.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal

import streamlit as st
from starlette.types import Scope
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from hsc_geo.register import Actor, RegisterError
from hsc_geo.register.things import REVIEWERS
from hsc_geo.web.endings import SignInMark, endings, sign_in_mark
from hsc_geo.web.settings import Settings, settings

PROPOSER, STEWARD, ADMINISTRATOR = "proposer", *REVIEWERS
NOBODY = Actor(PROPOSER)
LONGEST = 12 * 3600  # seconds that a sign-in counts: what the provider said may be otherwise by then
LONGEST_SUBJECT = 255  # characters, by OpenID Connect Core 1.0, section 2
_EARLY = 300  # seconds that the provider's clock may be ahead of ours


def configured(chosen: Settings | None = None) -> bool:
    """Whether anybody can sign in at all."""
    return bool((chosen or settings()).oidc_metadata_url)


def secrets(chosen: Settings) -> dict[str, dict[str, Any]] | None:
    """What st.App takes as secrets, so that they come from the environment and stand in no file; None without a
    provider. The provider is asked to let the visitor sign in anew, and for no more than the scope of the setting:
    neither a name nor a mail address comes into the cookie."""
    if not configured(chosen):
        return None
    return {
        "auth": {
            "redirect_uri": chosen.oidc_redirect,
            "cookie_secret": chosen.oidc_cookie_secret,
            "client_id": chosen.oidc_client_id,
            "client_secret": chosen.oidc_client_secret,
            "server_metadata_url": chosen.oidc_metadata_url,
            "client_kwargs": {"scope": chosen.oidc_scope, "prompt": "login"},
        }
    }


def actor() -> Actor:
    """Who visits this page now; a proposer when nobody is signed in, or not any more. Only in a run of a page.

    Raises RegisterUnavailable when the register cannot tell whether the sign-in of a reviewer ended.
    """
    return _acting(st.user.to_dict())


def signed_in() -> bool:
    """Whether the visitor is signed in, whatever their role."""
    claims = st.user.to_dict()
    if not configured() or not _holds(claims, time.time()):
        return False
    try:
        return not endings().ended(_mark(claims))
    except RegisterError:
        return True  # as far as can be known; it gives no rights


def log_out() -> None:
    """End the sign-in of who visits this page, everywhere, and let browser and provider forget it. In a callback."""
    end(st.user.to_dict())
    st.logout()


def end(claims: Mapping[str, Any]) -> None:
    """End the sign-in of these claims, where there is one."""
    if configured() and _holds(claims, time.time()):
        endings().end(_mark(claims), timedelta(seconds=LONGEST + _EARLY))


def menu() -> Literal["visible", "hidden"]:
    """Whether the page Review stands in the menu: only for whoever may review, and for a reviewer while the register
    cannot be asked, whom the page then tells so."""
    try:
        return "visible" if actor().role in REVIEWERS else "hidden"
    except RegisterError:
        return "visible"


def actor_of(claims: Mapping[str, Any], chosen: Settings, now: float) -> Actor:
    """The actor of these claims at this time (seconds since 1970). Without a provider, or with claims that are not
    whole or too old, a proposer without a subject."""
    if not configured(chosen) or not _holds(claims, now):
        return NOBODY
    subject = claims["sub"]
    roles = {*_roles(claims, chosen.oidc_role_claim)}
    roles |= {STEWARD} if subject in chosen.stewards else set()
    roles |= {ADMINISTRATOR} if subject in chosen.administrators else set()
    role = next((each for each in (ADMINISTRATOR, STEWARD) if each in roles), PROPOSER)
    return Actor(role, subject)


def _acting(claims: Mapping[str, Any]) -> Actor:
    """As `actor_of` now, and nobody when the sign-in ended. Raises RegisterUnavailable."""
    found = actor_of(claims, settings(), time.time())
    return NOBODY if found.role in REVIEWERS and endings().ended(_mark(claims)) else found


def _mark(claims: Mapping[str, Any]) -> SignInMark:
    return sign_in_mark(claims, settings().oidc_cookie_secret)


def _holds(claims: Mapping[str, Any], now: float) -> bool:
    """Whether someone is signed in by these claims: signed, with a subject, and not longer ago than counts."""
    subject, issued = claims.get("sub"), claims.get("iat")
    if claims.get("is_logged_in") is not True or not isinstance(subject, str):
        return False
    if (
        not 0 < len(subject) <= LONGEST_SUBJECT
        or isinstance(issued, bool)
        or not isinstance(issued, int | float)
    ):
        return False
    return -_EARLY <= now - issued <= LONGEST


def _roles(claims: Mapping[str, Any], path: str) -> set[str]:
    """The words at a path of claims: a list of words, or one. The name of a claim may itself hold dots."""
    found: Any = claims.get(path)
    if found is None:
        found = claims
        for part in path.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return {found}
    return {each for each in found if isinstance(each, str)} if isinstance(found, list | tuple) else set()


def may_upload(scope: Scope) -> bool:
    """Whether a request comes from someone who may review, by the signed cookie that came with it. Not on the event
    loop: for a reviewer it asks the register, and nobody may while that cannot be reached.

    The origin is not compared here: a browser sends this cookie to no other site's requests (SameSite is Lax), and
    Streamlit asks its own token of every upload.
    """
    if not configured():
        return False
    try:
        return _acting(claims_of(scope)).role in REVIEWERS
    except RegisterError:
        return False


def claims_of(scope: Scope) -> dict[str, Any]:
    """What the signed cookie of a request says; nothing when there is none, or none of ours."""
    from starlette.requests import cookie_parser

    header = "; ".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie")
    signed = _get_signed_cookie_with_chunks(cookie_parser(header), USER_COOKIE_NAME)
    try:
        found = json.loads(signed or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
