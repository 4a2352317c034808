"""What the two databases say of the transaction a row was written in."""

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler


class CurrentTransaction(models.Func):
    """The id of the writing transaction: PostgreSQL's xid8 as a number; 0 on SQLite.

    SQLite has one writer at a time, so there the row's own id is order enough.
    """

    template = "0"
    output_field = models.BigIntegerField()

    def as_postgresql(
        self,
        compiler: SQLCompiler,  # noqa: ARG002 (Django's call)
        connection: BaseDatabaseWrapper,  # noqa: ARG002 (the same)
        **context: object,  # noqa: ARG002 (the same)
    ) -> tuple[str, tuple[object, ...]]:
        """Spell it for PostgreSQL."""
        return "((pg_current_xact_id())::text::bigint)", ()


#: Names the lock of the whole wire, as PostgreSQL knows it.
WIRE = 4_711_001


def lock_wire(*, alone: bool) -> None:
    """Lock the whole wire until the transaction ends; nothing on SQLite.

    Whoever takes items in shares it, and who kills has it alone: so that no text comes
    beside the kill of what it contains, unseen by either. It is asked for after the
    provider's own lock: who waits for that must hold nothing. SQLite has one writer at a time.
    """
    if connection.vendor == "postgresql":
        name = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {name}(%s)", [WIRE])
