"""What can be tried on a server to see what it gives; nothing of it is in the app. Each is a name for HSC_BENCH_TRY."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from typing import Any


def change(name: str) -> None:
    """Make the change of this name in the present process; none for ''. Raises KeyError for another name."""
    if name:
        TRIES[name]()


def _share_nothing() -> None:
    """Every answer is made for each visitor anew."""
    from hsc_geo.analysis import explore
    from hsc_geo.views.map import page, tables

    for module, function in ((explore, "_explored"), (tables, "area_listing"), (page, "tip_texts")):
        setattr(module, function, getattr(module, function).__wrapped__)


def _light_deflate() -> None:
    """The websocket as uvicorn compresses it (memLevel 5), at zlib's quickest level in place of its usual one."""
    from uvicorn.protocols.websockets import websockets_sansio_impl as protocol

    name = "ServerPerMessageDeflateFactory"
    usual: Callable[..., Any] = getattr(protocol, name)

    def light(**settings: Any) -> Any:
        return usual(**{**settings, "compress_settings": {"memLevel": 5, "level": 1}})

    setattr(protocol, name, light)


TRIES: dict[str, Callable[[], object]] = {
    "share_nothing": _share_nothing,
    "no_collector": gc.disable,
    "rare_collector": lambda: gc.set_threshold(50_000, 20, 50),
    "long_switch": lambda: sys.setswitchinterval(0.05),
    "short_switch": lambda: sys.setswitchinterval(0.001),
    "light_deflate": _light_deflate,
}
