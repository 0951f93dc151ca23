"""Tables as bytes that processes share: with their types and indexes, read without copying."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pyarrow as pa

ALIGNED = 64  # bytes: Arrow reads without copying what lies at a multiple of this
_LONGEST = 4096  # of the first line


def frames_to_bytes(frames: Mapping[str, pd.DataFrame]) -> bytes:
    """A line that says how long each table is, and each as an Arrow file, at multiples of `ALIGNED`."""
    files = [_arrow(frame) for frame in frames.values()]
    line = " ".join(f"{name}={len(file)}" for name, file in zip(frames, files, strict=True)) + "\n"
    return b"".join(part + bytes(-len(part) % ALIGNED) for part in (line.encode(), *files))


def frames_from_bytes(content: memoryview) -> dict[str, pd.DataFrame]:
    """The tables again; their texts stay where they are, in the file where `content` is one. Raises ValueError or what
    Arrow raises for what is no such content."""
    line, found, _ = bytes(content[:_LONGEST]).partition(b"\n")
    if not found:
        raise ValueError("the tables have no line that says how long they are")
    frames, at = {}, len(line) + 1
    for name, length in (each.split("=") for each in line.decode().split()):
        at += -at % ALIGNED
        file = pa.py_buffer(content[at : at + int(length)])
        frames[name] = pa.ipc.open_file(file).read_all().to_pandas()
        at += int(length)
    return frames


def _arrow(frame: pd.DataFrame) -> bytes:
    table = pa.Table.from_pandas(frame)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as file:
        file.write_table(table)
    content: bytes = sink.getvalue().to_pybytes()
    return content
