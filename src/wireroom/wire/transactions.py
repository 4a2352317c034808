"""What the two databases say of the transaction a row was written in."""

from django.db import models
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
