"""The OpenAPI 3.1 document of /api/v1: what can be asked, with which scope, and what comes back."""

from __future__ import annotations

from typing import Any

from meetingroom import __version__
from meetingroom.storage.tokens import Scope

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
TIME: Schema = {"type": "string", "format": "date-time"}
NUMBER: Schema = {"type": "integer"}
TRUTH: Schema = {"type": "boolean"}
ANYTHING: Schema = {"type": "object"}
PHASE: Schema = {"enum": ["published", "in_session", "adjourned", "circulating", "closed"]}


def document(server: str) -> Schema:
    """For a server at this address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Phòng họp không giấy tờ · Paperless meeting room",
            "version": __version__,
            "description": "Read-only. A token is made by the administrator at /admin/api and sent as a bearer token. A token "
            "sees what a guest of the meeting sees; what it may not see answers 404. 120 requests at once, two a second.",
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": server}],
        "security": [{"token": []}],
        "paths": PATHS,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": SCHEMAS | {"Error": _object({"code": TEXT, "text": TEXT})},
        },
    }


def _object(properties: dict[str, Schema], *optional: str) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
    }


def _list(name: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


SCHEMAS: dict[str, Schema] = {
    "Listed": _object({"id": TEXT, "title": TEXT, "room": TEXT, "phase": PHASE, "starts": TIME}),
    "Meetings": _object({"meetings": _list("Listed"), "next": TEXT}, "next"),
    "Item": _object({"id": TEXT, "number": TEXT, "level": NUMBER, "title": TEXT}),
    "Conclusion": _object(
        {"id": TEXT, "text": TEXT, "state": {"enum": ["published", "done"]}, "item": TEXT, "lead": TEXT,
         "supporting": TEXT, "due": TIME},
        "item", "lead", "supporting", "due",
    ),
    "Meeting": _object(
        {"id": TEXT, "title": TEXT, "kind": TEXT, "room": TEXT, "organisation": TEXT, "phase": PHASE, "written": TRUTH,
         "starts": TIME, "opened": TIME, "closed": TIME, "agenda": _list("Item"), "conclusions": _list("Conclusion"),
         "minutes": {"enum": ["draft", "submitted", "approved"]}},
        "opened", "closed",
    ),
    "Paper": _object({"id": TEXT, "item": TEXT, "title": TEXT, "revision": NUMBER, "pages": NUMBER, "bytes": NUMBER,
                      "sha256": TEXT, "received": TIME}),
    "Papers": _object({"papers": _list("Paper")}),
    "Option": _object({"id": TEXT, "text": TEXT, "note": TEXT}),
    "Result": _object(
        {"vote": TEXT, "question": TEXT, "kind": TEXT, "method": TEXT, "secret": TRUTH, "options": _list("Option"),
         "answers": {"type": "array", "items": TEXT}, "rule": ANYTHING, "result": ANYTHING, "opened": TIME, "closed": TIME},
        "opened", "closed",
    ),
    "Results": _object({"results": _list("Result")}),
    "Published": ANYTHING | {"description": "The published file of the vote, as /verify and verify.py read it."},
}  # fmt: skip


def _asked(summary: str, scope: Scope, schema: str = "", *parameters: Schema, path: tuple[str, ...] = ()) -> Schema:
    content: Schema = {"application/pdf": {}}
    if schema:
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    in_path = [{"name": name, "in": "path", "required": True, "schema": TEXT} for name in path]
    refused = {"401": "no token that counts", "403": "the token lacks the scope", "404": "not there, or not to be seen",
               "429": "too often; see Retry-After"}  # fmt: skip
    return {
        "get": {
            "summary": summary,
            "description": f"Scope: {scope.value}",
            "x-scope": scope.value,
            "parameters": [*in_path, *parameters],
            "responses": {"200": {"description": "OK", "content": content}}
            | {code: {"description": text, "content": error} for code, text in refused.items()},
        }
    }


WHEN = {"name": "when", "in": "query", "schema": {"enum": ["upcoming", "past"], "default": "upcoming"}}
AFTER = {"name": "after", "in": "query", "schema": TEXT, "description": "`next` of the page before"}
ONE = ("meeting",)

PATHS: dict[str, Schema] = {
    "/api/v1/meetings": _asked("Meetings to come, or past ones", Scope.MEETINGS, "Meetings", WHEN, AFTER),
    "/api/v1/meetings/{meeting}": _asked(
        "One meeting with agenda and conclusions", Scope.MEETINGS, "Meeting", path=ONE
    ),
    "/api/v1/meetings/{meeting}/papers": _asked("Its papers that everyone may read", Scope.PAPERS, "Papers", path=ONE),
    "/api/v1/meetings/{meeting}/papers/{paper}/file": _asked("The PDF", Scope.PAPERS, path=("meeting", "paper")),
    "/api/v1/meetings/{meeting}/results": _asked("Announced votes, without names", Scope.RESULTS, "Results", path=ONE),
    "/api/v1/meetings/{meeting}/results/{vote}": _asked(
        "The published file of a vote, with its ballots", Scope.BALLOTS, "Published", path=("meeting", "vote")
    ),
}
