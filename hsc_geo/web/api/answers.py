"""What every answer of the open API has: JSON, faults in words, who may read it, and a limit for each address."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hsc_geo.analysis.feature_query import WrongParameter, once, one_of
from hsc_geo.data.load import DataError, Package
from hsc_geo.domain.message import Meaning, Message
from hsc_geo.views.kit.words import Words
from hsc_geo.web import register
from hsc_geo.web.api.limits import Allowance
from hsc_geo.web.api.media import JSON, PROBLEM
from hsc_geo.web.document import LANGUAGES
from hsc_geo.web.paths import API, base_path
from hsc_geo.web.resource import Resource, answer
from hsc_geo.web.site_paths import language_of

LANG, FORM = "lang", "f"
COMMON = (LANG, FORM)
ROOT = API
_QUICK = 1  # gzip of what is made anew for each request
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Crs, Content-Language, ETag, Link, Retry-After",
    "Vary": "Accept-Encoding, Accept-Language",
}
Endpoint = Callable[[Request], Response]
Fault = Callable[..., Response]  # of what was asked: the status, what is wrong, and what more there is to say
Link = dict[str, str]


def endpoint(allowance: Allowance, function: Endpoint, fault: Fault | None = None) -> Endpoint:
    """The function with what every answer has. fault: how it says what is wrong, in place of `problem`."""
    wrong = fault or problem

    def answered(request: Request) -> Response:
        who = request.client.host if request.client else ""
        wait = allowance.wait(who)
        if wait:
            told = Message("too much was asked from this address; ask again in {n} s", n=wait)
            response = wrong(request, 429, told)
            response.headers["Retry-After"] = str(wait)
        else:
            response = _tried(function, request, wrong)
        allowance.sent(who, len(response.body))
        response.headers.update(_OPEN)
        if getattr(request.state, "said", ""):
            response.headers["Content-Language"] = request.state.said
        return response

    return answered


def _tried(function: Endpoint, request: Request, wrong: Fault) -> Response:
    try:
        return function(request)
    except WrongParameter as error:
        more = {"parameter": error.name, "value": error.value[:200], "mend": words(request).told(error.mend)}
        return wrong(request, 400, error.told, **more)
    except HTTPException as error:
        return wrong(request, error.status_code, error.detail)
    except DataError:
        return wrong(request, 503, Message("the data cannot be read now; ask again later"))


_TITLES = {
    400: Message("Wrong question"),
    404: Message("Not found"),
    429: Message("Too much asked"),
    503: Message("Not available"),
}


def problem(request: Request, status: int, detail: str, **more: str) -> Response:
    """What is wrong, as RFC 9457 has it, in the language that is asked for."""
    w = words(request)
    body = {
        "type": "about:blank",
        "title": w.told(_TITLES.get(status, "")),
        "status": status,
        "detail": w.told(detail),
        **more,
    }
    return Response(
        _text(body).encode("utf-8", "replace"), status, {"Cache-Control": "no-store"}, media_type=PROBLEM
    )


def told(request: Request, content: Mapping[str, Any] | str, media_type: str = JSON) -> Response:
    """The answer with this content, or this text of JSON; 304 for who has it."""
    text = content if isinstance(content, str) else _text(content)
    resource = Resource(text.encode("utf-8", "replace"), media_type, level=_QUICK)
    return answer(request, resource, immutable=False)


def attached(response: Response, name: str) -> Response:
    """The answer as a file of this name."""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _text(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def package() -> Package:
    """What the site shows now."""
    return register.package()


def parameters(request: Request, *known: str) -> dict[str, str]:
    """The parameters of an address that takes only these, and `lang` and `f`, which are checked and left out. Raises
    WrongParameter."""
    found = once(request.query_params.multi_items(), (*known, *COMMON))
    check_common(found.items())
    return {name: text for name, text in found.items() if name not in COMMON}


def check_common(given: Iterable[tuple[str, str]]) -> None:
    """Raises WrongParameter for another language than there is, or another form than JSON."""
    for name, text in given:
        if name == LANG and text not in LANGUAGES:
            raise WrongParameter(name, text, one_of(LANGUAGES))
        if name == FORM and text != "json":
            raise WrongParameter(name, text, Message("write json, or leave the parameter out"))


def words(request: Request) -> Words:
    """Those of the language that is asked for, which the answer then names."""
    request.state.said = language_of(request)
    return Words(request.state.said)


def said(request: Request, text: Meaning) -> str:
    """The text in the language that is asked for."""
    return text.nl if words(request).code == "nl" else str(text)


def address(request: Request, *parts: str, query: Iterable[tuple[str, str]] = ()) -> str:
    """The whole address of a path under `/api` on the host that was asked."""
    try:
        here = urlsplit(str(request.base_url))
    except ValueError:
        raise HTTPException(400, Message("the header Host is no name of a host")) from None
    path = "/".join(quote(part, safe="") for part in parts)
    asked = f"?{urlencode(list(query))}" if query else ""
    return f"{here.scheme}://{here.netloc}{base_path()}{ROOT}/{path}{asked}"


def link(href: str, rel: str, media_type: str = JSON, title: str = "") -> Link:
    """A link as OGC and RFC 8288 have it."""
    made = {"href": href, "rel": rel, "type": media_type}
    return made | {"title": title} if title else made
