"""A real OpenID Connect provider on the loopback: oidc-provider for Node, pinned with hashes, kept in the user's cache.

Installed with npm the first time. Where that cannot be done the tests that need it fail, and say why.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.serving import HOST
from tests.browser.visiting import REVIEW, Visit

SOURCE = Path(__file__).with_name("provider")
FILES = ("package.json", "package-lock.json", "provider.mjs")
SECRET = "only-for-tests-on-the-loopback-0123456789"
PATIENCE = 20.0  # seconds until the provider must listen


@dataclass(frozen=True)
class SignIn:
    """A provider that listens (or will) on a port."""

    port: int

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def settings(self) -> dict[str, str]:
        """The settings with which the site signs in here; Streamlit puts its own port in."""
        return {
            "HSC_OIDC_METADATA_URL": f"{self.url}/.well-known/openid-configuration",
            "HSC_OIDC_CLIENT_ID": "hsc-geo",
            "HSC_OIDC_CLIENT_SECRET": SECRET,
            "HSC_OIDC_COOKIE_SECRET": SECRET[::-1],
            "HSC_OIDC_REDIRECT": f"http://{HOST}:{{port}}/oauth2callback",
        }

    @contextmanager
    def running(self, site: str, folder: Path) -> Iterator[None]:
        """The provider, for the site at this address."""
        log = folder / "provider.log"
        command = ["node", "provider.mjs", str(self.port), f"{site}/oauth2callback", SECRET]
        with log.open("wb") as out:
            process = subprocess.Popen(command, cwd=installed(), stdout=out, stderr=out)
        try:
            _wait(process, log)
            yield
        finally:
            process.terminate()
            process.wait(10)


def _wait(process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while "ready" not in (told := log.read_text(errors="replace")):
        if process.poll() is not None or time.monotonic() > end:
            raise AssertionError(f"the sign-in provider did not start:\n{told[-3000:]}")
        time.sleep(0.05)


def installed() -> Path:
    """The folder that the provider runs in, made the first time."""
    content = b"".join((SOURCE / name).read_bytes() for name in FILES)
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = home / "hsc_geo" / f"test-provider-{hashlib.sha256(content).hexdigest()[:12]}"
    if not (folder / "done").exists():
        _install(folder)
    return folder


def _install(folder: Path) -> None:
    if not shutil.which("npm"):
        raise AssertionError("the tests of signing in need Node and npm. On Debian: sudo apt-get install npm")
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copy(SOURCE / name, folder)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        raise AssertionError(
            f"npm could not install oidc-provider; is its registry in reach?\n{done.stderr[-2000:]}"
        )
    (folder / "done").touch()


def sign_in(visit: Visit, provider: SignIn, account: str) -> Visit:
    """From the closed page to the provider and back; the provider is another host, and the only one."""
    return leave_and_return(visit.go(REVIEW, lang="en"), provider, account)


def leave_and_return(visit: Visit, provider: SignIn, account: str) -> Visit:
    """From the closed page that is open now."""
    visit.press(visit.key("review_log_in").get_by_role("button"))
    visit.page.get_by_label("Account").fill(account)
    visit.page.get_by_role("button", name="Sign in").click()
    visit.page.wait_for_url(f"{visit.site.url}/**")
    visit.settled(1)
    pardon(visit, provider)
    return visit


def pardon(visit: Visit, provider: SignIn) -> None:
    """Going to the provider is meant; all else stays a fault."""
    ours = f"request to another host: {provider.url}/"
    visit.watch.faults[:] = [fault for fault in visit.watch.faults if not fault.startswith(ours)]
