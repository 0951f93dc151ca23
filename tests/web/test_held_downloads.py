"""A download that was on the page a moment ago is still to be had, whoever's run ends in between; and then it goes."""

from __future__ import annotations

import pytest
from streamlit.runtime import media_file_manager
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from hsc_geo.web.held_downloads import HELD_S, HeldDownloads


class Server:
    """Streamlit's files with a clock of ours and a visitor at a time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        self.visitor = "a"
        self.storage = MemoryMediaFileStorage("/media")
        self.files = MediaFileManager(self.storage)
        self.remove = HeldDownloads(self.files, lambda: self.now)
        monkeypatch.setattr(media_file_manager, "_get_session_id", lambda: self.visitor)

    def run(self, visitor: str, text: str) -> str:
        """A whole run of a visitor's page with one button; the number of the file on it."""
        self.visitor = visitor
        self.files.clear_session_refs(visitor)
        number = self.files.add_deferred(
            lambda: text.encode(), "text/csv", "1.1", file_name="a.csv", element_id="x"
        )
        self.remove()
        return number

    def fetch(self, number: str) -> bytes:
        url = self.files.execute_deferred(number)
        return self.storage.get_file(url.rsplit("/", 1)[-1]).content


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    return Server(monkeypatch)


def test_a_press_on_the_button_of_the_run_before_gets_its_file(server: Server) -> None:
    before = server.run("a", "before")
    now = server.run("a", "now")
    for n in range(20):
        server.run(f"other {n}", "other")
    assert server.fetch(before) == b"before"
    assert server.fetch(now) == b"now"


def test_what_no_page_shows_goes_after_the_time(server: Server) -> None:
    before = server.run("a", "before")
    now = server.run("a", "now")
    server.now += HELD_S - 1
    server.run("b", "other")
    assert server.fetch(before) == b"before"
    server.now += 2
    server.run("b", "other")
    with pytest.raises(MediaFileStorageError, match="not found"):
        server.fetch(before)
    assert server.fetch(now) == b"now", "what the page still shows stays as long as it does"


def test_a_made_file_waits_for_the_browser_to_ask_for_it_and_leaves_nothing_behind(server: Server) -> None:
    url = server.files.execute_deferred(server.run("a", "text"))
    for n in range(5):
        server.run(f"other {n}", "other")
    assert server.storage.get_file(url.rsplit("/", 1)[-1]).content == b"text"
    for visitor in ["a", *(f"other {n}" for n in range(5))]:
        server.files.clear_session_refs(visitor)
    server.remove()
    server.now += HELD_S
    server.remove()
    assert not server.files._deferred_callables
    assert not server.files._file_metadata


def test_a_picture_that_no_page_shows_goes_at_once(server: Server) -> None:
    server.visitor = "a"
    server.files.add(b"\x89PNG\r\n\x1a\n", "image/png", "1.2")
    server.files.clear_session_refs("a")
    server.remove()
    assert not server.files._file_metadata
