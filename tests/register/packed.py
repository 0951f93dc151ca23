"""Back-ups taken apart and put together."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hsc_geo.register import Register
from tests.register.samples import STEWARD, last_confirmed


def everything(register: Register) -> tuple[object, ...]:
    """All but the marks of visitors."""
    journal = register.journal(limit=1_000_000, newest_first=False)
    return (
        {name: table.to_csv() for name, table in register.tables().items()},
        [line for line in journal if line.entity != "register"],
        register.queue(STEWARD, ""),
        register.filled_from(),
        last_confirmed(register),
    )


def forged(good: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """A back-up with other content and a right hash at the end."""
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        archive.comment = b"0" * 64
    body = target.getvalue()[:-64]
    return body + hashlib.sha256(body).hexdigest().encode()


def repacked(
    files: dict[str, bytes],
    version: int,
    lacking: Mapping[str, Sequence[str]],
    initiative: Callable[[dict[str, Any]], dict[str, Any]] = dict,
) -> None:
    """A back-up as an earlier version wrote it: tables without these columns, initiatives made over, and before
    version 4 without the tables of places and of what was asked."""
    tables = json.loads(files["manifest.json"])["tables"]
    for table in [name for name in ("initiative_places", "asked_none") if initiative is not dict]:
        del files[f"{table}.jsonl"], tables[table]
    for table in {*lacking, "initiatives"}:
        rows = [json.loads(line) for line in files[f"{table}.jsonl"].decode().split("\n") if line]
        rows = [initiative(row) if table == "initiatives" else row for row in rows]
        kept = [{k: v for k, v in row.items() if k not in lacking.get(table, ())} for row in rows]
        files[f"{table}.jsonl"] = "".join(json.dumps(row) + "\n" for row in kept).encode()
        tables[table]["sha256"] = hashlib.sha256(files[f"{table}.jsonl"]).hexdigest()
    _manifest(files, version=version, tables=tables)


def _manifest(files: dict[str, bytes], **other: object) -> None:
    files["manifest.json"] = json.dumps({**json.loads(files["manifest.json"]), **other}).encode()
