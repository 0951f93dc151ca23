"""Visitors without a browser: each holds a real session over the websocket, as Streamlit's own program does, and
changes the filter by ambition. What is timed is from the press to the message that says that the run is over."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

PILLS = "-w_amb"  # how the id of the widget ends, on our map page and on the bare page alike
PATIENCE = 60.0  # seconds after which a change counts as an error
SMALL = 200  # bytes: the message that ends a run is smaller, and others are not read


@dataclass
class Told:
    """What a group of visitors met: seconds of each change, and faults by their text."""

    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    there: int = 0

    def quantile(self, share: float) -> float:
        """Seconds within which this share of the changes was answered; nan where none was."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


class Visitor:
    """One open page of a site."""

    def __init__(self, url: str, page: str, told: Told, number: int) -> None:
        self._host = urlsplit(url).netloc
        self._page = page
        self._told = told
        self._number = number
        self._chance = random.Random(number)
        self._options: list[str] = []
        self._widget = self._fragment = self._script = ""

    async def stay(self, until: float, every: float, arrived: asyncio.Event) -> None:
        """Open the page, wait for all others, then change something once in about `every` seconds (0: again as soon as
        there is an answer) for `until` seconds."""
        try:
            async with connect(
                f"ws://{self._host}/_stcore/stream",
                origin=f"http://{self._host}",  # type: ignore[arg-type]
                subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"],  # type: ignore[list-item]
                additional_headers={
                    "Cookie": f"hsc_server=visitor{self._number}"
                },  # as nginx would have set it
                max_size=None,
                open_timeout=PATIENCE,
                ping_interval=None,
                proxy=None,
            ) as socket:
                await self._open(socket)
                self._told.there += 1
                await arrived.wait()
                end = time.perf_counter() + until
                await asyncio.sleep(self._chance.uniform(0, every))
                while time.perf_counter() < end:
                    await self._change(socket)
                    if every:
                        await asyncio.sleep(self._chance.uniform(0.5 * every, 1.5 * every))
        except (OSError, TimeoutError, WebSocketException) as error:
            self._told.faults.append(type(error).__name__)

    async def _open(self, socket: ClientConnection) -> None:
        asked = self._asked()
        await socket.send(asked.SerializeToString())
        while True:
            message = ForwardMsg.FromString(await asyncio.wait_for(socket.recv(), PATIENCE))
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self._script = message.new_session.page_script_hash
            elif kind == "delta" and message.delta.new_element.button_group.id.endswith(PILLS):
                pills = message.delta.new_element.button_group
                self._widget, self._fragment = pills.id, message.delta.fragment_id
                self._options = [option.content for option in pills.options]
            elif kind == "script_finished":
                break

    async def _change(self, socket: ClientConnection) -> None:
        asked = self._asked()
        asked.rerun_script.fragment_id = self._fragment
        state = asked.rerun_script.widget_states.widgets.add(id=self._widget)
        state.string_array_value.data.append(self._chance.choice(self._options))
        start = time.perf_counter()
        await socket.send(asked.SerializeToString())
        while True:
            told = await asyncio.wait_for(socket.recv(), PATIENCE)
            if len(told) < SMALL and ForwardMsg.FromString(told).WhichOneof("type") == "script_finished":
                break
        self._told.seconds.append(time.perf_counter() - start)

    def _asked(self) -> BackMsg:
        asked = BackMsg()
        asked.rerun_script.query_string = "lang=nl"
        asked.rerun_script.page_name = self._page
        asked.rerun_script.page_script_hash = self._script
        asked.rerun_script.context_info.timezone = "Europe/Amsterdam"
        asked.rerun_script.context_info.url = f"http://{self._host}/{self._page}"
        return asked


async def crowd(
    urls: Sequence[str],
    page: str,
    visitors: int,
    seconds: float,
    every: float,
    at_rest: Callable[[], None] = lambda: None,
) -> Told:
    """So many visitors over these addresses in turn, who come a tenth of a second apart; timed once all are there.

    at_rest: called when all have their page and nobody presses yet."""
    told, arrived = Told(), asyncio.Event()
    tasks = []
    for number in range(visitors):
        visitor = Visitor(urls[number % len(urls)], page, told, number)
        tasks.append(asyncio.create_task(visitor.stay(seconds, every, arrived)))
        await asyncio.sleep(0.1)
    while told.there + len(told.faults) < visitors:
        await asyncio.sleep(0.1)
    await asyncio.sleep(1)
    at_rest()
    arrived.set()
    await asyncio.gather(*tasks)
    return told
