"""/admin/people: units and people of the organisation, one by one or from a table that is confirmed before it is saved."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections import Counter
from collections.abc import Mapping

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain.messages import clean
from meetingroom.endpoints.auditing import note
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.forms import read_form
from meetingroom.endpoints.guards import registrar, words_of
from meetingroom.endpoints.organisation.choosing import MOST_SHOWN, open_book, sought_in
from meetingroom.endpoints.organisation.imports import MOST_FORM, cells_in, columns_in
from meetingroom.endpoints.organisation.sight import Sight, sight_of
from meetingroom.export import staff
from meetingroom.export.tables import MOST_BYTES, Cells, Unreadable, heading_line, read
from meetingroom.export.typeset import Missing
from meetingroom.storage.audit import Kind
from meetingroom.storage.directory import Person
from meetingroom.words import Words

MOST_PEOPLE = 50_000  # of one list


async def people(request: Request) -> Response:
    """The tree of units, the circles, the people; one of each is added."""
    actor, here = await registrar(request), house(request)
    sight = await sight_of(here, actor)
    if request.method == "GET":
        return await _page(request, here, actor.scope, sight)
    form = await read_form(request, max_files=0, max_fields=12)
    fields = {name: clean(str(form.get(name, "")))[:200] for name in ("do", "above", *staff.FIELDS)}
    wrong = await _add(here, fields, actor.scope, sight)
    if wrong:
        return await _page(request, here, actor.scope, sight, fields, wrong)
    await note(request, Kind.DIRECTORY_CHANGED, actor.login, about=fields["name"])
    return RedirectResponse("/admin/people", 303)


async def _add(here: House, fields: dict[str, str], scope: str, sight: Sight) -> str:
    """What was wrong, or empty. Within a scope what names no unit of it comes to its top.

    A sign-in name opens what its owner sees: only administrators say whose it is.
    """
    if scope:
        called = (await open_book(here, sight)).called
        fields |= {name: fields[name] if fields[name] in called else scope for name in ("unit", "above")}
        fields["login"] = ""
    match fields["do"]:
        case "unit":
            made = fields["name"] and await here.record(here.directory.add_unit, fields["name"], fields["above"])
            return "" if made else "unit"
        case "circle":
            made = fields["name"] and await here.record(here.circles.add, fields["name"], scope)
            return "" if made else "circle"
        case _:
            if wrong := staff.lacking(fields):
                return wrong
            person = (_person(fields, fields["unit"]), "")
            return "" if await here.record(here.directory.add, [person]) else "known"


async def _page(
    request: Request, here: House, scope: str, sight: Sight, fields: dict[str, str] | None = None, wrong: str = ""
) -> Response:
    words = words_of(request)
    book, sought = await open_book(here, sight), sought_in(request.query_params)
    looked = book.find(sought, retired=True)
    return here.templates.page(
        "admin_people.html",
        words,
        422 if wrong else 200,
        book=book,
        filled=Counter(person.unit for person in book.people),
        added=request.query_params.get("added", ""),
        scope=scope,
        sought=sought,
        looked=looked[:MOST_SHOWN],
        total=len(looked),
        fields=fields if fields and fields["do"] == "person" else {},
        error=words.text(f"directory.error.{wrong}") if wrong else "",
        path="/admin/people",
    )


async def from_file(request: Request) -> Response:
    """GET: choose a file. POST: `file` shows a preview, `cells` again with other columns, `save` carries it out."""
    actor, here = await registrar(request), house(request)
    await open_book(here, await sight_of(here, actor))  # 404 where their unit is gone
    if request.method == "GET":
        return await _preview(request, here, actor.scope)
    form = await read_form(request, max_files=1, max_fields=20, max_part_size=MOST_FORM)
    file = form.get("file")
    if isinstance(file, UploadFile):
        words = words_of(request)
        try:
            cells = await asyncio.to_thread(read, await file.read(MOST_BYTES + 1), MOST_PEOPLE)
        except Unreadable as error:
            return await _preview(request, here, actor.scope, error=words.text(f"import.error.{error.code}"))
        except Missing as missing:
            return await _preview(request, here, actor.scope, error=words.text(missing.code))
        guessed = {field: column for field, column in staff.guessed(cells).items() if field in _fields(actor.scope)}
        return await _preview(request, here, actor.scope, cells, guessed)
    cells, columns = cells_in(form, MOST_PEOPLE), columns_in(form, _fields(actor.scope))
    if "wrong" in form:
        return _wrong_rows(words_of(request), await _rows(here, cells, columns), _fields(actor.scope))
    if "save" not in form:
        return await _preview(request, here, actor.scope, cells, columns)
    found = [row.fields for row in await _rows(here, cells, columns) if not row.error]
    people = [(_person(read), read["unit"]) for read in found]
    added = await here.record(here.directory.add, people, actor.scope)
    await note(request, Kind.DIRECTORY_CHANGED, actor.login, about=f"+{added}")
    return RedirectResponse(f"/admin/people?added={added}", 303)


def _wrong_rows(words: Words, rows: list[staff.Row], fields: tuple[str, ...]) -> Response:
    """All lines that are not taken over, each with its reason, to be mended and brought again."""
    text = io.StringIO()
    table = csv.writer(text, delimiter=";")
    table.writerow(
        [words.text("import.line"), words.text("import.state"), *(words.text(heading(each)) for each in fields)]
    )
    for row in rows:
        if row.error:
            told = words.text(
                f"directory.row.{row.error}" if row.error in ("email", "name") else f"import.row.{row.error}"
            )
            table.writerow([row.line, told, *(harmless(row.fields[each]) for each in fields)])
    headers = {"Content-Disposition": 'attachment; filename="dong-loi.csv"', "Cache-Control": "no-store"}
    return Response("\ufeff" + text.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def heading(field: str) -> str:
    return f"directory.{field}" if field in ("email", "phone", "login") else f"import.column.{field}"


def harmless(text: str) -> str:
    """A spreadsheet would run a cell that begins like a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t") else text


def _fields(scope: str) -> tuple[str, ...]:
    """What a list may fill in."""
    return tuple(field for field in staff.FIELDS if field != "login") if scope else staff.FIELDS


def _person(read: Mapping[str, str], unit: str = "") -> Person:
    """`unit`: the id of one; a list names it."""
    return Person(read["name"], read["office"], unit, read["email"], read["phone"], read["login"])


async def _rows(here: House, cells: Cells, columns: dict[str, int]) -> list[staff.Row]:
    return await asyncio.to_thread(lambda: staff.rows(cells, columns, _known(here)))


def _known(here: House) -> list[tuple[str, str, str, str]]:
    """Who is there already. Blocks."""
    called: dict[str, str] = {}
    for unit in here.directory.units():  # each after the one it belongs to
        called[unit.id] = f"{called[unit.above]} > {unit.name}" if unit.above else unit.name
    return [(one.name, called.get(one.unit, ""), one.email, one.login) for one in here.directory.people()]


async def _preview(
    request: Request,
    here: House,
    scope: str,
    cells: Cells | None = None,
    columns: dict[str, int] | None = None,
    error: str = "",
) -> Response:
    rows = await _rows(here, cells, columns or {}) if cells else []
    return here.templates.page(
        "admin_people_import.html",
        words_of(request),
        422 if error else 200,
        rows=sorted(rows, key=lambda row: not row.error)[:MOST_SHOWN],  # bad ones first, the good ones are counted
        good=sum(not row.error for row in rows),
        bad=sum(bool(row.error) for row in rows),
        columns=columns or {},
        heads=cells[max(0, heading_line(cells, staff.HEADINGS))] if cells else [],
        columns_wanted=_fields(scope),
        cells=json.dumps(cells, ensure_ascii=False) if cells else "",
        scope=scope,
        error=error,
        path="/admin/people/import",
    )
