"""What a message from Streamlit's server to the browser holds: its kind, its size, and what tells it from others."""

from __future__ import annotations

from dataclasses import dataclass

from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_LONGEST = 60  # letters
_TELLING = ("id", "label", "body", "json", "component_name", "key")


@dataclass(frozen=True)
class Message:
    """One message: bytes without compression; `kind`, as "element selectbox", "block column", "script_finished"."""

    size: int
    kind: str
    what: str


def read(content: bytes) -> Message:
    """A message of the WebSocket. Raises google.protobuf.message.DecodeError when it is none."""
    message = ForwardMsg()
    message.ParseFromString(content)
    kind = str(message.WhichOneof("type"))
    if kind != "delta":
        return Message(len(content), kind, "")
    place = ".".join(map(str, message.metadata.delta_path))
    kind, what = _delta(message.delta)
    return Message(len(content), kind, f"{place} {what}")


def _delta(delta: Delta) -> tuple[str, str]:
    kind = str(delta.WhichOneof("type"))
    if kind == "new_element":
        element = str(delta.new_element.WhichOneof("type"))
        return f"element {element}", _telling(getattr(delta.new_element, element))
    if kind == "add_block":
        block = str(delta.add_block.WhichOneof("type"))
        return f"block {block}", delta.add_block.id[-_LONGEST:]
    return kind, ""


def _telling(element: object) -> str:
    """The first of its fields that tell one element from another."""
    found = [str(getattr(element, name)) for name in _TELLING if getattr(element, name, "")]
    text = " ".join(found[0].split()) if found else ""
    return text[-_LONGEST:] if text.startswith("$$") else text[:_LONGEST]
