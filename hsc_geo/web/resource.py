"""Bytes kept in memory and answered with the right type, compression and caching."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
_WORTH_ZIPPING = 1000
_TEXT_TYPES = (
    "text/",
    "application/json",
    "application/atom+xml",
    "application/geo+json",
    "application/schema+json",
    "application/vnd.oai.openapi+json",
    "image/svg+xml",
)


@dataclass(frozen=True)
class Resource:
    """A body and its media type; what a browser needs beside them is derived once."""

    body: bytes
    media_type: str
    level: int = 9  # of gzip: the best for what is kept, 1 for what is made anew each time

    @cached_property
    def version(self) -> str:
        """First 12 hex of the body's sha256: the same bytes have the same version."""
        return hashlib.sha256(self.body).hexdigest()[:12]

    @cached_property
    def zipped(self) -> bytes | None:
        """The gzipped body, or None where that gains nothing."""
        if len(self.body) < _WORTH_ZIPPING or not self.media_type.startswith(_TEXT_TYPES):
            return None
        return gzip.compress(self.body, compresslevel=self.level, mtime=0)


def answer(request: Request, resource: Resource, *, immutable: bool) -> Response:
    """The response for a resource: 304 when the browser has it, gzipped when the browser can.

    `immutable` only for an address that changes with the content; otherwise the browser asks again.
    """
    etag = f'W/"{resource.version}"'
    headers = {"Cache-Control": IMMUTABLE if immutable else REVALIDATE, "ETag": etag}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", "") and resource.zipped is not None:
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return Response(resource.zipped, media_type=resource.media_type, headers=headers)
    return Response(resource.body, media_type=resource.media_type, headers=headers)


def json_body(content: Mapping[str, Any]) -> bytes:
    """Content as JSON of one line, for the map to fetch. Raises ValueError for a number that JSON does not have."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
