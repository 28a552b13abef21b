"""The database itself refuses to change or remove what is recorded, whoever asks it: the program, a mistake, or a console.

Who owns the database can take these triggers away; then the chain of hashes still tells. The journal of a meeting may go
once its stone is set (`erasures`), in the transaction that sets it; the audit log never.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

REFUSED = "the journal is only added to"
STANDS = "old.stream LIKE 'audit:%' OR NOT EXISTS (SELECT 1 FROM erasure WHERE meeting = old.stream AND erased_at > 0)"
IS_THERE = (
    "EXISTS (SELECT 1 FROM entry WHERE stream = new.stream "
    "AND (version = new.version OR (actor = new.actor AND command = new.command)))"
)

SQLITE = (
    f"CREATE TRIGGER IF NOT EXISTS entry_is_kept BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    f"CREATE TRIGGER IF NOT EXISTS entry_stays BEFORE DELETE ON entry WHEN {STANDS} "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    # INSERT OR REPLACE removes what is in its way without asking the trigger above.
    f"CREATE TRIGGER IF NOT EXISTS entry_is_new BEFORE INSERT ON entry WHEN {IS_THERE} "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
)
POSTGRES = (
    f"""
    CREATE OR REPLACE FUNCTION entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF NOT ({STANDS}) THEN RETURN old; END IF;
        END IF;
        RAISE EXCEPTION '{REFUSED}';
    END $$
    """,
    "DROP TRIGGER IF EXISTS entry_is_kept ON entry",
    "CREATE TRIGGER entry_is_kept BEFORE UPDATE OR DELETE ON entry FOR EACH ROW EXECUTE FUNCTION entry_is_kept()",
    "DROP TRIGGER IF EXISTS entry_stays ON entry",
    "CREATE TRIGGER entry_stays BEFORE TRUNCATE ON entry FOR EACH STATEMENT EXECUTE FUNCTION entry_is_kept()",
)


def guard(connection: Connection) -> None:
    """Once a database is made, and where it comes from a version that did not."""
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRES:
        connection.execute(text(statement))


def unguard(connection: Connection) -> None:
    """What only the owner of the database can do: tests that tamper with what is recorded begin with it."""
    of_table = "" if connection.dialect.name == "sqlite" else " ON entry"
    for name in ("entry_is_kept", "entry_stays", "entry_is_new"):
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}{of_table}"))
