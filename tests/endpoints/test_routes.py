"""Who may ask for what: every address × every kind of visitor, made from the router. An address that is not listed fails."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from starlette.routing import Route, WebSocketRoute

from meetingroom.endpoints.routes import ROUTES, SEAT
from tests.endpoints.conftest import NAMED_PAPER, OPEN_PAPER, PEOPLE, VISITORS, Door
from tests.rendering import documents

INSIDE = tuple(visitor for visitor in PEOPLE if visitor != "service")  # staff are in the room, not in the meeting
OFFICE = ("chair", "secretary")
FORM = "application/x-www-form-urlencoded"
TILES = "tiles/{revision}/{page:int}/{width:int}/{column:int}/{row:int}"
HEADERS = (
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
)


@dataclass(frozen=True)
class Asked:
    """One request and the status each visitor gets; who is not named gets `others`, and 401 below a seat without a session."""

    method: str
    route: str  # as the router names it
    path: str
    others: int
    statuses: dict[str, int] = field(default_factory=dict)
    body: bytes = b""

    def expected(self, visitor: str) -> int:
        if visitor == "nobody" and self.route.startswith(SEAT):
            return 401
        return self.statuses.get(visitor, self.others)


def for_(visitors: tuple[str, ...], status: int) -> dict[str, int]:
    return dict.fromkeys(visitors, status)


def seat(route: str, path: str = "", method: str = "GET", body: bytes = b"", **statuses: int) -> Asked:
    """Below a seat, what nobody may ask for is not found."""
    return Asked(method, f"{SEAT}/{route}", path or route, 404, statuses, body)


ASKED = (
    Asked("GET", "/", "/", 303, {"administrator": 200}),
    Asked("GET", "/setup", "/setup", 404),
    Asked("POST", "/setup", "/setup", 404, body=b"login=x&password=mot-mat-khau&again=mot-mat-khau"),
    Asked("GET", "/sign-in", "/sign-in", 200),
    Asked("POST", "/sign-in", "/sign-in", 303, body=b"login=quan-tri&password=mot-mat-khau-dai"),
    Asked("GET", "/sign-in/sso", "/sign-in/sso", 404),  # where no provider is set
    Asked("GET", "/sign-in/sso/back", "/sign-in/sso/back", 404),
    Asked("GET", "/sign-in/code", "/sign-in/code", 303),
    Asked("POST", "/sign-in/code", "/sign-in/code", 303, body=b"code=123456"),
    Asked("POST", "/sign-in/passkey", "/sign-in/passkey", 404, body=b"{}"),  # nobody's password was right a moment ago
    Asked("POST", "/sign-in/passkey/begin", "/sign-in/passkey/begin", 404, body=b"{}"),
    # Over plain http there are none: tests/endpoints/test_passkeys.py asks over https.
    Asked("POST", "/account/passkeys", "/account/passkeys", 401, {"administrator": 404}, b"{}"),
    Asked("POST", "/account/passkeys/begin", "/account/passkeys/begin", 401, {"administrator": 404}, b"{}"),
    Asked("GET", "/account", "/account", 401, {"administrator": 200}),
    Asked("POST", "/account", "/account", 401, {"administrator": 422}, b"do=second&code=none"),
    Asked("POST", "/sign-out", "/sign-out", 303),
    Asked("POST", "/language", "/language", 303, body=b"language=en&next=/"),
    Asked("GET", "/join", "/join", 200),
    Asked("POST", "/join", "/join", 303, body=b"code={code}"),
    Asked("GET", "/j/{code}", "/j/{code}", 303),
    Asked("GET", "/d/{token}", "/d/none", 403),
    Asked("POST", "/meetings", "/meetings", 404, {"administrator": 303}, b"title=Phien hop"),
    Asked("GET", "/meetings/new", "/meetings/new", 401, {"administrator": 200}),
    Asked("GET", "/rooms", "/rooms", 401, {"administrator": 200}),
    Asked("GET", "/unit", "/unit", 401, {"administrator": 404}),  # who keeps a unit: test_separation.py
    Asked("POST", "/unit", "/unit", 401, {"administrator": 404}, b"meeting=m"),
    *(
        Asked("GET", route, path, 401, {"administrator": status})
        for route, path, status in (
            ("/admin", "/admin", 200),
            ("/admin/accounts", "/admin/accounts", 200),
            ("/admin/accounts/{account}", "/admin/accounts/none", 404),
            ("/admin/sessions", "/admin/sessions", 200),
            ("/admin/audit", "/admin/audit", 200),
            ("/admin/audit.csv", "/admin/audit.csv", 200),
            ("/admin/upkeep", "/admin/upkeep", 200),
            ("/admin/rules", "/admin/rules", 200),
            ("/admin/api", "/admin/api", 200),
            ("/admin/agency", "/admin/agency", 200),
            ("/admin/retention", "/admin/retention", 200),
            ("/admin/retention/{meeting}", "/admin/retention/m", 404),  # it goes on
            ("/admin/archives", "/admin/archives", 200),
            ("/admin/api/hooks", "/admin/api/hooks", 200),
            ("/admin/people", "/admin/people", 200),
            ("/admin/people/import", "/admin/people/import", 200),
            ("/admin/rooms", "/admin/rooms", 200),
            ("/admin/terms", "/admin/terms", 200),
            ("/admin/rooms/{venue}", "/admin/rooms/none", 404),
            ("/admin/people/{person}", "/admin/people/none", 404),
            ("/admin/people/units/{unit}", "/admin/people/units/none", 404),
            ("/admin/people/circles/{circle}", "/admin/people/circles/none", 404),
            ("/admin/rules/{rule}", "/admin/rules/ubnd", 200),
        )
    ),
    Asked("POST", "/admin/accounts", "/admin/accounts", 401, {"administrator": 422}, b"login="),
    Asked("POST", "/admin/accounts/{account}", "/admin/accounts/none", 401, {"administrator": 404}, b"do=disable"),
    Asked("POST", "/admin/sessions", "/admin/sessions", 401, {"administrator": 303}, b"session=none"),
    Asked("POST", "/admin/upkeep", "/admin/upkeep", 401, {"administrator": 422}, b"do=nothing"),
    Asked("POST", "/admin/rehearsal", "/admin/rehearsal", 401, {"administrator": 422}, b"tablets=0"),
    Asked("POST", "/admin/rules/{rule}", "/admin/rules/ubnd", 401, {"administrator": 422}, b"title=x&numerator=2"),
    Asked("POST", "/admin/people", "/admin/people", 401, {"administrator": 422}, b"do=person&name="),
    Asked("POST", "/admin/people/import", "/admin/people/import", 401, {"administrator": 400}, b"cells=x"),
    Asked("POST", "/admin/terms", "/admin/terms", 401, {"administrator": 303}, b"issuers="),
    Asked("POST", "/admin/rooms", "/admin/rooms", 401, {"administrator": 422}, b"name="),
    Asked("POST", "/admin/rooms/{venue}", "/admin/rooms/none", 401, {"administrator": 404}, b"name=x"),
    Asked("POST", "/admin/people/{person}", "/admin/people/none", 401, {"administrator": 404}, b"do=remove"),
    Asked("POST", "/admin/people/units/{unit}", "/admin/people/units/none", 401, {"administrator": 404}, b"name=x"),
    Asked(
        "POST", "/admin/people/circles/{circle}", "/admin/people/circles/none", 401, {"administrator": 404}, b"name=x"
    ),
    Asked("POST", "/admin/api", "/admin/api", 401, {"administrator": 422}, b"name="),
    Asked("POST", "/admin/api/hooks", "/admin/api/hooks", 401, {"administrator": 422}, b"url=file:///etc/passwd"),
    Asked("POST", "/admin/archives", "/admin/archives", 401, {"administrator": 404}, b"meeting=m"),
    Asked("PUT", "/admin/archives", "/admin/archives", 401, {"administrator": 422}, b"no archive"),
    Asked("GET", "/api/v1/openapi.json", "/api/v1/openapi.json", 200),
    *(  # a session is no token: tests/endpoints/test_api.py asks with one
        Asked("GET", f"/api/v1/meetings{route}", f"/api/v1/meetings{path}", 401)
        for route, path in (
            ("", ""),
            ("/{meeting}", "/m"),
            ("/{meeting}/papers", "/m/papers"),
            ("/{meeting}/papers/{paper}/file", f"/m/papers/{OPEN_PAPER}/file"),
            ("/{meeting}/results", "/m/results"),
            ("/{meeting}/results/{vote}", "/m/results/none"),
        )
    ),
    Asked("GET", "/calendar", "/calendar", 401, {"administrator": 200}),
    Asked("GET", "/calendar/{account}/{key}.ics", "/calendar/none/none.ics", 404),
    Asked("GET", "/dispatches", "/dispatches", 401, {"administrator": 404}),  # nobody is the clerk
    Asked("POST", "/dispatches", "/dispatches", 401, {"administrator": 404}, b"do=look"),
    Asked("GET", "/dispatches/{dispatch}.pdf", "/dispatches/none.pdf", 401, {"administrator": 404}),
    Asked("GET", "/demo", "/demo", 404),
    Asked("GET", "/docs", "/docs", 200),
    Asked("GET", "/guide", "/guide", 200),
    Asked("GET", "/healthz", "/healthz", 200),
    Asked("GET", "/metrics", "/metrics", 401, {"administrator": 200}),
    Asked("GET", "/feed/floor", "/feed/floor", 401),
    Asked("GET", "/speaking", "/speaking", 401, {"administrator": 200}),
    Asked("GET", "/statistics", "/statistics", 401, {"administrator": 200}),
    Asked("GET", "/statistics.xlsx", "/statistics.xlsx", 401, {"administrator": 200}),
    Asked("GET", "/search", "/search?q=two", 200, {"nobody": 401}),
    Asked("GET", "/tasks", "/tasks", 200, {"nobody": 401}),  # those of meetings one keeps: for others none
    Asked("GET", "/tasks.xlsx", "/tasks.xlsx", 200, {"nobody": 401}),
    Asked("GET", "/tasks/{meeting}/{task}", "/tasks/m/none", 404, {"nobody": 401}),
    Asked("GET", "/tasks/{meeting}/{task}/{report}.pdf", "/tasks/m/none/none.pdf", 404, {"nobody": 401}),
    Asked("POST", "/tasks/{meeting}/{task}", "/tasks/m/none", 404, {"nobody": 401}, b"do=done"),
    Asked("POST", "/admin/retention", "/admin/retention", 401, {"administrator": 422}, b"years=x"),
    Asked("POST", "/admin/retention/{meeting}", "/admin/retention/m", 401, {"administrator": 404}, b"do=erase"),
    Asked("PUT", "/admin/retention/{meeting}", "/admin/retention/m", 401, {"administrator": 404}, b"no archive"),
    Asked("POST", "/admin/agency", "/admin/agency", 401, {"administrator": 422}, b"do=emblem"),
    Asked("GET", "/emblem/{file}.png", "/emblem/none.png", 404),
    Asked("GET", "/verify", "/verify", 200),
    Asked("GET", "/verify.py", "/verify.py", 200),
    Asked("GET", "/manifest.webmanifest", "/manifest.webmanifest", 200),
    Asked("GET", "/worker.js", "/worker.js", 200),
    Asked("GET", "/tls", "/tls", 404),  # this server speaks plain http: tests/endpoints/test_enrolment.py has the other
    Asked("GET", "/tls/check", "/tls/check", 404),
    Asked("GET", "/tls/root.crt", "/tls/root.crt", 404),
    Asked("GET", "/tls/root.mobileconfig", "/tls/root.mobileconfig", 404),
    Asked("GET", "/s/{digest}/{name:path}", "/s/0/icons.svg", 200),
    Asked("GET", "/s/{digest}/{name:path}", "/s/0/../../../pyproject.toml", 404),
    seat("pages/{revision}/{page:int}/{width:int}", f"pages/{OPEN_PAPER}/1/1080", **for_(INSIDE, 200)),
    seat("pages/{revision}/{page:int}/{width:int}", f"pages/{NAMED_PAPER}/1/1080", **for_((*OFFICE, "delegate"), 200)),
    seat("pages/{revision}/{page:int}/{width:int}", "pages/none/1/1080"),
    seat(TILES, f"tiles/{OPEN_PAPER}/1/3240/0/0", **for_(INSIDE, 200)),
    seat(TILES, f"tiles/{NAMED_PAPER}/1/3240/0/0", **for_((*OFFICE, "delegate"), 200)),
    seat(TILES, f"tiles/{OPEN_PAPER}/1/3240/0/99"),
    seat(TILES, f"tiles/{OPEN_PAPER}/1/99999/0/0"),
    seat("words/{revision}/{page:int}", f"words/{OPEN_PAPER}/1", **for_(INSIDE, 200)),
    seat("words/{revision}/{page:int}", f"words/{NAMED_PAPER}/1", **for_((*OFFICE, "delegate"), 200)),
    seat("changes/{revision}/{former}", f"changes/{OPEN_PAPER}/{OPEN_PAPER}", **for_(INSIDE, 200)),
    seat("changes/{revision}/{former}", f"changes/{NAMED_PAPER}/{NAMED_PAPER}", **for_((*OFFICE, "delegate"), 200)),
    seat("changes/{revision}/{former}", f"changes/{OPEN_PAPER}/{NAMED_PAPER}"),
    seat("search", "search?q=nghi+quyet", **for_(INSIDE, 200)),
    seat("outline/{revision}", f"outline/{OPEN_PAPER}", **for_(INSIDE, 200)),
    seat("outline/{revision}", f"outline/{NAMED_PAPER}", **for_((*OFFICE, "delegate"), 200)),
    seat("signatures/{revision}", f"signatures/{OPEN_PAPER}", **for_(INSIDE, 200)),
    seat("signatures/{revision}", f"signatures/{NAMED_PAPER}", **for_((*OFFICE, "delegate"), 200)),
    seat("signatures/{revision}", "signatures/none"),
    seat("marked/{revision}", f"marked/{OPEN_PAPER}", **for_((*OFFICE, "delegate", "guest"), 200)),
    seat("marked/{revision}", f"marked/{NAMED_PAPER}", **for_((*OFFICE, "delegate"), 200)),
    seat("notes", **for_((*OFFICE, "delegate", "guest"), 200)),
    seat("notes.pdf", **for_((*OFFICE, "delegate", "guest"), 200)),
    seat("marks", method="POST", body=b'{"since": 0, "marks": []}', **for_((*OFFICE, "delegate", "guest"), 200)),
    seat("rules", **for_(OFFICE, 200)),
    seat("scanned", method="POST", body=b"0000 0000", **for_(OFFICE, 422)),  # nobody has that code
    seat("support", **for_((*OFFICE, "delegate", "guest", "service"), 200)),
    seat(
        "support",
        "support",
        "POST",
        b'{"ask": {"id": "a", "need": "water"}}',
        **for_((*OFFICE, "delegate", "guest"), 200),
        service=409,
    ),
    seat("drawings", method="POST", **for_(OFFICE, 409)),  # nothing is drawn
    seat("drawings/{drawing}", "drawings/none"),
    seat("devices", **for_((*INSIDE, "service"), 200)),
    seat("devices", method="POST", body=b"do=disown&device=none", **for_((*INSIDE, "service"), 303)),
    seat("feedback", method="POST", body=b"Ch\xe1\xbb\xaf to qu\xc3\xa1", **for_((*INSIDE, "service"), 204)),
    seat("minutes", **for_(OFFICE, 200)),
    seat("minutes/draft"),  # none was sent
    seat("minutes/draft", method="POST", body=b'{"seen": "0", "due": 1}', **for_(OFFICE, 409)),
    seat("minutes/signed", method="PUT", body=b"no PDF", **for_(OFFICE, 409)),
    seat("minutes/approval", method="POST", body=b"0", **for_(OFFICE, 409)),  # before the meeting is over
    seat("minutes/submission", method="POST", body=b"0", **for_(OFFICE, 409)),
    seat("exchange"),  # where documents go by other ways: tests/endpoints/test_exchange.py has the other
    seat("exchange", "exchange", "POST", b"do=look"),
    seat("issued", method="POST", body=b"kind=conclusions", **for_(OFFICE, 409)),  # none was published
    seat("issued", method="PUT", body=b"no PDF", **for_(OFFICE, 409)),
    seat("issued/{document}.pdf", "issued/none.pdf"),
    seat("issued/{document}.pdf", "issued/none.pdf", "PUT", b"no PDF"),
    seat("archive", **for_(OFFICE, 409)),  # before the meeting is over
    seat("archive", "archive", "POST", **for_(OFFICE, 409)),
    seat("archive", "archive", "DELETE", **for_(OFFICE, 409)),
    seat("import", **for_(OFFICE, 200)),
    seat("rights/import", **for_(OFFICE, 200)),
    seat("rights/import", "rights/import", "POST", b"save=1&cells=none", **for_(OFFICE, 400)),
    seat("import", "import", "POST", b"cells=none", **for_(OFFICE, 400)),
    seat("directory", **for_(OFFICE, 200)),
    seat("directory", "directory", "POST", b"who=none", **for_(OFFICE, 303)),
    seat("planning", **for_(OFFICE, 200)),
    seat("planning", "planning", "POST", b"take"),  # no such room is known
    seat("carry", **for_(OFFICE, 200)),
    seat("carry", "carry", "POST", b"task=none", **for_(OFFICE, 303)),
    seat("documents/{name}", "documents/attendance.docx", **for_(OFFICE, 200)),
    seat("documents/{name}", "documents/attendance.exe"),
    seat("documents/{name}", "documents/opinions.docx"),  # nobody has said anything
    seat("documents/{name}", "documents/forms.docx"),  # a sitting has no forms
    seat("documents/{name}", "documents/ballots.pdf"),  # nobody votes on paper
    seat("documents/{name}", "documents/plates.pdf", **for_(OFFICE, 200)),
    seat("documents/{name}", "documents/plates.docx"),
    seat("documents/{name}", "documents/seatplan.pdf"),  # before a plan is made
    seat("documents/{name}", "documents/attendance.xlsx", **for_(OFFICE, 200)),
    seat("documents/{name}", "documents/minutes.xlsx"),
    seat("papers", "papers?item=one&file_name=a.pdf", "PUT", documents.text(1), **for_(OFFICE, 201)),
    seat("papers", "papers?asked=none&file_name=a.pdf", "PUT", documents.text(1), **for_(OFFICE, 409)),
    seat("papers/{paper}", f"papers/{OPEN_PAPER}?file_name=a.pdf", "PUT", documents.text(1), **for_(OFFICE, 201)),
    seat("invitations", **for_(OFFICE, 200)),
    seat("invitations", "invitations", "POST", b"participant=none", **for_(OFFICE, 303)),
    seat("letters", **for_(OFFICE, 200)),
    seat("letters", "letters", "POST", b"do=save", **for_(OFFICE, 303)),
    seat("journal.json", **for_(OFFICE, 200)),
    seat("photos/{vote}/{option}", "photos/none/1"),
    seat("photos/{vote}/{option}", "photos/none/1", "PUT", b"no picture", **for_(OFFICE, 415)),
    seat("votes/{vote}", "votes/none"),
    seat("votes/{vote}/sheet.pdf", "votes/none/sheet.pdf"),
    seat("votes/{vote}/published.json", "votes/none/published.json"),
    seat("votes/{vote}/list.csv", "votes/none/list.csv"),
    seat("{page}", "tablet", **for_(("chair", "secretary", "delegate", "guest"), 200)),
    seat("{page}", "prepare", **for_(("chair", "secretary", "delegate", "guest"), 200)),
    seat("{page}", "draft", **for_(("chair", "secretary", "delegate"), 200)),
    seat("{page}", "console", **for_(OFFICE, 200)),
    seat("{page}", "secretariat", **for_(OFFICE, 200)),
    seat("{page}", "screen", **for_(INSIDE, 200)),
    seat("{page}", "service", secretary=200, service=200),
    seat("{page}", "live"),
    seat("{page}", "anything"),
)


def test_every_address_is_listed() -> None:
    """Whoever adds a route says here who may ask for it, and what all others are told."""
    routed = {(m, r.path) for r in ROUTES if isinstance(r, Route) for m in (r.methods or set()) - {"HEAD"}}
    assert {(asked.method, asked.route) for asked in ASKED} == routed
    assert [route.path for route in ROUTES if isinstance(route, WebSocketRoute)] == [f"{SEAT}/live", "/feed/floor"]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: f"{asked.method} {asked.path.split('?')[0]}")
def test_everyone_gets_what_is_theirs_and_nothing_else(door: Door, asked: Asked) -> None:
    for visitor in VISITORS:
        answer = door.ask(
            asked.method, _path(door, asked, visitor), visitor, _body(door, asked, visitor), **_kind(asked)
        )
        assert answer.status == asked.expected(visitor), visitor
        assert [name for name in HEADERS if len(answer.headers.get_all(name) or []) != 1] == [], visitor


@pytest.mark.parametrize("asked", [a for a in ASKED if a.route.startswith(SEAT)], ids=lambda a: f"{a.method} {a.path}")
def test_nobody_sits_in_the_seat_of_another(door: Door, asked: Asked) -> None:
    for visitor in ("delegate", "guest", "screen", "service", "secretary"):
        path = f"{door.seat('chair')}/{asked.path}"
        assert door.ask(asked.method, path, visitor, asked.body, **_kind(asked)).status == 404, visitor


@pytest.mark.parametrize("asked", [a for a in ASKED if a.method != "GET"], ids=lambda a: f"{a.method} {a.path}")
def test_a_page_of_another_site_changes_nothing(door: Door, asked: Asked) -> None:
    visitor = "administrator" if asked.path == "/meetings" else "chair"
    refused = 404 if asked.path == "/setup" else 403
    path, body = _path(door, asked, visitor), _body(door, asked, visitor)
    host = door.server.base.split("//")[1]
    for headers in (
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": f"http://127.0.0.1:{door.server.port + 1}"},
        {"Origin": f"http://{host}.elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        assert door.ask(asked.method, path, visitor, body, **_kind(asked) | headers).status == refused, headers


def test_what_one_may_not_read_looks_like_what_is_not_there(door: Door) -> None:
    closed, absent = (door.ask("GET", f"{door.seat('guest')}/pages/{revision}/1/1080", "guest") for revision in (
        NAMED_PAPER, "nosuchone"))  # fmt: skip
    assert (closed.status, closed.body) == (absent.status, absent.body)
    assert {name.lower() for name in closed.headers} == {name.lower() for name in absent.headers}


def test_other_methods_are_not_answered(door: Door) -> None:
    for method in ("TRACE", "DELETE", "PATCH", "OPTIONS"):
        for path in ("/", "/sign-in", f"{door.seat('chair')}/tablet", "/healthz"):
            answer = door.ask(method, path, "chair")
            assert answer.status == 405, (method, path)
            assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_session_cookie_is_kept_from_scripts_and_bound_to_the_host_on_https(door: Door) -> None:
    set_cookie = door.server.ask("GET", f"/j/{door.codes['guest']}").headers["Set-Cookie"].lower()
    assert "httponly" in set_cookie and "samesite=lax" in set_cookie and "path=/" in set_cookie
    assert "domain" not in set_cookie


def _path(door: Door, asked: Asked, visitor: str) -> str:
    if asked.route.startswith(SEAT):
        return f"{door.seat(visitor)}/{asked.path}"
    return asked.path.replace("{code}", _code(door, visitor))


def _body(door: Door, asked: Asked, visitor: str) -> bytes:
    return asked.body.replace(b"{code}", _code(door, visitor).encode())


def _code(door: Door, visitor: str) -> str:
    return door.stranger if visitor == "stranger" else door.codes[PEOPLE.get(visitor, "guest")]


def _kind(asked: Asked) -> dict[str, str]:
    return {"Content-Type": FORM if asked.method == "POST" else "application/pdf"} if asked.method != "GET" else {}
