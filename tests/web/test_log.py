"""The log: one JSON object a line, with nothing of visitors and no secrets."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path

import pytest
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from hsc_geo.web.log import JsonLines, secrets_of
from hsc_geo.web.settings import Settings
from tests.web.running import STREAMLIT, UVICORN, running

SECRETS = {
    "oidc_client_secret": "client-hush",
    "oidc_cookie_secret": "cookie-hush-0123456789",
    "database": "postgresql+psycopg://hsc:data%2Fhush@host/name",
}


def line(
    message: str, *args: object, error: Exception | None = None, name: str = "hsc_geo"
) -> dict[str, str]:
    """What stands on the one line of a record."""
    info = (type(error), error, None) if error else None
    record = logging.LogRecord(name, logging.WARNING, "file.py", 1, message, args, info)
    text = JsonLines(secrets_of(Settings(**SECRETS))).format(record)  # type: ignore[arg-type]
    assert "\n" not in text
    found: dict[str, str] = json.loads(text)
    return found


def test_a_line_has_time_level_logger_and_message() -> None:
    found = line("Tile %s is not kept", "13/1/2")
    assert list(found) == ["time", "level", "logger", "message"]
    assert found["time"].endswith("+00:00")
    assert (found["level"], found["logger"]) == ("WARNING", "hsc_geo")
    assert found["message"] == "Tile 13/1/2 is not kept"


def test_an_error_is_one_field() -> None:
    assert line("It failed", error=ValueError("bad\nvalue"))["error"] == "ValueError: bad\nvalue"


def test_a_text_cannot_make_a_line_of_its_own() -> None:
    told = 'x"}\n{"level": "CRITICAL"}\r\x00\u2028\udc80'
    assert line("%s", told)["message"] == told


@pytest.mark.parametrize(
    "text",
    [
        "client-hush",
        "cookie-hush-0123456789",
        "data%2Fhush",
        "data/hush",
        "GET /aanmelden?lang=nl&code=hush",
        "code='hush'",
        "/oauth2callback?state=hush&code=hush",
        "id_token=hush",
        "client_secret=hush",
        "Password=hush",
    ],
)
def test_codes_and_secrets_are_left_out(text: str) -> None:
    found = line(f"It said {text} here", error=ValueError(text))
    assert "hush" not in json.dumps(found)
    assert found["message"].endswith(" here")


def test_what_is_no_secret_stays() -> None:
    told = "The register cannot be used: decode the code of HSC_DATABASE, error_code 5"
    assert line(told)["message"] == told


def finished(folder: Path, command: tuple[str, ...], **environment: str) -> list[str]:
    """The lines of a server that was visited, and whose register is no database."""
    broken, errors = folder / "register.db", folder / "errors.log"
    broken.write_text("no database" * 100)
    settings = {"HSC_DATABASE": f"sqlite:///{broken}", **environment}
    with running(*command, errors=errors, **settings) as client:
        client.get("/aanmelden?code=hush-of-a-proposal")
        client.get("/hsc/health")
        url = str(client.base_url).replace("http", "ws") + "/_stcore/stream?code=hush-of-a-proposal"
        with connect(url, subprotocols=[Subprotocol("streamlit")], proxy=None):
            pass
    return errors.read_text(encoding="utf-8").splitlines()


@pytest.mark.slow
@pytest.mark.parametrize("command", [STREAMLIT, UVICORN], ids=["streamlit", "uvicorn"])
def test_every_line_of_a_server_is_json(tmp_path: Path, command: tuple[str, ...]) -> None:
    lines = finished(tmp_path, command, HSC_LOG="json")
    found = [json.loads(each) for each in lines]
    assert {"uvicorn.error", "hsc_geo"} <= {each["logger"] for each in found}
    [told] = [each for each in found if each["logger"] == "hsc_geo"]
    assert "damaged" in told["message"]
    assert not re.search(r"hush|127\.0\.0\.1:\d+ - ", "\n".join(lines))


@pytest.mark.slow
def test_the_log_as_text_tells_no_visitors_either(tmp_path: Path) -> None:
    lines = finished(tmp_path, UVICORN)
    assert any("damaged" in each for each in lines)
    assert any("startup complete" in each for each in lines)
    assert not re.search(r"hush|127\.0\.0\.1:\d+ - ", "\n".join(lines))
