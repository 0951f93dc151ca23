"""What a visitor sees when a page fails, and what the log gets."""

from __future__ import annotations

import logging

import pytest
from streamlit.testing.v1 import AppTest

from hsc_geo.web.log import tell_no_visitors


def _failing() -> None:
    from hsc_geo.web.errors import show_script_error

    assert show_script_error(ValueError("/srv/secret.toml: password=1234")) is True


def _without_data() -> None:
    from hsc_geo.data.load import DataError
    from hsc_geo.domain.message import Message
    from hsc_geo.web.errors import show_script_error

    assert show_script_error(DataError("areas.csv", Message("is missing"), Message("build it again"))) is True


def test_failure_shows_one_calm_message_in_both_languages(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "hsc_geo"):
        app = AppTest.from_function(_failing).run()
    assert not app.exception
    (message,) = app.error
    assert "Deze pagina kan nu niet worden getoond" in message.value
    assert "This page cannot be shown now" in message.value
    assert "secret" not in message.value
    assert "secret.toml" in caplog.text


def _failing_as_a_page() -> None:
    from streamlit.error_util import handle_user_script_exception

    from hsc_geo.web.errors import show_script_error

    handle_user_script_exception(ValueError("/srv/secret.toml"), show_script_error)


def test_what_fails_is_in_the_log_once_and_nowhere_beside_it(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    tell_no_visitors()
    AppTest.from_function(_failing_as_a_page).run()
    assert [each.name for each in caplog.records if each.exc_info] == ["hsc_geo"]
    assert "secret.toml" not in "".join(capsys.readouterr())


def test_unreadable_data_show_what_is_wrong_and_the_mend() -> None:
    app = AppTest.from_function(_without_data).run()
    (message,) = app.error
    assert "De gegevens kunnen nu niet worden gelezen" in message.value
    assert "The data cannot be read now" in message.value
    assert app.code[0].value.splitlines() == [
        "areas.csv: ontbreekt; build it again",
        "areas.csv: is missing; build it again",
    ]
