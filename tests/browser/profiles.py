"""Profiles of the browser, each with the cookies, the storage and the cache of one person (a `BrowserContext`).

Reading Streamlit's program for the first time takes a browser over a second. So a profile that is given back is handed
out again to who is like the one before (the same site, the same screen), without what that one left in it; the program
stays, since one empty tab keeps the process of the site (`--process-per-site`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright

from tests.browser import chromium
from tests.browser.serving import Site
from tests.browser.watching import Watch

PATIENCE = 20_000  # milliseconds: two workers on two slow cores
# Milliseconds between looks at a page. At each frame, as is usual, looking would make it draw all the time.
POLLING = 50
KEPT = 4  # profiles that nobody has; each holds a process
EMPTY = (
    '<title>Nothing</title><link rel="icon" href="data:,">'  # without an icon the browser would ask for one
)


@dataclass
class Profile:
    """A profile in use: `kind` says who may have it next, '' nobody; `watch` sees what happens in it."""

    context: BrowserContext
    site: Site
    kind: str
    watch: Watch = field(init=False)

    def begin(self) -> None:
        """Watch it from now on."""
        self.watch = Watch(self.site.host)
        self.watch.over(self.context)

    def clear(self) -> None:
        """Close its tabs but the empty one, and take out what its visitor left and what the test changed."""
        empty, *others = self.context.pages
        for page in others:
            page.close()
        self.watch.leave(self.context)
        self.context.unroute_all()
        self.context.clear_cookies()
        self.context.clear_permissions()
        session = self.context.new_cdp_session(empty)
        left = {
            "origin": self.site.url,
            "storageTypes": "local_storage,indexeddb,cache_storage,service_workers",
        }
        session.send("Storage.clearDataForOrigin", left)
        session.detach()


class Profiles:
    """The profiles of one browser."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self._free: list[Profile] = []

    def take(
        self, site: Site, size: tuple[int, int], first_time: bool, options: Mapping[str, Any]
    ) -> Profile:
        """A profile for someone with this screen and these options of a `BrowserContext`."""
        kind = "" if first_time else repr((site.url, size, sorted(options.items())))
        found = next((profile for profile in self._free if kind and profile.kind == kind), None)
        if found:
            self._free.remove(found)
        else:
            found = self._made(site, size, kind, options)
        found.begin()
        return found

    def _made(self, site: Site, size: tuple[int, int], kind: str, options: Mapping[str, Any]) -> Profile:
        wide, high = size
        context = self.browser.new_context(
            viewport={"width": wide, "height": high}, has_touch=wide < 700, **options
        )
        context.set_default_timeout(PATIENCE)
        if kind:
            tab = context.new_page()
            tab.route("**/*", lambda route: route.fulfill(content_type="text/html", body=EMPTY))
            tab.goto(f"{site.url}/empty")
            tab.unroute_all()
        return Profile(context, site, kind)

    def give_back(self, profile: Profile) -> None:
        """Keep a profile for the next one like this visitor, for as long as there are not too many."""
        if not profile.kind:
            profile.context.close()
            return
        profile.clear()
        self._free.append(profile)
        while len(self._free) > KEPT:
            self._free.pop(0).context.close()


class HeldBrowser:
    """Chromium, started when it is asked for: `stop` when tests follow that drive none, since playwright's event loop
    would stand in the way of their own."""

    def __init__(self) -> None:
        self._playwright: Playwright | None = None
        self._launched: tuple[Browser, tuple[str, ...], Profiles] | None = None

    def profiles(self, *more: str) -> Profiles:
        """The profiles of the browser that runs with these further arguments."""
        if self._launched and self._launched[1] == more:
            return self._launched[2]
        self._close()
        if self._playwright is None:
            expect.set_options(timeout=PATIENCE)
            self._playwright = sync_playwright().start()
        arguments = [*chromium.ARGUMENTS, *more]
        browser = self._playwright.chromium.launch(executable_path=chromium.find(), args=arguments)
        self._launched = (browser, more, Profiles(browser))
        return self._launched[2]

    def stop(self) -> None:
        """End it, if it runs."""
        self._close()
        if self._playwright:
            self._playwright.stop()
            self._playwright = None

    def _close(self) -> None:
        if self._launched:
            self._launched[0].close()
            self._launched = None
