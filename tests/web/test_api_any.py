"""Everything that the open API says one may ask, and what lies beside it: no answer is a failure of the server, and
each is of a kind and a form that the description tells."""

from __future__ import annotations

import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import CHECKS
from schemathesis.generation import GenerationMode
from starlette.applications import Starlette

from hsc_geo.web.api.limits import Limits
from hsc_geo.web.api.routes import api_routes

HELD = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
APP = Starlette(routes=api_routes(Limits(0, 0)))
CONFIG = schemathesis.Config()
CONFIG.projects.default.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
CONFIG.projects.default.phases.coverage.unexpected_methods = {
    "POST"
}  # the others are in tests/web/test_api.py
DESCRIBED = schemathesis.openapi.from_asgi("/api/openapi.json", APP, config=CONFIG)


@DESCRIBED.parametrize()
@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
def test_no_question_breaks_it(case: schemathesis.Case) -> None:
    case.call_and_validate(checks=CHECKS.get_by_names(HELD))


def test_a_question_is_asked_of_each_path() -> None:
    paths = {result.ok().path for result in DESCRIBED.get_all_operations()}
    assert paths | {"/openapi.json"} == DESCRIBED.raw_schema["paths"].keys()  # from which they come
