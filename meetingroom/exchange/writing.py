"""Writing edXML exactly as QCVN 102:2016/BTTTT has it: order of the elements, lengths, and what must be there."""

from __future__ import annotations

import base64
import io
import uuid
import zipfile
from collections.abc import Iterable
from datetime import date
from html import escape

from meetingroom.exchange.letter import Attachment, Business, Letter, Organ, Reference, Status, Unwritable

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
NAME = 200  # longest name of an attachment
EPOCH = (1980, 1, 1, 0, 0, 0)  # of every entry, so that the same document is the same bytes
SEED = uuid.UUID("5b0f7a52-5c7e-4f6c-8f0e-2d1c8a4e9b10")


def written(letter: Letter) -> bytes:
    """Raises Unwritable."""
    _checked(letter)
    keys = [f"cid:{uuid.uuid5(SEED, f'{letter.document}/{number}')}" for number, _ in enumerate(letter.attachments)]
    header = _tag("MessageHeader", *_head(letter)) + _tag(
        "TraceHeaderList",
        _tag("TraceHeader", _text("OrganId", letter.sender.id), _text("Timestamp", letter.at)),
        _tag("Bussiness", *_business(letter)),
    )
    references = (
        _tag("Reference", _text("ContentId", key), _text("ContentType", each.kind), _text("AttachmentName", each.name))
        for key, each in zip(keys, letter.attachments, strict=True)
    )
    encoded = (
        _tag(
            "Attachment",
            _text("ContentId", key),
            _text("AttachmentName", each.name),
            _text("ContentType", each.kind),
            _tag("edXML:ContentTransferEncoded", _packed(each)),
        )
        for key, each in zip(keys, letter.attachments, strict=True)
    )
    manifest = f'<edXML:edXMLManifest version="1.0">{"".join(references)}</edXML:edXMLManifest>'
    envelope = _tag("edXML:edXMLHeader", header) + _tag("edXML:edXMLBody", manifest)
    return _whole(_tag("edXML:edXMLEnvelope", envelope) + _tag("AttachmentEncoded", *encoded))


def told(status: Status) -> bytes:
    """A message about a document that came. Raises Unwritable."""
    _required(sender=status.sender.id, document=status.about.document, status=status.code)
    body = _tag(
        "Status",
        _tag("ResponseFor", *_reference(status.about)),
        _tag("From", *_organ(status.sender)),
        _text("StatusCode", status.code),
        _text("Description", status.text[:500]),
        _text("Timestamp", status.at),
    )
    return _whole(_tag("edXML:edXMLEnvelope", _tag("edXML:edXMLHeader", body)))


def _checked(letter: Letter) -> None:
    _required(
        sender=letter.sender.id,
        sender_name=letter.sender.name,
        receivers="".join(organ.id for organ in letter.receivers),
        document=letter.document,
        number=letter.number,
        notation=letter.notation,
        place=letter.place,
        promulgated=_day(letter.promulgated),
        kind=letter.kind,
        subject=letter.subject,
        signer=letter.signer,
    )
    for name, most in (
        ("number", 11),
        ("notation", 30),
        ("place", 50),
        ("kind", 100),
        ("subject", 500),
        ("content", 500),
    ):
        if len(getattr(letter, name)) > most:
            raise Unwritable(name)
    if len({organ.id for organ in letter.receivers}) != len(letter.receivers):
        raise Unwritable("receivers")
    if any(not organ.id or len(organ.id) > 50 for organ in letter.receivers):
        raise Unwritable("receivers")
    if any(not each.name or len(each.name) > NAME for each in letter.attachments):
        raise Unwritable("attachments")
    if letter.business is not Business.NEW and not letter.about:
        raise Unwritable("about")


def _required(**fields: str | None) -> None:
    for name, value in fields.items():
        if not value:
            raise Unwritable(name)


def _head(letter: Letter) -> Iterable[str]:
    yield _tag("From", *_organ(letter.sender))
    for organ in letter.receivers:
        yield _tag("To", *_organ(organ))
    yield _text("DocumentId", letter.document)
    yield _tag("Code", _text("CodeNumber", letter.number), _text("CodeNotation", letter.notation))
    yield _tag("PromulgationInfo", _text("Place", letter.place), _text("PromulgationDate", _day(letter.promulgated)))
    yield _tag("DocumentType", _text("Type", "1"), _text("TypeDetail", "0"), _text("TypeName", letter.kind))
    yield _text("Subject", letter.subject)
    yield _text("Content", letter.content or letter.subject)
    yield _tag(
        "SignerInfo",
        _text("Competence", letter.competence),
        _text("Position", letter.position),
        _text("FullName", letter.signer),
    )
    if letter.due:
        yield _text("DueDate", _day(letter.due))
    if letter.places:
        yield _tag("ToPlaces", *(_text("Place", place[:150]) for place in letter.places))
    yield _tag(
        "OtherInfo",
        _text("Priority", str(int(letter.priority))),
        _text("SphereOfPromulgation", ""),
        _text("TyperNotation", ""),
        _text("PromulgationAmount", str(letter.amount)),
        _text("PageAmount", str(letter.pages)),
    )
    for reference in letter.answers:
        yield _tag("ResponseFor", *_reference(reference))
    yield _text("SteeringType", "1")


def _business(letter: Letter) -> Iterable[str]:
    yield _text("BussinessDocType", str(int(letter.business)))
    if letter.reason:
        yield _text("BussinessDocReason", letter.reason[:500])
    if letter.about:
        yield _text("DocumentId", letter.about)
    yield _text("Paper", "0")


def _organ(organ: Organ) -> Iterable[str]:
    yield _text("OrganId", organ.id)
    yield _text("OrganizationInCharge", organ.in_charge)
    yield _text("OrganName", organ.name[:200])
    for name, value in (("OrganAdd", organ.address), ("Email", organ.email), ("Telephone", organ.telephone)):
        if value:
            yield _text(name, value)


def _reference(about: Reference) -> Iterable[str]:
    yield _text("OrganId", about.organ)
    yield _tag("Code", _text("CodeNumber", about.number), _text("CodeNotation", about.notation))
    yield _text("PromulgationDate", _day(about.promulgated))
    yield _text("DocumentId", about.document)


def _day(day: date | None) -> str:
    return f"{day:%Y/%m/%d}" if day else ""


def _packed(attachment: Attachment) -> str:
    """base64 of a ZIP with one entry, the file itself."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(attachment.name, EPOCH), attachment.content, zipfile.ZIP_DEFLATED)
    return base64.b64encode(made.getvalue()).decode()


def _tag(name: str, *parts: str) -> str:
    return f"<{name}>{''.join(parts)}</{name}>"


def _text(name: str, text: str) -> str:
    """XML has no control characters, escaped or not."""
    return _tag(name, escape("".join(letter for letter in text if letter >= " " or letter in "\t\n"), quote=False))


def _whole(inside: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<edXML xmlns="{NAMESPACE}" xmlns:edXML="{NAMESPACE}">{inside}</edXML>\n'
    ).encode()
