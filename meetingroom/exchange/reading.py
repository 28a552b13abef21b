"""Reading edXML as it comes: either namespace, either spelling, dates of both orders, files zipped or bare."""

from __future__ import annotations

import base64
import binascii
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime

from meetingroom.exchange.letter import (
    Attachment,
    Business,
    Letter,
    Organ,
    Priority,
    Reference,
    Status,
    Unreadable,
)
from meetingroom.exchange.tree import Element, parsed

MOST_ATTACHMENTS = 100
DATES = ("%Y/%m/%d", "%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y")
OFFICE = ("[Content_Types].xml", "mimetype")  # in a ZIP that is itself the document


def read(body: bytes, most: int) -> Letter | Status:
    """`most` bytes all attachments may have together, unpacked. Raises Unreadable."""
    root = parsed(body)
    header = next(root.below("edXMLHeader"), None) or next(root.below("Header"), None)
    if header is None:
        raise Unreadable("no_edxml")
    if status := header.find("Status"):
        return _status(status)
    head = header.find("MessageHeader")
    if head is None:
        raise Unreadable("no_edxml")
    return _letter(root, header, head, most)


def _letter(root: Element, header: Element, head: Element, most: int) -> Letter:
    code, told = head.find("Code") or Element(""), head.find("PromulgationInfo") or Element("")
    signer, other = head.find("SignerInfo") or Element(""), head.find("OtherInfo") or Element("")
    business = next(header.below("Bussiness"), None) or next(header.below("Business"), None) or Element("")
    trace = next(header.below("TraceHeader"), None) or Element("")
    places = head.find("ToPlaces") or Element("")
    document = head.said("DocumentId")
    if not document or not head.said("Subject"):
        raise Unreadable("lacking")
    return Letter(
        sender=_organ(head.find("From")),
        receivers=tuple(_organ(part) for part in head.all("To")),
        document=document[:200],
        number=code.said("CodeNumber")[:11],
        notation=code.said("CodeNotation")[:30],
        place=told.said("Place")[:50],
        promulgated=_date(told.said("PromulgationDate")),
        kind=(head.find("DocumentType") or Element("")).said("TypeName")[:100],
        subject=head.said("Subject")[:500],
        content=head.said("Content")[:500],
        signer=signer.said("FullName")[:50],
        position=signer.said("Position")[:100],
        competence=signer.said("Competence")[:100],
        due=_date(head.said("DueDate")),
        places=tuple(part.text.strip()[:150] for part in places.all("Place")),
        priority=Priority(_number(other.said("Priority"), len(Priority) - 1)),
        pages=_number(other.said("PageAmount"), 9999),
        amount=_number(other.said("PromulgationAmount"), 9999),
        business=Business(_number(business.said("BussinessDocType", "BusinessDocType"), len(Business) - 1)),
        reason=business.said("BussinessDocReason", "BusinessDocReason")[:500],
        about=business.said("DocumentId")[:200] or _replaced(business),
        answers=tuple(_reference(part) for part in head.all("ResponseFor")),
        attachments=tuple(_attachments(root, most)),
        at=trace.said("Timestamp")[:30],
    )


def _replaced(business: Element) -> str:
    for info in business.below("ReplacementInfo"):
        return info.said("DocumentId")[:200]
    return ""


def _status(status: Element) -> Status:
    about = status.find("ResponseFor")
    if about is None or not status.said("StatusCode"):
        raise Unreadable("lacking")
    return Status(
        sender=_organ(status.find("From")),
        about=_reference(about),
        code=status.said("StatusCode").zfill(2)[:2],
        text=status.said("Description")[:500],
        at=status.said("Timestamp")[:30],
    )


def _organ(part: Element | None) -> Organ:
    if part is None or not part.said("OrganId"):
        raise Unreadable("lacking")
    return Organ(
        id=part.said("OrganId")[:50],
        name=part.said("OrganName")[:200],
        in_charge=part.said("OrganizationInCharge", "OrganInCharge")[:200],
        address=part.said("OrganAdd")[:250],
        email=part.said("Email")[:100],
        telephone=part.said("Telephone")[:20],
    )


def _reference(part: Element) -> Reference:
    code = part.find("Code") or Element("")
    number, notation = code.said("CodeNumber"), code.said("CodeNotation")
    if not number and "/" in (whole := " ".join(code.text.split())):  # "05/TB-UBND" in one
        number, _, notation = whole.partition("/")
    promulgated = _date(part.said("PromulgationDate"))
    return Reference(part.said("OrganId")[:50], number[:11], notation[:30], promulgated, part.said("DocumentId")[:200])


def _date(text: str) -> date | None:
    for order in DATES:
        try:
            return datetime.strptime(text.split(" ")[0], order).date()
        except ValueError:
            continue
    return None


def _number(text: str, most: int) -> int:
    """0 for what is no number of this list: other systems write other things there."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 and int(text) <= most else 0


# -- attachments -----------------------------------------------------------------------------------------------------


def _attachments(root: Element, most: int) -> Iterator[Attachment]:
    named = {part.said("ContentId"): part for part in root.below("Reference") if part.said("ContentId")}
    encoded = next(root.below("AttachmentEncoded"), None)
    left = most
    for number, part in enumerate(encoded.all("Attachment") if encoded else []):
        if number >= MOST_ATTACHMENTS:
            raise Unreadable("too_much")
        told = named.get(part.said("ContentId"), part)
        body = part.find("ContentTransferEncoded") or Element("")
        name, kind = (part.said(tag) or told.said(tag) for tag in ("AttachmentName", "ContentType"))
        for inside, content in _unpacked(body.text, left):
            left -= len(content)
            yield Attachment(_plain(inside or name or f"{number + 1}"), kind[:100], content)


def _plain(name: str) -> str:
    """A name and no way to somewhere else."""
    return name.replace("\\", "/").rsplit("/", 1)[-1].replace("\0", "")[-200:] or "1"


def _unpacked(text: str, most: int) -> Iterator[tuple[str, bytes]]:
    if len(text) > (most + 1024) * 3 // 2:
        raise Unreadable("too_large")
    try:
        packed = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unreadable("damaged") from error
    if not packed.startswith(b"PK\x03\x04"):
        if len(packed) > most:
            raise Unreadable("too_large")
        yield "", packed
        return
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if any(entry.filename in OFFICE for entry in entries):
                yield "", packed
                return
            if len(entries) > MOST_ATTACHMENTS:
                raise Unreadable("too_much")
            for entry in entries:
                content = _inflated(archive, entry, most)
                most -= len(content)
                yield entry.filename if len(entries) > 1 else "", content
    except Unreadable:
        raise
    except Exception as error:  # each way of packing has errors of its own
        raise Unreadable("damaged") from error


def _inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """What an entry says of its own size is not believed."""
    with archive.open(entry) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise Unreadable("too_large")
    return content
