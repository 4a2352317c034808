"""Queries written once and asked many times.

Django takes several times longer to write the SQL of a story's page than a database to
answer it, and the SQL is the same for every story. What may be asked is still said by
querysets, liveness included; only the values change.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from threading import local
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=models.Model)
#: Stand in for the values while the SQL is written; nothing else in a query equals them.
STAND_INS: dict[str, Any] = {
    "number": 918_273_645_546_372_819,
    "now": datetime(1970, 3, 4, 5, 6, 7, 891_234, UTC),
}
#: Marks a parameter whose value is not there yet.
OPEN: Any = object()


class Prepared(local, Generic[M]):
    """A query with one value left open: an id (``number``) or the time (``now``).

    Each thread writes its own, since what reads the rows belongs to a connection.
    """

    def __init__(self, build: Callable[[Any], models.QuerySet[M]], name: str) -> None:
        self._build, self._name = build, name
        self._written: _Written[M] | None = None

    def ask(self, value: datetime | int) -> list[M]:
        """Ask with a value, and make models of the rows."""
        if self._written is None:
            self._written = _Written(self._build(STAND_INS[self._name]), STAND_INS[self._name])
        return list(self._written.ask(value))


class _Written(Generic[M]):
    """The SQL of a queryset, and what makes models of its rows."""

    def __init__(self, asked: models.QuerySet[M], stand_in: object) -> None:
        self._compiler = compiler = asked.query.get_compiler(connection=connection)
        self._sql, parameters = compiler.as_sql()
        written = _adapted(stand_in)
        self._parameters = [OPEN if one == written else one for one in parameters]
        if OPEN not in self._parameters:
            raise ValueError(self._sql)
        select, klass = compiler.select, compiler.klass_info
        self._first, self._last = klass["select_fields"][0], klass["select_fields"][-1] + 1
        self._model = klass["model"]
        self._names = [column[0].target.attname for column in select[self._first : self._last]]
        self._related = get_related_populators(klass, select, connection.alias)  # type: ignore[call-arg]  # stubs of a later Django
        self._converters = compiler.get_converters([column[0] for column in select])

    def ask(self, value: Any) -> Iterator[M]:
        """Ask with a value."""
        adapted = _adapted(value)
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [adapted if one is OPEN else one for one in self._parameters])
            rows = cursor.fetchall()
        for row in self._compiler.apply_converters(rows, self._converters):
            one = self._model.from_db(connection.alias, self._names, row[self._first : self._last])
            for related in self._related:
                related.populate(row, one)
            yield one


def _adapted(value: Any) -> Any:
    """Write a value as the database takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value
