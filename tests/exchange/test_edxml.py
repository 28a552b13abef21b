"""edXML: what we write is the regulation's to the letter; what others write is read as far as it can be."""

from __future__ import annotations

import base64
import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from meetingroom.exchange.letter import (
    Attachment,
    Business,
    Letter,
    Organ,
    Priority,
    Reference,
    Status,
    Unreadable,
    Unwritable,
)
from meetingroom.exchange.reading import read
from meetingroom.exchange.tree import parsed
from meetingroom.exchange.writing import NAMESPACE, told, written

MOST = 1 << 20
US = Organ("000.00.00.H37", "Ủy ban nhân dân tỉnh", address="Số 1 phố A")
THEM = Organ("000.00.12.H37", "Sở Tài chính")
LETTER = Letter(
    sender=US,
    receivers=(THEM, Organ("000.00.13.H37", "Sở Y tế")),
    document="5c1b6a0e",
    number="05",
    notation="TB-UBND",
    place="Lạng Sơn",
    promulgated=date(2026, 3, 9),
    kind="Thông báo",
    subject="Kết luận về <ngân sách> & đầu tư công",
    content="Nội dung",
    signer="Nguyễn Văn A",
    position="Chánh Văn phòng",
    competence="TL",
    due=date(2026, 4, 1),
    places=("Như trên", "Lưu: VT"),
    priority=Priority.URGENT,
    pages=3,
    answers=(Reference("000.00.12.H37", "12", "TTr-STC", date(2026, 2, 1), "abc"),),
    attachments=(Attachment("ket-luan.pdf", "application/pdf", b"%PDF-1.7 \x00\xff" * 50),),
    at="2026/03/09 10:15:00",
)


def test_what_is_written_is_read_again() -> None:
    assert read(written(LETTER), MOST) == LETTER
    assert written(LETTER) == written(LETTER), "the same document is the same bytes"


def test_the_order_is_the_regulation_s() -> None:
    root = parsed(written(LETTER))
    assert written(LETTER).startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<edXML xmlns="' + NAMESPACE.encode())
    assert [part.name for part in root.parts] == ["edXMLEnvelope", "AttachmentEncoded"]
    header = next(root.below("edXMLHeader"))
    assert [part.name for part in header.parts] == ["MessageHeader", "TraceHeaderList"]
    assert (
        list(dict.fromkeys(part.name for part in header.parts[0].parts))
        == (
            "From To DocumentId Code PromulgationInfo DocumentType Subject Content SignerInfo DueDate ToPlaces OtherInfo"
            " ResponseFor SteeringType"
        ).split()
    )
    assert next(root.below("PromulgationInfo")).said("PromulgationDate") == "2026/03/09"
    packed = base64.b64decode(next(root.below("ContentTransferEncoded")).text)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == ["ket-luan.pdf"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"subject": ""}, "subject"),
        ({"subject": "x" * 501}, "subject"),
        ({"number": "1" * 12}, "number"),
        ({"promulgated": None}, "promulgated"),
        ({"receivers": ()}, "receivers"),
        ({"receivers": (THEM, THEM)}, "receivers"),
        ({"business": Business.RECALL}, "about"),
        ({"attachments": (Attachment("x" * 201, "", b""),)}, "attachments"),
    ],
)
def test_what_the_regulation_does_not_allow_is_not_written(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Unwritable) as refused:
        written(replace(LETTER, **wrong))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_recall_names_what_is_recalled() -> None:
    recalled = replace(LETTER, document="new", business=Business.RECALL, about="5c1b6a0e", reason="Nhầm số")
    assert read(written(recalled), MOST) == recalled


def test_a_status_is_read_again() -> None:
    status = Status(THEM, LETTER.reference, "03", "Đã tiếp nhận", "2026/03/09 11:00:00")
    assert read(told(status), MOST) == status


OTHERS = """<?xml version="1.0"?><m:edXML xmlns:m="http://www.e-doc.vn/Schema/"><m:edXMLEnvelope><m:edXMLHeader>
<m:MessageHeader><m:From><m:OrganId>G22</m:OrganId><m:OrganName>Sở</m:OrganName><m:OrganInCharge>UBND</m:OrganInCharge></m:From>
<m:DocumentId>d</m:DocumentId><m:Code><m:CodeNumber>7</m:CodeNumber><m:CodeNotation>BC-S</m:CodeNotation></m:Code>
<m:PromulgationInfo><m:PromulgationDate>09/03/2026</m:PromulgationDate><m:Place>Huế</m:Place></m:PromulgationInfo>
<m:DocumentType><m:Type>2</m:Type><m:TypeName>Báo cáo</m:TypeName></m:DocumentType><m:Subject> Báo
 cáo </m:Subject><m:OtherInfo><m:Priority>khẩn</m:Priority></m:OtherInfo></m:MessageHeader>
<m:TraceHeaderList><m:Business><m:BusinessDocType>1</m:BusinessDocType><m:DocumentId>older</m:DocumentId></m:Business></m:TraceHeaderList>
</m:edXMLHeader></m:edXMLEnvelope><m:AttachmentEncoded>{}</m:AttachmentEncoded></m:edXML>"""


def attached(body: str, name: str = "../../a.pdf") -> bytes:
    return OTHERS.format(
        f"<m:Attachment><m:AttachmentName>{name}</m:AttachmentName>"
        f"<m:ContentTransferEncoded>{body}</m:ContentTransferEncoded></m:Attachment>"
    ).encode()


def test_another_dialect_is_read() -> None:
    letter = read(attached(base64.encodebytes(b"%PDF").decode()), MOST)
    assert isinstance(letter, Letter)
    assert (letter.sender.in_charge, letter.promulgated, letter.subject) == ("UBND", date(2026, 3, 9), "Báo cáo")
    assert (letter.business, letter.about, letter.priority) == (Business.RECALL, "older", Priority.NORMAL)
    assert letter.attachments == (Attachment("a.pdf", "", b"%PDF"),)


def test_an_office_file_is_not_taken_for_packing() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "x")
    letter = read(attached(base64.b64encode(made.getvalue()).decode(), "a.docx"), MOST)
    assert isinstance(letter, Letter) and letter.attachments[0].content == made.getvalue()


def bomb() -> str:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.pdf", bytes(MOST * 20))
    return base64.b64encode(made.getvalue()).decode()


def packed(method: int, spoil: int) -> str:
    """An archive with one byte of what is packed in it spoilt."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        archive.writestr("a.pdf", bytes(range(256)) * 20)
    content = bytearray(made.getvalue())
    content[content.index(b"a.pdf") + 5 + spoil] ^= 0xFF
    return base64.b64encode(content).decode()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "no_xml"),
        (b'<?xml version="1.0" encoding="TCVN3"?><edXML/>', "no_xml"),
        (b'<?xml version="1.0" encoding="gb2312"?><edXML/>', "no_xml"),
        (b"<edXML>", "no_xml"),
        (b"<edXML/>", "no_edxml"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><edXML>&b;</edXML>', "entities"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><edXML/>', "entities"),
        (b"<a>" * 50 + b"</a>" * 50, "too_much"),
        (b"<a>" + b"<b/>" * 30_000 + b"</a>", "too_much"),
        (OTHERS.format("").replace("DocumentId>d<", "DocumentId><").encode(), "lacking"),
        (attached("!!!"), "damaged"),
        (attached(base64.b64encode(b"PK\x03\x04 no archive").decode()), "damaged"),
        (attached(base64.b64encode(bytes(MOST + 1)).decode()), "too_large"),
        (attached(bomb()), "too_large"),
        *((attached(packed(zipfile.ZIP_LZMA, spoil)), "damaged") for spoil in (2, 4, 9, 20)),
        *((attached(packed(method, 20)), "damaged") for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_taken_in_is_said_to_be_so(body: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(body, MOST)
    assert refused.value.code == code
