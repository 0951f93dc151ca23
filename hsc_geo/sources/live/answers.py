"""Answers of services, kept on disk with their hash: what was fetched before a break is not asked for again."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path


@dataclass(frozen=True)
class Answer:
    """What an address answered. retrieved_at: moment (ISO 8601, UTC). crs: what the header Content-Crs says, "" without
    one. kept: whether it comes from the folder of kept answers and was not asked for now."""

    address: str
    content: bytes
    retrieved_at: str
    crs: str = ""
    kept: bool = False

    @property
    def sha256(self) -> str:
        """Hash of the content, as 64 hexadecimal digits."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class KeptAnswers:
    """A folder of answers. An answer older than `lifetime` is asked for anew, and so is one that was damaged."""

    folder: Path
    lifetime: timedelta

    def find(self, address: str, now: datetime) -> Answer | None:
        """The answer that is kept for this address; None without one that is whole and young enough."""
        head, body = self._files(address)
        try:
            told = json.loads(head.read_text(encoding="utf-8"))
            sha256 = told.pop("sha256")
            answer = Answer(**told, content=body.read_bytes(), kept=True)
            age = now - datetime.fromisoformat(answer.retrieved_at)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None
        whole = answer.address == address and answer.sha256 == sha256
        return answer if whole and timedelta(0) <= age <= self.lifetime else None

    def keep(self, answer: Answer) -> None:
        """Keep an answer, in the place of an older one of the same address."""
        self.folder.mkdir(parents=True, exist_ok=True)
        head, body = self._files(answer.address)
        told = asdict(replace(answer, content=b"")) | {"sha256": answer.sha256}
        del told["content"], told["kept"]
        _put(body, answer.content)
        _put(head, json.dumps(told, indent=1).encode("utf-8"))

    def _files(self, address: str) -> tuple[Path, Path]:
        name = hashlib.sha256(address.encode("utf-8")).hexdigest()[:32]
        return self.folder / f"{name}.json", self.folder / f"{name}.body"


def _put(path: Path, content: bytes) -> None:
    """Write beside and rename, so that a break leaves no half file."""
    handle, name = tempfile.mkstemp(prefix=".keeping-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def default_folder() -> Path:
    """`hsc_geo/answers` in the user's folder for what can be fetched again."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hsc_geo" / "answers"
