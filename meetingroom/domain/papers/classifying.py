"""What kind of document a paper is and who issued it, as its first page says: only where that is sure.

In the layout of Decree 30/2020 the issuing body stands at the top left in capitals, below the one above it; the kind stands in
capitals on a line of its own, and a draft says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from meetingroom.domain.people import same

HEAD = 14  # lines in which an issuing body can stand
FIRST = 40  # lines in which the kind must
DRAFT = "dự thảo"


def classified(lines: Sequence[str], kinds: Sequence[str], issuers: Sequence[str]) -> tuple[str, str]:
    """Kind and issuing body among those there are; empty where the page does not say exactly one."""
    return _kind(lines[:FIRST], kinds), _issuer(lines[:HEAD], issuers)


def _kind(lines: Sequence[str], kinds: Sequence[str]) -> str:
    titles = {same(line) for line in lines if line.isupper()}
    draft = any(DRAFT in same(line).split("(")[0] for line in lines[:HEAD])
    plain = [kind for kind in kinds if same(kind) in titles]
    drafts = [kind for kind in kinds if draft and same(kind).removeprefix(f"{DRAFT} ") in titles and _is_draft(kind)]
    found = drafts or plain
    return found[0] if len(found) == 1 else ""


def _is_draft(kind: str) -> bool:
    return same(kind).startswith(f"{DRAFT} ")


def _issuer(lines: Sequence[str], issuers: Sequence[str]) -> str:
    """The last one: above it stands the body it belongs to. Beside it, on the same line, stands the name of the country."""
    found = ""
    for line in lines:
        here = [each for each in issuers if _begins(line, each)]
        found = max(here, key=len) if here else found
    return found


def _begins(line: str, issuer: str) -> bool:
    head = " ".join(line.split()[: len(issuer.split())])
    return head.isupper() and same(head) == same(issuer)
