"""Who a visitor is, by what the provider said: roles, lists of the operator, and all that does not count."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette import starlette_app_utils

from hsc_geo.register import Actor, Register, RegisterUnavailable
from hsc_geo.web import identity
from hsc_geo.web import settings as settings_module
from hsc_geo.web.headers import UPLOAD, Refuse
from hsc_geo.web.leaving import LOGOUT, EndSignIn
from hsc_geo.web.server import parts
from hsc_geo.web.settings import Settings, SettingsError, read_settings

NOW = 1_790_000_000.0
COOKIE = "k" * 40
PROVIDER = {
    "HSC_OIDC_METADATA_URL": "https://login.example.nl/.well-known/openid-configuration",
    "HSC_OIDC_CLIENT_ID": "hsc-geo",
    "HSC_OIDC_CLIENT_SECRET": "a-secret-of-the-client",
    "HSC_OIDC_COOKIE_SECRET": COOKIE,
    "HSC_OIDC_REDIRECT": "https://hsc.example.nl/oauth2callback",
}


def chosen(**more: str) -> Settings:
    return read_settings(PROVIDER | more)


def claims(**more: Any) -> dict[str, Any]:
    return {"is_logged_in": True, "sub": "s-1", "iat": NOW, **more}


def role(found: dict[str, Any], settings: Settings | None = None, now: float = NOW) -> str:
    return identity.actor_of(found, settings or chosen(), now).role


# --- roles ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("roles", "wanted"),
    [
        (["steward"], "steward"),
        ("steward", "steward"),
        (["reader", "administrator", "steward"], "administrator"),
        (["Steward", "STEWARD", " steward", "stewards"], "proposer"),
        ("steward administrator", "proposer"),
        ([], "proposer"),
        (None, "proposer"),
        ({"steward": True}, "proposer"),
        ([["steward"], 7, None, {"role": "steward"}], "proposer"),
        (7, "proposer"),
    ],
)
def test_the_role_is_that_of_the_claim_to_the_letter(roles: object, wanted: str) -> None:
    assert role(claims(roles=roles)) == wanted


def test_the_actor_holds_the_subject_and_no_name_or_mail_address() -> None:
    found = identity.actor_of(
        claims(roles=["steward"], name="A. Person", email="a@example.nl"), chosen(), NOW
    )
    assert found == Actor("steward", "s-1")


def test_a_claim_can_lie_deeper_or_have_dots_in_its_name() -> None:
    deep = chosen(HSC_OIDC_ROLE_CLAIM="realm_access.roles")
    assert role(claims(realm_access={"roles": ["steward"]}), deep) == "steward"
    assert role({**claims(), "realm_access.roles": ["administrator"]}, deep) == "administrator"
    assert role(claims(realm_access="steward"), deep) == "proposer"
    assert role(claims(roles=["steward"]), deep) == "proposer"


def test_lists_of_the_operator_give_roles_whatever_the_claim_says() -> None:
    listed = chosen(HSC_STEWARDS="s-0, s-1", HSC_ADMINISTRATORS="s-2")
    assert role(claims(), listed) == "steward"
    assert role(claims(sub="s-2", roles=["steward"]), listed) == "administrator"
    assert role(claims(sub="s-3"), listed) == "proposer"
    assert role(claims(sub="s-0, s-1"), listed) == "proposer"
    assert role(claims(), chosen()) == "proposer"  # taken off the list


@pytest.mark.parametrize(
    "found",
    [
        {},
        claims(is_logged_in=False),
        claims(is_logged_in="true"),
        claims(is_logged_in=1),
        claims(sub=""),
        claims(sub=None),
        claims(sub=["s-1"]),
        claims(sub="x" * 256),
        claims(iat=None),
        claims(iat="1790000000"),
        claims(iat=True),
        claims(iat=NOW - identity.LONGEST - 1),
        claims(iat=NOW + 3600),
        claims(iat=float("nan")),
        {key: value for key, value in claims().items() if key != "iat"},
    ],
)
def test_what_is_not_whole_or_too_old_is_nobody(found: dict[str, Any]) -> None:
    listed = chosen(HSC_STEWARDS="s-1", HSC_ADMINISTRATORS="x" * 256)
    assert identity.actor_of({**found, "roles": ["administrator"]}, listed, NOW) == Actor("proposer")


def test_a_sign_in_counts_for_twelve_hours() -> None:
    found = claims(roles=["steward"])
    assert role(found, now=NOW + 12 * 3600) == "steward"
    assert role(found, now=NOW + 12 * 3600 + 1) == "proposer"
    assert role(found, now=NOW - 200) == "steward"  # the provider's clock may be a little ahead


def test_without_a_provider_nobody_has_a_role() -> None:
    listed = Settings(stewards=frozenset({"s-1"}), administrators=frozenset({"s-1"}))
    assert identity.actor_of(claims(roles=["administrator"]), listed, NOW) == Actor("proposer")
    assert identity.secrets(listed) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@tries(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(["sub", "iat", "roles", "is_logged_in", "realm_access"]), JSON))
def test_no_claims_break_it_and_none_gives_a_role_without_the_word(found: dict[str, Any]) -> None:
    actor = identity.actor_of(found, chosen(HSC_OIDC_ROLE_CLAIM="roles"), NOW)
    words = found.get("roles")
    named = words in ("steward", "administrator") or (
        isinstance(words, list) and ("steward" in words or "administrator" in words)
    )
    assert actor.role == "proposer" or named


# --- settings ---------------------------------------------------------------------------------------------------


def test_secrets_of_streamlit_come_from_the_settings() -> None:
    made = identity.secrets(chosen())
    assert made == {
        "auth": {
            "redirect_uri": PROVIDER["HSC_OIDC_REDIRECT"],
            "cookie_secret": COOKIE,
            "client_id": "hsc-geo",
            "client_secret": PROVIDER["HSC_OIDC_CLIENT_SECRET"],
            "server_metadata_url": PROVIDER["HSC_OIDC_METADATA_URL"],
            "client_kwargs": {"scope": "openid", "prompt": "login"},
        }
    }
    assert parts(chosen(HSC_TILES="off")).secrets == made
    assert parts(Settings(tiles=False)).secrets is None


@pytest.mark.parametrize("left_out", PROVIDER)
def test_half_a_provider_stops_the_start_and_is_named(left_out: str) -> None:
    given_ = {key: value for key, value in PROVIDER.items() if key != left_out}
    with pytest.raises(SettingsError, match=f"^{left_out} is missing"):
        read_settings(given_)


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("HSC_OIDC_METADATA_URL", "http://login.example.nl/x"),
        ("HSC_OIDC_METADATA_URL", "login.example.nl"),
        ("HSC_OIDC_METADATA_URL", "https://user@login.example.nl/x"),
        ("HSC_OIDC_REDIRECT", "https://hsc.example.nl/"),
        ("HSC_OIDC_COOKIE_SECRET", "too-short"),
        ("HSC_OIDC_ROLE_CLAIM", "two words"),
        ("HSC_OIDC_SCOPE", "profile email"),
    ],
)
def test_what_cannot_be_used_is_told(variable: str, text: str) -> None:
    with pytest.raises(SettingsError, match=variable):
        read_settings(PROVIDER | {variable: text})


def test_secrets_are_never_shown() -> None:
    with pytest.raises(SettingsError) as told:
        read_settings(PROVIDER | {"HSC_OIDC_COOKIE_SECRET": "tell-nobody"})
    assert "tell-nobody" not in str(told.value)
    shown = repr(chosen()) + repr(parts(chosen(HSC_TILES="off")))
    assert COOKIE not in shown
    assert PROVIDER["HSC_OIDC_CLIENT_SECRET"] not in shown


# --- uploads ----------------------------------------------------------------------------------------------------


async def _reached(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A stand-in for Streamlit behind the layer that refuses, with a provider configured."""
    for key, value in PROVIDER.items():
        monkeypatch.setenv(key, value)
    settings_module.settings.cache_clear()
    kept = secrets_singleton._secrets
    secrets_singleton.merge_programmatic_secrets(identity.secrets(chosen()) or {})
    app = Starlette()
    app.mount("/", _reached)
    yield TestClient(EndSignIn(Refuse(app, base=""), base=""))
    secrets_singleton._programmatic_secrets = None
    secrets_singleton._secrets = kept
    monkeypatch.undo()
    settings_module.settings.cache_clear()


def signed(found: object, secret: str = COOKIE) -> dict[str, str]:
    import json

    text = json.dumps(found).encode()
    value = starlette_app_utils.create_signed_value(secret, "_streamlit_user", text)
    return {"Cookie": f"_streamlit_user={value.decode() if isinstance(value, bytes) else value}"}


def test_only_who_may_review_may_upload(door: TestClient) -> None:
    now = time.time()
    steward = claims(iat=now, roles=["steward"])
    assert door.put(f"{UPLOAD}/a/b", headers=signed(steward)).status_code == 204
    refused = [
        {},
        signed(claims(iat=now, roles=["reader"])),
        signed(claims(iat=now - 50_000, roles=["steward"])),
        signed(steward, secret="another secret of forty characters!!!!!!"),
        signed(["steward"]),
        signed("steward"),
        {"Cookie": "_streamlit_user=steward"},
        {"Cookie": "_streamlit_user=2|1:0|10:1|15:_streamlit_user|4:e30=|00"},
        {"Cookie": "=;;==; \xff"},
    ]
    for headers in refused:
        for method in ("PUT", "DELETE", "POST", "OPTIONS"):
            asked = door.request(
                method, f"{UPLOAD}/a/b", headers={k: v.encode("latin-1") for k, v in headers.items()}
            )  # type: ignore[misc]
            assert asked.status_code == 403, headers
    assert door.post("/_stcore/agent/mcp", headers=signed(steward)).status_code == 404


# --- signing out ------------------------------------------------------------------------------------------------


def test_after_the_route_of_signing_out_the_cookie_is_refused(door: TestClient) -> None:
    now = time.time()
    steward = signed(claims(iat=now, nonce="n-1", roles=["steward"]))
    again = signed(claims(iat=now, nonce="n-2", roles=["steward"]))
    assert door.put(f"{UPLOAD}/a/b", headers=steward).status_code == 204
    assert door.get(LOGOUT, headers=steward).status_code == 204  # passed on, to what goes to the provider
    assert door.put(f"{UPLOAD}/a/b", headers=steward).status_code == 403
    assert door.put(f"{UPLOAD}/a/b", headers=again).status_code == 204


def test_a_cookie_of_another_secret_ends_nothing(door: TestClient) -> None:
    found = claims(iat=time.time(), nonce="n-3", roles=["steward"])
    for headers in (signed(found, secret="another secret of forty characters!!!!!!"), {}, signed("steward")):
        assert door.get(LOGOUT, headers=headers).status_code == 204
    assert door.put(f"{UPLOAD}/a/b", headers=signed(found)).status_code == 204


def test_nobody_uploads_while_the_register_cannot_tell_who_signed_out(
    door: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> bool:
        raise RegisterUnavailable("gone", "gone")

    steward = signed(claims(iat=time.time(), roles=["steward"]))
    monkeypatch.setattr(Register, "sign_in_ended", gone)
    assert door.put(f"{UPLOAD}/a/b", headers=steward).status_code == 403


def test_the_layer_stands_where_one_can_sign_in() -> None:
    assert EndSignIn in [each.cls for each in parts(chosen(HSC_TILES="off")).middleware]
    assert EndSignIn not in [each.cls for each in parts(Settings(tiles=False)).middleware]
