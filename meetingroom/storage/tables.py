"""The tables. Rows of the journal are only ever added."""

from __future__ import annotations

from typing import cast

from sqlalchemy import BigInteger, Column, LargeBinary, Table, UniqueConstraint
from sqlmodel import Field, SQLModel

SCHEMA = 24
OLDEST = 3  # that migrations.py knows the way from


class SchemaRow(SQLModel, table=True):
    """One row: the version of the schema this database was made with."""

    __tablename__ = "schema_version"
    version: int = Field(primary_key=True)


class OrganisationRow(SQLModel, table=True):
    """Whom meetings and accounts belong to; every query is filtered by it."""

    __tablename__ = "organisation"
    id: str = Field(primary_key=True)
    name: str


class MeetingRow(SQLModel, table=True):
    """For lists only; the truth about a meeting is its journal."""

    __tablename__ = "meeting"
    id: str = Field(primary_key=True)
    organisation: str = Field(foreign_key="organisation.id", index=True)
    title: str
    room: str
    phase: str
    starts: int = Field(sa_type=BigInteger)
    ends: int = Field(default=0, sa_type=BigInteger)
    kind: str = ""
    unit: str = ""  # whose meeting it is; empty: the whole agency's


class ParticipationRow(SQLModel, table=True):
    """For lists only: an account takes part in a meeting as this participant."""

    __tablename__ = "participation"
    meeting: str = Field(primary_key=True)
    login: str = Field(primary_key=True, index=True)
    participant: str
    role: str


class EntryRow(SQLModel, table=True):
    """An event. `hash` chains the salted digests of the bodies: one can be told without its body."""

    __tablename__ = "entry"
    __table_args__ = (UniqueConstraint("stream", "actor", "command"),)
    stream: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    at: int = Field(sa_type=BigInteger)
    actor: str
    command: str | None = None
    name: str
    body: str
    salt: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class EnvelopeRow(SQLModel, table=True):
    """A sealed secret ballot. No time and no order: who voted is in the journal, what is in `body`, all equally long."""

    __tablename__ = "envelope"
    meeting: str = Field(primary_key=True)
    vote: str = Field(primary_key=True)
    participant: str = Field(primary_key=True)
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class AccountRow(SQLModel, table=True):
    """Who signs in. `password` is an argon2id hash.

    `second` counts the second factors the account has had; it is asked for where this is positive. Its secret is derived
    from a key outside the database. `second_step` is the time of the last code, which admits nobody again.

    `office`: what it is there for (`domain.separation.Office`), and of which `unit`; empty: of the whole agency.
    `clerk`: sends documents under the agency's name.
    """

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("login"),)
    id: str = Field(primary_key=True)
    organisation: str = Field(foreign_key="organisation.id")
    login: str
    name: str
    password: str
    administrator: bool
    disabled: bool = False
    second: int = 0
    second_step: int = Field(default=0, sa_type=BigInteger)
    unit: str = ""
    office: str = ""
    clerk: bool = False


class RecoveryRow(SQLModel, table=True):
    """A code that stands in for the second factor once; the row goes with its use."""

    __tablename__ = "recovery"
    account: str = Field(primary_key=True, foreign_key="account.id")
    code: str = Field(primary_key=True)


class PasskeyRow(SQLModel, table=True):
    """The public half of a key that lives in a device. `asked` is when the question was put that it answered last; no answer
    to an earlier one is taken any more."""

    __tablename__ = "passkey"
    id: str = Field(primary_key=True)
    account: str = Field(foreign_key="account.id", index=True)
    host: str
    key: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    uses: int = Field(sa_type=BigInteger)
    name: str
    made: int = Field(sa_type=BigInteger)
    used: int = Field(default=0, sa_type=BigInteger)
    asked: int = Field(default=0, sa_type=BigInteger)


class SessionRow(SQLModel, table=True):
    """A browser that is signed in. The id is the SHA-256 of what the cookie holds; `device` in words, as it said itself."""

    __tablename__ = "session"
    id: str = Field(primary_key=True)
    account: str | None = Field(default=None, foreign_key="account.id", index=True)
    expires: int = Field(sa_type=BigInteger)
    begun: int = Field(default=0, sa_type=BigInteger)
    device: str = ""
    address: str = ""


class GrantRow(SQLModel, table=True):
    """A session may act as this participant of this meeting."""

    __tablename__ = "grants"
    session: str = Field(primary_key=True, foreign_key="session.id")
    meeting: str = Field(primary_key=True)
    participant: str = Field(primary_key=True)


class InvitationRow(SQLModel, table=True):
    """A personal code, kept as its hash. `serial` counts the codes a participant has had; only the last one is valid.

    `closed`: its owner has locked it; it admits nobody until the secretary makes a new one.
    """

    __tablename__ = "invitation"
    meeting: str = Field(primary_key=True)
    participant: str = Field(primary_key=True)
    serial: int
    code: str = Field(unique=True)
    closed: bool = False


class ContactRow(SQLModel, table=True):
    """Where a participant's invitation is sent, and what became of it."""

    __tablename__ = "contact"
    meeting: str = Field(primary_key=True)
    participant: str = Field(primary_key=True)
    address: str
    sent_at: int = Field(sa_type=BigInteger)
    problem: str


class PresetRow(SQLModel, table=True):
    """A rule of decision an administrator has written, or has changed of those the program comes with."""

    __tablename__ = "preset"
    organisation: str = Field(primary_key=True, foreign_key="organisation.id")
    name: str = Field(primary_key=True)
    title: str
    body: str
    offered: bool


class MarkRow(SQLModel, table=True):
    """What one participant drew or noted on a page. `version` counts the changes to all marks of its owner."""

    __tablename__ = "mark"
    __table_args__ = (UniqueConstraint("meeting", "participant", "version"),)
    meeting: str = Field(primary_key=True)
    participant: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    version: int
    at: int = Field(sa_type=BigInteger)
    paper: str
    revision: str
    page: int
    kind: str
    body: str
    deleted: bool


class ErrandRow(SQLModel, table=True):
    """What somebody asked to be brought or repaired. In no journal: nobody will want to know of it in ten years."""

    __tablename__ = "errand"
    meeting: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    participant: str
    need: str
    text: str
    at: int = Field(sa_type=BigInteger)
    state: str
    taken_by: str
    changed_at: int = Field(sa_type=BigInteger)


class MessageRow(SQLModel, table=True):
    """From one participant to another, or to the secretariat (`recipient` empty); `desk`: the secretariat reads it."""

    __tablename__ = "message"
    meeting: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    sender: str
    recipient: str
    desk: bool
    text: str
    at: int = Field(sa_type=BigInteger)


class TokenRow(SQLModel, table=True):
    """A program of a neighbouring system that may read. `hash`: of the token, which is shown once and kept nowhere."""

    __tablename__ = "token"
    id: str = Field(primary_key=True)
    organisation: str = Field(foreign_key="organisation.id")
    name: str
    hash: str = Field(unique=True)
    ends: str
    scopes: str
    made_by: str
    made_at: int = Field(sa_type=BigInteger)
    used_at: int = Field(sa_type=BigInteger)
    revoked_at: int = Field(sa_type=BigInteger)
    unit: str = ""  # whose meetings it reads; empty: all


class HookRow(SQLModel, table=True):
    """Whom an administrator wants told. What its messages are signed with is derived from a key outside the database."""

    __tablename__ = "hook"
    id: str = Field(primary_key=True)
    organisation: str = Field(foreign_key="organisation.id")
    url: str
    occasions: str
    made_by: str
    made_at: int = Field(sa_type=BigInteger)


class DeliveryRow(SQLModel, table=True):
    """What is to be told to a hook, or was. `due`: when next, UTC ms; 0 when given up or told."""

    __tablename__ = "delivery"
    id: str = Field(primary_key=True)
    hook: str = Field(foreign_key="hook.id", index=True)
    occasion: str
    meeting: str
    about: str
    at: int = Field(sa_type=BigInteger)
    due: int = Field(sa_type=BigInteger, index=True)
    tries: int
    status: int
    problem: str
    done_at: int = Field(sa_type=BigInteger)


class UnitRow(SQLModel, table=True):
    """A unit of the organisation. `above`: the unit it belongs to, empty at the top; `retired`: no longer chosen."""

    __tablename__ = "unit"
    id: str = Field(primary_key=True)
    organisation: str = Field(foreign_key="organisation.id", index=True)
    name: str
    above: str
    retired: bool = False


class PersonRow(SQLModel, table=True):
    """Somebody of the directory, with an account (`login`) or without; meetings are given copies, not references."""

    __tablename__ = "person"
    id: str = Field(primary_key=True)
    organisation: str = Field(foreign_key="organisation.id", index=True)
    name: str
    office: str
    unit: str
    email: str
    phone: str
    login: str
    retired: bool = False


class VenueRow(SQLModel, table=True):
    """A room to meet in. `plan`: its seats as JSON (`seating.arranged`), empty: none is kept. Meetings are given copies."""

    __tablename__ = "venue"
    id: str = Field(primary_key=True)
    organisation: str = Field(foreign_key="organisation.id", index=True)
    name: str
    place: str
    plan: str
    unit: str = ""  # whose room it is


class CircleRow(SQLModel, table=True):
    """A named list of people who are invited together. (`group` is a word of SQL.)"""

    __tablename__ = "circle"
    id: str = Field(primary_key=True)
    organisation: str = Field(foreign_key="organisation.id", index=True)
    name: str
    unit: str = ""  # whose list it is


class BelongingRow(SQLModel, table=True):
    """Somebody belongs to a circle, at this place of its order."""

    __tablename__ = "belonging"
    circle: str = Field(primary_key=True, foreign_key="circle.id")
    person: str = Field(primary_key=True, foreign_key="person.id")
    place: int


class DispatchRow(SQLModel, table=True):
    """A document on its way from (`in`) or to (`out`) another agency, or what is told about one (`status`).

    `file` is the whole message in the library; `due`: when it is sent next, UTC ms, 0 when it was or need not be; of one that
    came: until when somebody has it to himself.
    `status`: what became of it, as the last message about it says.
    """

    __tablename__ = "dispatch"
    id: str = Field(primary_key=True)
    organisation: str = Field(foreign_key="organisation.id")
    way: str
    document: str = Field(index=True)
    peer: str
    peer_name: str
    code: str
    kind: str
    subject: str
    promulgated: str
    priority: int
    business: int
    about: str
    file: str
    at: int = Field(sa_type=BigInteger)
    due: int = Field(sa_type=BigInteger, index=True)
    tries: int
    problem: str
    status: str
    status_at: int = Field(sa_type=BigInteger)
    status_text: str
    meeting: str
    paper: str


class TaskRow(SQLModel, table=True):
    """For lists only: a published conclusion, to be followed over all meetings. `due` 0: no day.

    `percent` as was last accepted; `reported_at`: since when a report waits, 0: none; `doers`: participants who may report,
    a space before and behind each.
    """

    __tablename__ = "task"
    meeting: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    text: str
    lead: str
    supporting: str
    due: int = Field(sa_type=BigInteger, index=True)
    done: bool
    note: str
    settled_at: int = Field(sa_type=BigInteger)
    percent: int = 0
    reported_at: int = Field(default=0, sa_type=BigInteger)
    doers: str = " "


class AgencyRow(SQLModel, table=True):
    """What an administrator has said about the agency and how it writes; what is not here is as settings and words have it."""

    __tablename__ = "agency"
    organisation: str = Field(primary_key=True, foreign_key="organisation.id")
    name: str = Field(primary_key=True)
    value: str


class ErasureRow(SQLModel, table=True):
    """A closed meeting that is to be erased, or was: then this is what remains of it.

    `due`: from when it may be erased, UTC ms; `regardless`: of tasks that are not done; `archive`: SHA-256 of the file that was
    checked, made of `version` of the journal; `logins`: who took part, as JSON; `left`: files still to be removed, as JSON,
    empty when all is done.
    """

    __tablename__ = "erasure"
    meeting: str = Field(primary_key=True)
    title: str
    kind: str
    starts: int = Field(sa_type=BigInteger)
    decision: str
    regardless: bool
    due: int = Field(sa_type=BigInteger)
    announced_at: int = Field(sa_type=BigInteger)
    announced_by: str
    version: int
    archive: str
    checked_at: int = Field(sa_type=BigInteger)
    checked_by: str
    erased_at: int = Field(sa_type=BigInteger)
    erased_by: str
    logins: str
    left: str


class TermRow(SQLModel, table=True):
    """A word that is offered where something is to be named alike; `shelf`: what for, `place`: where in its list."""

    __tablename__ = "term"
    organisation: str = Field(primary_key=True, foreign_key="organisation.id")
    shelf: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    place: int


def _table(row: type[SQLModel]) -> Table:
    return cast(Table, row.__table__)  # type: ignore[attr-defined]


# The tables as SQLAlchemy Core knows them: statements are written with these, rows come back as plain tuples.
SCHEMA_VERSION = _table(SchemaRow)
ORGANISATION = _table(OrganisationRow)
MEETING = _table(MeetingRow)
PARTICIPATION = _table(ParticipationRow)
ENTRY = _table(EntryRow)
ENVELOPE = _table(EnvelopeRow)
ACCOUNT = _table(AccountRow)
SESSION = _table(SessionRow)
GRANT = _table(GrantRow)
INVITATION = _table(InvitationRow)
RECOVERY = _table(RecoveryRow)
PASSKEY = _table(PasskeyRow)
CONTACT = _table(ContactRow)
PRESET = _table(PresetRow)
MARK = _table(MarkRow)
ERRAND = _table(ErrandRow)
MESSAGE = _table(MessageRow)
TOKEN = _table(TokenRow)
HOOK = _table(HookRow)
DELIVERY = _table(DeliveryRow)
UNIT = _table(UnitRow)
PERSON = _table(PersonRow)
VENUE = _table(VenueRow)
CIRCLE = _table(CircleRow)
BELONGING = _table(BelongingRow)
DISPATCH = _table(DispatchRow)
TASK = _table(TaskRow)
AGENCY = _table(AgencyRow)
ERASURE = _table(ErasureRow)
TERM = _table(TermRow)
