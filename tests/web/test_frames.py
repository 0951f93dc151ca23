"""Frames on the socket that are no messages of Streamlit's program: closed, and told in a few short lines."""

from __future__ import annotations

import json
import logging
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.runtime_util import get_max_widget_state_size_bytes
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from hsc_geo.web import frames
from hsc_geo.web.frames import NO_TEXT, TOO_LARGE, UNREADABLE, frame_fault, is_foreign
from hsc_geo.web.log import LONGEST, MOST_A_MINUTE, Sparing, SparingOfOutside, tell_no_visitors
from tests.web.running import STREAMLIT, UVICORN, running

SOCKET = "/_stcore/stream"
GARBAGE = b"\xff\xfe\x00garbage"
SOUND = BackMsg(load_git_info=True).SerializeToString()
SHUT_DOWN = BackMsg(debug_shutdown_runtime=True).SerializeToString()
BAD_UTF8 = b"\x81\x82\x00\x00\x00\x00\xff\xfe"  # a masked text frame of two bytes


@pytest.fixture(autouse=True)
def _unspared() -> Iterator[None]:
    """The lines of one test are not counted in the next."""
    kept = frames._LOGGER.filters[:]
    frames._LOGGER.filters[:] = [Sparing()]
    yield
    frames._LOGGER.filters[:] = kept


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("hello", NO_TEXT),
        ("", NO_TEXT),
        (GARBAGE, UNREADABLE),
        (b"", UNREADABLE),
        (SHUT_DOWN, UNREADABLE),
        (b"x" * (get_max_widget_state_size_bytes() + 1), TOO_LARGE),
    ],
    ids=["text", "empty text", "garbage", "nothing", "only for tests", "too large"],
)
def test_it_closes_the_socket_and_is_one_short_line(
    client: TestClient, caplog: pytest.LogCaptureFixture, frame: str | bytes, code: int
) -> None:
    with client.websocket_connect(SOCKET) as opened:
        (opened.send_text if isinstance(frame, str) else opened.send_bytes)(frame)  # type: ignore[operator]
        with pytest.raises(WebSocketDisconnect) as told:
            opened.receive_bytes()
    assert told.value.code == code
    [line] = [each for each in caplog.records if each.name == "hsc_geo.socket"]
    assert line.levelno == logging.WARNING
    assert line.exc_info is None
    assert len(line.getMessage()) < LONGEST
    assert "testclient" not in line.getMessage()  # how Starlette calls the address of who asks


def test_a_flood_of_them_is_a_few_lines(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(5 * MOST_A_MINUTE):
        with client.websocket_connect(SOCKET) as opened:
            opened.send_bytes(GARBAGE)
            with pytest.raises(WebSocketDisconnect):
                opened.receive_bytes()
    assert len([each for each in caplog.records if each.name == "hsc_geo.socket"]) == MOST_A_MINUTE


@pytest.mark.parametrize(
    ("origin", "opens"),
    [
        ("http://testserver", True),
        ("https://testserver", True),
        (None, True),
        ("http://localhost", False),
        ("http://127.0.0.1:3000", False),
        ("http://testserver:3000", False),
        ("http://testserver.evil.example", False),
        ("http://evil.example/testserver", False),
        ("null", False),
        ("", False),
        ("http://[", False),
    ],
)
def test_it_opens_for_pages_of_the_host_that_is_asked_alone(
    client: TestClient, caplog: pytest.LogCaptureFixture, origin: str | None, opens: bool
) -> None:
    headers = {} if origin is None else {"origin": origin}
    if opens:
        with client.websocket_connect(SOCKET, headers=headers) as opened:
            opened.send_bytes(SOUND)
            assert opened.receive_bytes() == b"heard " + SOUND
    else:
        with pytest.raises(WebSocketDisconnect), client.websocket_connect(SOCKET, headers=headers):
            pass
    lines = [each for each in caplog.records if each.name == "hsc_geo.socket"]
    assert [(line.levelno, line.exc_info) for line in lines] == [(logging.WARNING, None)] * (not opens)


@tries(max_examples=100, deadline=None)
@given(st.binary(max_size=60))
def test_whatever_it_holds_it_is_read_or_refused(data: bytes) -> None:
    fault = frame_fault({"type": "websocket.receive", "bytes": data})
    assert fault is None or fault.code == UNREADABLE


def test_what_streamlit_sends_itself_passes() -> None:
    for sound in (SOUND, BackMsg(stop_script=True).SerializeToString()):
        assert frame_fault({"type": "websocket.receive", "bytes": sound, "text": None}) is None


# --- the log ----------------------------------------------------------------------------------------------------


def record(message: str, error: Exception | None = None) -> logging.LogRecord:
    info = (type(error), error, None) if error else None
    return logging.LogRecord("a", logging.ERROR, "file.py", 1, message, (), info)


def test_the_first_line_of_the_next_minute_says_how_many_were_left_out() -> None:
    now = [0.0]
    sparing = Sparing(most=2, clock=lambda: now[0])
    assert [sparing.filter(record("a")) for _ in range(5)] == [True, True, False, False, False]
    now[0] = 61
    line = record("a")
    assert sparing.filter(line)
    assert line.getMessage() == "a (3 such lines before it were left out)"
    later = record("a")
    assert sparing.filter(later)
    assert later.getMessage() == "a"


def test_origins_that_the_operator_names_are_no_strangers_and_all_others_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        config, "get_option", lambda name: ["https://maps.example", " https://other.example "]
    )
    asked = {b"host": b"testserver"}
    assert not is_foreign({**asked, b"origin": b"https://maps.example"})
    assert not is_foreign({**asked, b"origin": b"https://other.example"})
    assert is_foreign({**asked, b"origin": b"http://localhost:3000"})
    assert is_foreign({**asked, b"origin": b"http://maps.example"})


def test_a_flood_of_one_kind_silences_no_other() -> None:
    tell_no_visitors()
    mine = {
        name: logging.getLogger(name).filters for name in ("uvicorn.error", "streamlit.runtime.app_session")
    }
    spared = [next(each for each in found if isinstance(each, SparingOfOutside)) for found in mine.values()]
    assert spared[0] is not spared[1]


def test_only_what_comes_from_outside_is_shortened_and_spared() -> None:
    sparing = SparingOfOutside(most=1)
    ours = [record("Exception in ASGI application\n", ValueError("ours")) for _ in range(3)]
    assert all(map(sparing.filter, ours))
    assert ours[2].exc_info
    line = record(
        "Rejecting WebSocket connection " + "x" * 5000, UnicodeDecodeError("utf-8", b"", 0, 1, "no")
    )
    assert sparing.filter(line)
    assert (len(line.getMessage()), line.exc_info, line.levelname) == (LONGEST, None, "WARNING")
    assert not sparing.filter(record("Invalid HTTP request received."))


def test_words_of_who_sent_it_make_no_line_of_their_own() -> None:
    line = record(
        "Rejecting backend operation request x\n2026 ERROR a page failed\r\x1b[2J: session ID mismatch"
    )
    assert SparingOfOutside().filter(line)
    assert line.getMessage().isprintable()


# --- on a server ------------------------------------------------------------------------------------------------


def refuse(url: str, frame: str | bytes) -> int | None:
    """The code with which the server closes the socket for this frame."""
    with connect(url, proxy=None, max_size=None) as opened:
        opened.send(frame)
        return closed_with(opened)


def closed_with(opened: ClientConnection) -> int | None:
    """The code with which the server closes a socket, after all that it answers before."""
    try:
        while True:
            opened.recv(timeout=20)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


def ask_for_nothing(url: str, times: int) -> None:
    """Whole messages of Streamlit's program, about what there is not, with words that would make a line of the log."""
    run = ClientState(fragment_id="none\nERROR made up")
    operation = BackendOperationRequest(request_id="none\nERROR made up")
    with connect(url, proxy=None, max_size=None) as opened:
        for _ in range(times):
            opened.send(BackMsg(rerun_script=run).SerializeToString())
            opened.send(BackMsg(backend_operation_request=operation).SerializeToString())
        opened.send(GARBAGE)
        assert closed_with(opened) == UNREADABLE


def raw(port: int, *sent: bytes) -> None:
    """Bytes over a bare connection, until the other side ends it."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as opened:
        for each in sent:
            opened.sendall(each)
            time.sleep(0.1)
        while opened.recv(65_536):
            pass


def shake(port: int, more: str = "") -> bytes:
    """What begins a socket."""
    head = f"GET {SOCKET} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    return f"{head}{key}{more}\r\n".encode()


def told(folder: Path, command: tuple[str, ...], **environment: str) -> list[str]:
    """The log of a server to which all of these were sent, some of them often."""
    errors = folder / "errors.log"
    settings = {"HSC_DATABASE": f"sqlite:///{folder / 'register.db'}", **environment}
    with running(*command, errors=errors, **settings) as client:
        port = int(client.base_url.port or 0)
        url = f"ws://127.0.0.1:{port}{SOCKET}"
        assert (refuse(url, "hello"), refuse(url, GARBAGE), refuse(url, b"")) == (
            NO_TEXT,
            UNREADABLE,
            UNREADABLE,
        )
        assert refuse(url, b"x" * 60_000_000) == TOO_LARGE
        for _ in range(2 * MOST_A_MINUTE):
            refuse(url, GARBAGE)
            raw(port, shake(port), BAD_UTF8)
        ask_for_nothing(url, 2 * MOST_A_MINUTE)
        raw(port, shake(port, f"Origin: http://other.example/{'x' * 5000}\r\n"))
        raw(port, shake(port, "Origin: http://[\r\n"))
        raw(port, os.urandom(100).replace(b"\n", b"") + b"\r\n\r\n")
        assert client.get("/hsc/health").json()["status"] == "ok"
    return errors.read_text(encoding="utf-8").splitlines()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "form"), [(STREAMLIT, "text"), (UVICORN, "json")], ids=["streamlit", "uvicorn-json"]
)
def test_a_server_tells_it_in_a_few_lines(tmp_path: Path, command: tuple[str, ...], form: str) -> None:
    lines = told(tmp_path, command, HSC_LOG=form)
    if form == "json":
        found = [json.loads(each) for each in lines]
        assert not [each for each in found if "error" in each]
        assert {each["level"] for each in found if "refused" in each["message"]} == {"WARNING"}
        lines = [each["message"] for each in found]
    whole = "\n".join(lines)
    assert "Traceback" not in whole
    assert "127.0.0.1" not in "\n".join(each for each in lines if "refused" in each or "UTF-8" in each)
    assert len([each for each in lines if "was refused" in each]) == MOST_A_MINUTE
    assert 1 <= len([each for each in lines if "Invalid UTF-8" in each]) <= MOST_A_MINUTE
    assert len([each for each in lines if "fragment with id" in each or "operation" in each]) <= MOST_A_MINUTE
    assert not [each for each in lines if each.startswith("ERROR")]
    assert max(map(len, lines)) < 2 * LONGEST
