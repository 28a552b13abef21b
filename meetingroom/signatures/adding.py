"""Whether what was added to a PDF is signatures and nothing else: what its pages show has not changed since.

pyHanko judges this from one signature to the next. Before the first there is none to judge from, and it is done here.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel

OF_CATALOGUE = {"/AcroForm", "/DSS", "/Extensions", "/Metadata", "/Perms", "/Version"}
OF_PAGE = {"/Annots", "/LastModified"}


def only_signed(file: BinaryIO, length: int) -> bool:
    """The first `length` bytes are a whole PDF themselves. False also where the rest cannot be understood."""
    former = PdfFileReader(io.BytesIO(file.read(length)), strict=False)
    file.seek(0)
    now = PdfFileReader(file, strict=False)
    try:
        if not _follows(former, now):
            return False
        if "/AcroForm" not in former.root:
            return _first(former, now)
        said = DEFAULT_DIFF_POLICY.review_file(now, former.xrefs.total_revisions - 1)
        return isinstance(said, DiffResult) and said.modification_level <= ModificationLevel.FORM_FILLING
    except Exception:  # whatever a file does to be misunderstood, it is not taken for what was produced
        return False


def _follows(former: PdfFileReader, now: PdfFileReader) -> bool:
    """Every cross-reference section that was there still counts, at its place: revisions are compared by number, and a
    table that names none before it would pass for the first one."""
    for revision in range(former.xrefs.total_revisions):
        old, new = (reader.xrefs.get_xref_container_info(revision) for reader in (former, now))
        if (old.start_location, old.end_location) != (new.start_location, new.end_location):
            return False
    return True


def _first(former: PdfFileReader, now: PdfFileReader) -> bool:
    """Of the objects that were there, only the catalogue, the pages' annotations and what describes the file may be new."""
    if _ref(former.root_ref) != _ref(now.root_ref):
        return False
    pages, described = set(_pages(former.root)), set(_described(former))
    for revision in range(former.xrefs.total_revisions, now.xrefs.total_revisions):
        if now.xrefs.refs_freed_in_revision(revision):
            return False
        for reference in now.xrefs.explicit_refs_in_revision(revision):
            key = _ref(reference)
            if key[0] >= int(former.trailer_view["/Size"]) or key in described:
                continue
            old, new = _object(former, key), _object(now, key)
            if key == _ref(former.root_ref):
                same = _plain(old, OF_CATALOGUE) == _plain(new, OF_CATALOGUE)
            else:
                same = key in pages and _plain(old, OF_PAGE) == _plain(new, OF_PAGE) and _stamped(old, new)
            if not same:
                return False
    return True


def _ref(reference: generic.Reference) -> tuple[int, int]:
    return reference.idnum, reference.generation


def _object(reader: PdfFileReader, key: tuple[int, int]) -> Any:
    found: Any = reader.get_object(generic.Reference(*key, pdf=reader))  # type: ignore[no-untyped-call]
    return found


def _pages(root: Any) -> Iterator[tuple[int, int]]:
    waiting = [root["/Pages"]]
    while waiting:
        for kid in list.__iter__(waiting.pop()["/Kids"]):
            node = kid.get_object()
            if node["/Type"] == "/Pages":
                waiting.append(node)
            else:
                yield _ref(kid.reference)


def _described(former: PdfFileReader) -> Iterator[tuple[int, int]]:
    for holder, name in ((former.trailer_view, "/Info"), (former.root, "/Metadata")):
        if name in holder and isinstance(found := holder.raw_get(name), generic.IndirectObject):
            yield _ref(found.reference)


def _stamped(old: Any, new: Any) -> bool:
    """The annotations that were there, and behind them fields with a signature."""
    before, after = (_annotations(page) for page in (old, new))
    added = [each.get_object() for each in after[len(before) :]]
    return [_plain(each) for each in before] == [_plain(each) for each in after[: len(before)]] and all(
        each["/Subtype"] == "/Widget" and each["/FT"] == "/Sig" for each in added
    )


def _annotations(page: Any) -> list[Any]:
    return list(list.__iter__(page["/Annots"])) if "/Annots" in page else []


def _plain(value: Any, without: set[str] | frozenset[str] = frozenset()) -> Any:
    """With references as numbers, so that two files can be compared."""
    if isinstance(value, generic.IndirectObject):
        return ("ref", *_ref(value.reference))
    if isinstance(value, dict):  # also a stream: neither catalogue nor page is one
        return {name: _plain(part) for name, part in dict.items(value) if name not in without}
    if isinstance(value, list):
        return [_plain(part) for part in list.__iter__(value)]
    return value
