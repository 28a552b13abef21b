"""Every address of the server, in one table. Below /m/{meeting}/{participant}/ each endpoint asks `entrant` first."""

from __future__ import annotations

from starlette.routing import Route, WebSocketRoute

from meetingroom.endpoints import (
    archives,
    assets,
    carry,
    documents,
    enrolment,
    founding,
    images,
    imports,
    marks,
    minutes,
    pages,
    sign_in,
    uploads,
    votes,
)
from meetingroom.endpoints.live import live
from meetingroom.endpoints.revising import changes

SEAT = "/m/{meeting}/{participant}"

ROUTES = [
    Route("/", pages.home),
    Route("/setup", sign_in.setup, methods=["GET", "POST"]),
    Route("/sign-in", sign_in.sign_in, methods=["GET", "POST"]),
    Route("/sign-out", sign_in.sign_out, methods=["POST"]),
    Route("/language", sign_in.choose_language, methods=["POST"]),
    Route("/join", sign_in.join, methods=["GET", "POST"], name="join"),
    Route("/j/{code}", sign_in.personal_link, name="personal_link"),
    Route("/meetings", founding.new_meeting, methods=["POST"]),
    Route("/demo", pages.demo),
    Route("/docs", pages.docs),
    Route("/healthz", pages.health),
    Route("/verify", votes.verify),
    Route("/verify.py", votes.verifier),
    Route("/tls", enrolment.enrolment),
    Route("/tls/check", enrolment.check),
    Route("/tls/root.crt", enrolment.root_certificate),
    Route("/tls/root.mobileconfig", enrolment.root_profile),
    Route("/s/{digest}/{name:path}", assets.serve),
    WebSocketRoute(f"{SEAT}/live", live),
    Route(f"{SEAT}/pages/{{revision}}/{{page:int}}/{{width:int}}", images.image),
    Route(f"{SEAT}/words/{{revision}}/{{page:int}}", images.words),
    Route(f"{SEAT}/changes/{{revision}}/{{former}}", changes),
    Route(f"{SEAT}/marks", marks.sync, methods=["POST"]),
    Route(f"{SEAT}/outline/{{revision}}", images.outline),
    Route(f"{SEAT}/papers", uploads.upload, methods=["PUT"]),
    Route(f"{SEAT}/papers/{{paper}}", uploads.upload, methods=["PUT"]),
    Route(f"{SEAT}/invitations", pages.invitations, methods=["GET", "POST"]),
    Route(f"{SEAT}/archive", archives.archive, methods=["GET", "POST"]),
    Route(f"{SEAT}/import", imports.people, methods=["GET", "POST"]),
    Route(f"{SEAT}/carry", carry.carry, methods=["GET", "POST"]),
    Route(f"{SEAT}/documents/{{name}}", documents.document),
    Route(f"{SEAT}/minutes", minutes.sections),
    Route(f"{SEAT}/minutes/approval", minutes.approve, methods=["POST"]),
    Route(f"{SEAT}/minutes/submission", minutes.submit, methods=["POST"]),
    Route(f"{SEAT}/journal.json", votes.journal_file),
    Route(f"{SEAT}/votes/{{vote}}", votes.sheet),
    Route(f"{SEAT}/votes/{{vote}}/published.json", votes.published_file),
    Route(f"{SEAT}/votes/{{vote}}/list.csv", votes.ballot_list),
    Route(f"{SEAT}/{{page}}", pages.live_page),
]
