"""The register as an HSDS API (Open Referral), to read: lists in pages, and one thing whole."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hsc_geo.analysis.feature_query import DEFAULT_LIMIT, OFFSET_MOST, switch, whole
from hsc_geo.domain.message import Message
from hsc_geo.register import hsds, hsds_pages
from hsc_geo.register.hsds_pages import Asked
from hsc_geo.web.api.answers import address, package, parameters, told
from hsc_geo.web.api.openapi import HSDS_FILTERS, HSDS_LISTS, HSDS_MOST, HSDS_PAGE

PROFILE = "https://docs.openreferral.org/en/3.0/"


def about(request: Request) -> Response:
    """What HSDS asks of `/`: version, profile and where the API is described."""
    parameters(request)
    openapi_url = address(request, "openapi.json")
    return told(request, {"version": f"HSDS {hsds.VERSION}", "profile": PROFILE, "openapi_url": openapi_url})


def some(request: Request) -> Response:
    """A page of one of the lists."""
    name = _name(request)
    given = parameters(request, *HSDS_PAGE, *HSDS_FILTERS[name])
    asked = Asked(
        whole("page", given.pop("page", None), 1, 1, OFFSET_MOST),
        min(whole("per_page", given.pop("per_page", None), DEFAULT_LIMIT, 1, None), HSDS_MOST),
        switch("full", given.pop("full", "false")),
        **given,
    )
    return told(request, hsds_pages.page(package(), name, asked))


def one(request: Request) -> Response:
    """One thing with all that belongs to it."""
    name, key = _name(request), str(request.path_params["id"])
    parameters(request)
    found = hsds_pages.whole(package())[name].get(key)
    if found is None:
        raise HTTPException(
            404, Message("there is none with the id {id} in {list}", id=repr(key[:80]), list=name)
        )
    return told(request, found)


def _name(request: Request) -> str:
    name = str(request.path_params["name"])
    if name not in HSDS_LISTS:
        known = ", ".join(HSDS_LISTS)
        raise HTTPException(
            404, Message("there is no list {name}; there are {known}", name=repr(name[:80]), known=known)
        )
    return name
