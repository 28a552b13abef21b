"""index.html of an archive: everything readable on one page without script, Vietnamese first, English beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from meetingroom.domain.agenda import numbers
from meetingroom.domain.conclusions import State
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.papers import Paper
from meetingroom.export import votes
from meetingroom.export.wording import parts, task
from meetingroom.words import Words

if TYPE_CHECKING:
    from meetingroom.export.archive import Filed

STYLE = (
    "body{font:1.05rem/1.6 'Times New Roman',serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1b1d22}"
    "h1{line-height:1.25}h2{margin-top:2.2rem;border-bottom:1px solid #999}li{margin:.3rem 0}"
    "small,i{color:#555}pre{white-space:pre-wrap;background:#f3f1ec;padding:.8rem}"
)


def page(meeting: Meeting, words: Words, papers: Sequence[Filed], printed: Sequence[str]) -> str:
    """`papers` and `printed` are the names that are in the archive."""
    title = escape(meeting.sitting.title)
    body = "\n".join(_sections(meeting, words, papers, printed))
    return (
        f'<!doctype html>\n<html lang="vi">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title><style>{STYLE}</style></head>\n'
        f"<body>\n<h1>{title}</h1>\n{body}\n</body>\n</html>\n"
    )


def _sections(meeting: Meeting, words: Words, papers: Sequence[Filed], printed: Sequence[str]) -> Iterator[str]:
    text = {part.key: part.text for part in parts(meeting, words)}
    yield f"<p>{escape(text['form.begins'])}<br>{escape(text['form.place'])}<br>{escape(meeting.sitting.organisation)}</p>"
    yield _heading("Văn bản", "Documents")
    yield _list(_link(name) for name in printed)
    yield _heading("Chương trình và tài liệu", "Agenda and papers")
    for item, number, _ in numbers(meeting.agenda):
        yield f"<h3>{escape(f'{number}. {item.title}')}</h3>"
        yield _list(
            _link(each.name) + _class(meeting.papers[each.paper])
            for each in papers
            if meeting.papers[each.paper].item == item.id
        )
    yield _heading("Biên bản", "Minutes")
    for part in parts(meeting, words):
        if part.text:
            yield f"<h3>{escape(part.title)}</h3><p>{escape(part.text).replace(chr(10), '<br>')}</p>"
    voted = [vote for vote in meeting.voting.values() if vote.result or vote.reason]
    if voted:
        yield _heading("Biểu quyết", "Votes")
        yield from (f"<p>{'<br>'.join(map(escape, votes.lines(vote, words)))}</p>" for vote in voted)
    published = [each for each in meeting.conclusions.values() if each.state is not State.DRAFT]
    if published:
        yield _heading("Kết luận", "Conclusions")
        yield _list(escape(task(each, words)) for each in published)
    yield _heading("Kiểm tra tính nguyên vẹn", "Checking that nothing was changed")
    yield (
        "<p>Giải nén rồi chạy lệnh dưới đây bằng Python 3; không cần hệ thống phòng họp. <i>Unpack, then run this with "
        "Python 3; the meeting system is not needed.</i></p><pre>python3 verify.py</pre>"
        f"<p>{_link('SHA256SUMS')} · {_link('journal.jsonl')} · {_link('so-lieu/bieu-quyet.json')} · "
        f"{_link('so-lieu/diem-danh.json')} · {_link('so-lieu/ket-luan.json')}</p>"
    )


def _heading(vietnamese: str, english: str) -> str:
    return f'<h2>{vietnamese} <small lang="en">{english}</small></h2>'


def _class(paper: Paper) -> str:
    said = " · ".join(each for each in (paper.kind, paper.issuer) if each)
    return f" – {escape(said)}" if said else ""


def _link(name: str) -> str:
    return f'<a href="{quote(name)}">{escape(name.rsplit("/", 1)[-1])}</a>'


def _list(entries: Iterable[str]) -> str:
    lines = "".join(f"<li>{entry}</li>" for entry in entries)
    return f"<ul>{lines}</ul>" if lines else ""
