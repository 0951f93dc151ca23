"""The parts that `app.py` hands to Streamlit's server: routes, middleware and start-up."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from streamlit import net_util, runtime
from streamlit.components.v1.custom_component import CustomComponent

from hsc_geo.data import shared
from hsc_geo.data.load import BESIDE_PACKAGE, DataError, Package
from hsc_geo.web import identity, register
from hsc_geo.web.api.limits import Limits
from hsc_geo.web.back import ReturnToPage
from hsc_geo.web.bundle import SmallBundle
from hsc_geo.web.document import LANGUAGES, LocalisedDocument, document, inline_script_hashes
from hsc_geo.web.frames import SoundFrames
from hsc_geo.web.headers import HostConfig, Refuse, SecurityHeaders
from hsc_geo.web.held_downloads import hold_downloads
from hsc_geo.web.layers import LAYERS, layer
from hsc_geo.web.leaving import EndSignIn
from hsc_geo.web.log import tell_no_visitors, use_json
from hsc_geo.web.map_frame import GuardedFrame
from hsc_geo.web.metrics import Measure, time_parts
from hsc_geo.web.nation import nation
from hsc_geo.web.package import municipality
from hsc_geo.web.paths import base_path
from hsc_geo.web.proxy_told import ProxyTold
from hsc_geo.web.routes import own_routes
from hsc_geo.web.settings import Settings, settings, settings_or_exit
from hsc_geo.web.site_paths import SitePaths
from hsc_geo.web.starting import WarmUp, WhenWarm
from hsc_geo.web.tiles import TileProxy, proxy_for

_LOGGER = logging.getLogger("hsc_geo")

Lifespan = Callable[[Any], AbstractAsyncContextManager[None]]


@dataclass(frozen=True)
class Parts:
    """What st.App takes beside the script."""

    routes: list[BaseRoute]
    middleware: list[Middleware]
    lifespan: Lifespan
    secrets: dict[str, dict[str, Any]] | None = field(default=None, repr=False)


def parts(settings: Settings | None = None) -> Parts:
    """The server's parts for the settings given, else for those of the environment.

    A setting that cannot be used is told on stderr and ends the program.
    """
    chosen = settings or settings_or_exit()
    tell_no_visitors()
    if chosen.log == "json":
        use_json(chosen)
    disable_address_lookup()
    proxy = proxy_for(chosen) if chosen.tiles else None
    limits = Limits(chosen.api_requests, chosen.api_mb)
    routes = own_routes(proxy, with_metrics=chosen.metrics, limits=limits)
    layers = middleware(chosen, base_path())
    if chosen.metrics:
        layers.insert(0, Middleware(Measure, routes=routes))
        time_parts()
    warming = WarmUp(warm_up, make_search)
    layers.insert(
        1, Middleware(WhenWarm, warm_up=warming, base=base_path())
    )  # within the headers of all answers
    return Parts(routes, layers, _lifespan(proxy, warming), identity.secrets(chosen))


def middleware(settings: Settings, base: str) -> list[Middleware]:
    """The layers around Streamlit's own, outermost first."""
    hashes = inline_script_hashes(document(LANGUAGES[0], base=base).body.decode())
    signing = (
        [Middleware(ReturnToPage, settings=settings, base=base), Middleware(EndSignIn, base=base)]
        if identity.configured(settings)
        else []
    )
    return [
        Middleware(SecurityHeaders, settings=settings, script_hashes=hashes, base=base),
        Middleware(Refuse, base=base, metrics=settings.metrics),
        Middleware(HostConfig, base=base),
        Middleware(ProxyTold),
        Middleware(SoundFrames),
        Middleware(SitePaths, base=base),
        *signing,
        Middleware(GuardedFrame, base=base),
        Middleware(SmallBundle, base=base),
        Middleware(LocalisedDocument, base=base, here=municipality),
    ]


def disable_address_lookup() -> None:
    """Keep Streamlit from asking a host outside for this machine's address.

    It would at every connection from a page of another origin, and hold up all visitors while it waits.
    Such a connection is refused without asking, unless `server.corsAllowedOrigins` names its origin.
    """
    net_util._external_ip = "127.0.0.1"


def warm_up() -> None:
    """Load the data and make the map's layers, so that the first visitor does not wait.

    Data that cannot be read are logged and do not stop the server: its pages then say what is wrong.
    """
    try:
        _make_ready()
    finally:
        gc.freeze()  # what is there stays, for all visitors: no need to look through it, now or ever
        gc.enable()  # `app.py` put it off


def _make_ready() -> None:
    share(settings())
    serve_map_frame()
    hold_downloads()
    try:
        package = register.package()
    except DataError as error:
        folder = settings().data_folder or BESIDE_PACKAGE
        _LOGGER.error("The data in the folder %s (HSC_DATA) cannot be read: %s", folder, error)
        return
    nation()
    for name in LAYERS:
        try:
            layer(package, name)
        except Exception:
            _LOGGER.exception("The map layer %s cannot be made", name)
    try:
        first_view(package)
    except Exception:
        _LOGGER.exception("The first view cannot be made")


def share(settings: Settings) -> None:
    """Share what is dear to make with the other processes of this machine, and with the next start."""
    folder = settings.cache
    shared.use(None if folder is None else shared.SharedFolder(folder, settings.cache_mb * 1_000_000))


def first_view(package: Package) -> None:
    """Make the view that the map opens with, and all that is computed once a process for it."""
    # Late: what they bring is not needed to listen, and the server's own import stays quick.
    from hsc_geo.analysis.explore import Choice, default_indicator, explore
    from hsc_geo.views.map.choices import parameters

    parameters(package)
    explore(package, Choice(indicator=default_indicator(package)))


def make_search() -> None:
    """Make the index of the search while the first visitors are served, so that nobody waits who does not search."""
    from hsc_geo.analysis.search_index import search_index  # late, as above

    if (package := register.loaded()) is not None:
        search_index(package)


def serve_map_frame() -> None:
    """Import streamlit-folium and make Streamlit serve its frame.

    By itself it is served only when a page is the first to import it; here the server is, so that the first
    visitor does not wait for the import, and a browser that comes back after a restart finds the frame.
    """
    noisy = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
    noisy.disabled = True  # it warns that no page is running, which is just the point
    import streamlit_folium

    noisy.disabled = False
    components = [each for each in vars(streamlit_folium).values() if isinstance(each, CustomComponent)]
    for component in components if runtime.exists() else []:
        runtime.get_instance().component_registry.register_component(component)


def _lifespan(proxy: TileProxy | None, warming: WarmUp) -> Lifespan:
    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        async with warming.going_on():
            yield
        if proxy is not None:
            await proxy.close()

    return lifespan
