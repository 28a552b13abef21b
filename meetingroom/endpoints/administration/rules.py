"""Rules of decision: as administrators keep them, and as they are offered where a vote is prepared."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from meetingroom.domain.messages import clean
from meetingroom.domain.voting.rule import RULES, Base, QuorumBase, Rule, Tie
from meetingroom.endpoints.auditing import note
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.forms import read_form
from meetingroom.endpoints.guards import administrator, entrant, require_office, words_of
from meetingroom.export.votes import rule_sentence
from meetingroom.storage.audit import Kind
from meetingroom.storage.presets import Preset
from meetingroom.words import Words

NEW = Rule(
    name="", law="", base=Base.TOTAL_MEMBERS, numerator=1, denominator=2, exceed=True, tie=Tie.REJECTED,
    quorum_base=QuorumBase.TOTAL_MEMBERS, quorum_numerator=2, quorum_denominator=3,
)  # fmt: skip


async def offered(request: Request) -> Response:
    """For who prepares a vote: every rule that is offered, with its fields."""
    found = await entrant(request)
    require_office(found)
    here = house(request)
    presets = [preset for preset in await here.record(here.presets.all) if preset.offered]
    rules = [{"title": _title(preset, found.words), "own": preset.own, **asdict(preset.rule)} for preset in presets]
    return JSONResponse({"rules": rules}, headers={"Cache-Control": "no-store"})


def _title(preset: Preset, words: Words) -> str:
    return preset.title or words.text(f"rule.{preset.rule.name}")


async def rules(request: Request) -> Response:
    """All rules, those of the program and one's own."""
    await administrator(request)
    here, words = house(request), words_of(request)
    presets = await here.record(here.presets.all)
    rows = [(preset, _title(preset, words), rule_sentence(preset.rule, words)) for preset in presets]
    return here.templates.page("admin_rules.html", words, rows=rows, shipped=RULES, path="/admin/rules")


async def rule(request: Request) -> Response:
    """One rule to change; `new` makes one. Votes that were prepared keep the rule they were prepared with."""
    actor, here, name = await administrator(request), house(request), request.path_params["rule"]
    presets = {preset.rule.name: preset for preset in await here.record(here.presets.all)}
    if name != "new" and name not in presets:
        raise HTTPException(404)
    former = presets.get(name, Preset(NEW, own=True))
    if request.method == "GET":
        return _page(request, here, former, former)
    form = await read_form(request, max_files=0, max_fields=30)
    title = former.title or words_of(request).text(f"rule.{name}")
    if form.get("do") == "remove":
        await here.record(here.presets.remove, name)
        await note(request, Kind.RULE_REMOVED, actor.login, about=title)
        return RedirectResponse("/admin/rules", 303)
    changed, error = _read(former, {key: str(value) for key, value in form.items()})
    if error:
        return _page(request, here, former, changed, error)
    if not changed.rule.name:
        changed = replace(changed, rule=replace(changed.rule, name=f"own-{secrets.token_hex(6)}"))
    await here.record(here.presets.keep, changed)
    told = rule_sentence(changed.rule, words_of(request))
    await note(request, Kind.RULE_CHANGED, actor.login, about=changed.title or title, text=told)
    return RedirectResponse("/admin/rules", 303)


@dataclass(frozen=True, slots=True)
class _Wrong:
    field: str
    key: str


def _read(former: Preset, form: Mapping[str, str]) -> tuple[Preset, _Wrong | None]:
    """What was typed, and what is wrong with it."""
    title = clean(form.get("title", ""))[:200]
    fields: dict[str, Any] = {"law": clean(form.get("law", ""))[:500]}
    for name in ("numerator", "denominator", "quorum_numerator", "quorum_denominator"):
        text = form.get(name, "")
        fields[name] = min(int(text), 1001) if text.isdecimal() and text.isascii() and len(text) < 9 else -1
    for name in ("exceed", "quorum_exceed"):
        fields[name] = form.get(name) == "yes"
    for name in ("weighted", "by_proxy"):
        fields[name] = name in form
    for name, kind in (("base", Base), ("tie", Tie), ("quorum_base", QuorumBase)):
        value = form.get(name, "")
        fields[name] = kind(value) if value in kind.__members__.values() else getattr(former.rule, name)
    changed = Preset(replace(former.rule, **fields), title, "offered" in form, True)
    return changed, _wrong(changed)


def _wrong(preset: Preset) -> _Wrong | None:
    rule = preset.rule
    if not preset.title and rule.name not in RULES:
        return _Wrong("title", "admin.rules.error.title")
    if not (0 <= rule.numerator <= rule.denominator <= 1000 and rule.denominator >= 1):
        return _Wrong("numerator", "admin.rules.error.fraction")
    if not (0 <= rule.quorum_numerator <= rule.quorum_denominator <= 1000 and rule.quorum_denominator >= 1):
        return _Wrong("quorum_numerator", "admin.rules.error.fraction")
    return None


def _page(request: Request, here: House, former: Preset, preset: Preset, wrong: _Wrong | None = None) -> Response:
    words = words_of(request)
    name = former.rule.name
    return here.templates.page(
        "admin_rule.html",
        words,
        422 if wrong else 200,
        preset=preset,
        rule=preset.rule,
        heading=_title(former, words) if name else words.text("admin.rules.new"),
        called=preset.title or (words.text(f"rule.{name}") if name in RULES else ""),
        shipped=name in RULES,
        own=former.own and bool(name),
        bases=list(Base),
        ties=list(Tie),
        quorum_bases=list(QuorumBase),
        wrong=wrong.field if wrong else "",
        error=words.text(wrong.key) if wrong else "",
        path=f"/admin/rules/{name or 'new'}",
    )
