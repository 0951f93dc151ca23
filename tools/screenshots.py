"""The pictures of the README: starts the app, opens its pages in Chromium, writes docs/screenshots/*.png.

    .venv/bin/python tools/screenshots.py

`./test` installs what this needs. The background map is left off, so that the pictures come out the same wherever they
are made. HSC_CHROMIUM names another Chromium than the one installed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "screenshots"
LARGEST = 300_000  # bytes: what a README may ask of who reads it
PATIENCE = 60  # seconds, for the server to start and for a page to be whole
SETTLE = 1.0  # seconds for the last letters and lines to stand still
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
]


@dataclass(frozen=True)
class Shot:
    """One picture: its file, the address of the page, the size of the window in pixels, and whether it has a map."""

    file: str
    path: str
    width: int
    height: int
    has_map: bool = False


SIZES = ((1280, 800), (390, 844))  # of a laptop and a phone, as a visitor sees a page first
PAGES = {
    "start": "/",
    "map": "/kaart?ind=50150NED-Overgewicht",
    "map-chosen": "/kaart?ind=50150NED-Overgewicht&sel=WK054603",
    "coverage": "/dekking",
    "coverage-need": "/dekking?part=need",
    "profile": "/wijkprofiel?area=WK054603",
    "partners": "/partners",
    "research": "/onderzoek",
    "research-together": "/onderzoek?part=together&amb=A3",
    "propose": "/aanmelden",
    "brief": "/stuk",
    "data": "/data",
}
SHOTS = tuple(
    Shot(f"{name}-{width}.png", path, width, height, has_map=path.startswith("/kaart"))
    for name, path in PAGES.items()
    for width, height in SIZES
)


def main() -> None:
    """Make every picture, or those whose file is named."""
    parser = argparse.ArgumentParser(description="Make the screenshots of the README.")
    parser.add_argument("files", nargs="*", help=f"which ones: {', '.join(shot.file for shot in SHOTS)}")
    parser.add_argument("--output", type=Path, default=FOLDER, help="folder to write (docs/screenshots)")
    asked = parser.parse_args()
    unknown = set(asked.files) - {shot.file for shot in SHOTS}
    if unknown:
        parser.error(f"no such picture: {', '.join(sorted(unknown))}")
    asked.output.mkdir(parents=True, exist_ok=True)
    chosen = [shot for shot in SHOTS if not asked.files or shot.file in asked.files]
    with _server() as host, _browser() as browser:
        for shot in chosen:
            _say(f"{_take(browser, host, shot, asked.output)}")


def _take(browser: Browser, host: str, shot: Shot, folder: Path) -> str:
    """Write one picture; gives a line that says so. Raises SystemExit when the file is larger than it may be."""
    size = {"width": shot.width, "height": shot.height}
    context = browser.new_context(
        viewport=size, locale="nl-NL", color_scheme="light", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(host + shot.path)
    _wait(page, shot.has_map)
    target = folder / shot.file
    page.screenshot(path=target, animations="disabled")
    context.close()
    taken = target.stat().st_size
    if taken > LARGEST:
        raise SystemExit(
            f"{target}: {taken} bytes is more than {LARGEST}; make the window of this picture smaller"
        )
    return f"{target} ({taken // 1000} kB)"


def _wait(page: Page, has_map: bool) -> None:
    """Until the page stands still: its footer is there, nothing is computed any more, and the map is drawn."""
    patience = PATIENCE * 1000
    page.locator(".hsc-footer").wait_for(timeout=patience, state="attached")
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=patience)
    if has_map:
        frame = page.frame_locator("iframe[src*=streamlit_folium]")
        frame.locator("#map_div[data-ready=yes]").wait_for(timeout=patience)
    page.evaluate("document.fonts.ready")
    time.sleep(SETTLE)


@contextmanager
def _browser() -> Iterator[Browser]:
    wanted = os.environ.get("HSC_CHROMIUM")
    found = next((path for name in ([wanted] if wanted else BROWSERS) if (path := shutil.which(name))), None)
    if found is None:
        raise SystemExit("Chromium is not installed. On Debian: sudo apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def _server() -> Iterator[str]:
    """The app on a free port of this machine, without background map and with a register of its own; gives its
    address."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1"]
    with tempfile.TemporaryDirectory() as folder:
        own = {"HSC_TILES": "off", "HSC_ADDRESSES": "off", "HSC_DATABASE": f"sqlite:///{folder}/register.db"}
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **own}, stdout=subprocess.DEVNULL)
        host = f"http://127.0.0.1:{port}"
        try:
            _until_up(host, process)
            yield host
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until_up(host: str, process: subprocess.Popen[bytes]) -> None:
    """Return when the server can do its work. Raises SystemExit when it ended or is not up in time."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"{host}/hsc/health", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise SystemExit(f"the app did not start within {PATIENCE} seconds; try ./start")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
