"""Queries written once and asked many times.

Django takes several times longer to write the SQL of a story's page than a database to
answer it, and the SQL is the same for every story. What may be asked is still said by
querysets, liveness included; only one value changes. Decision 0007 has the figures.
"""

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models

M = TypeVar("M", bound=models.Model)
Row = tuple[Any, ...]
#: The place of a column, and what makes its values.
Reader = tuple[int, Callable[[Any], Any]]
#: Stand in for the value while the SQL is written; nothing else in a query equals them.
STAND_INS: dict[type, Any] = {
    int: 918_273_645_546_372_819,
    datetime: datetime(1970, 3, 4, 5, 6, 7, 891_234, UTC),
}
#: Marks a parameter whose value is not there yet.
OPEN: Any = object()


class Prepared:
    """A query of some columns with one value left open: an id or a time."""

    def __init__(self, build: Callable[[Any], models.QuerySet[Any]], *columns: str) -> None:
        self._build, self._columns = build, columns
        self._written: tuple[str, Row] | None = None
        self._readers: list[Reader] = []

    def ask(self, value: datetime | int) -> list[Row]:
        """Ask with a value."""
        if self._written is None:
            self._written = self._write(STAND_INS[type(value)])
        sql, parameters = self._written
        given = connection.ops.adapt_unknown_value(value)
        return _rows(sql, [given if one is OPEN else one for one in parameters], self._readers)

    def _write(self, stand_in: Any) -> tuple[str, Row]:
        asked = self._build(stand_in)
        self._readers = _readers(asked.model, self._columns)
        sql, parameters = asked.values_list(*self._columns).query.sql_with_params()
        written = connection.ops.adapt_unknown_value(stand_in)
        opened = tuple(OPEN if one == written else one for one in parameters)
        if OPEN not in opened:
            raise ValueError(sql)
        return sql, opened


def rows_of(asked: models.QuerySet[Any], *columns: str) -> list[Row]:
    """Ask a query whose SQL is written each time; of many rows, reading costs most."""
    sql, parameters = asked.values_list(*columns).query.sql_with_params()
    return _rows(sql, parameters, _readers(asked.model, columns))


def _rows(sql: str, parameters: Sequence[Any], readers: Sequence[Reader]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [_read(row, readers) for row in cursor.fetchall()]


def _read(row: Row, readers: Sequence[Reader]) -> Row:
    values = list(row)
    for place, read in readers:
        if values[place] is not None:
            values[place] = read(values[place])
    return tuple(values)


def _readers(kind: type[models.Model], columns: Sequence[str]) -> list[Reader]:
    """Say which columns' values are read, by place, and how."""
    fields = [_field(kind, column) for column in columns]
    return [(n, READERS[type(f)]) for n, f in enumerate(fields) if type(f) in READERS]


def columns(kind: type[models.Model], *names: str) -> tuple[str, ...]:
    """Put the named columns of a model, and its key, in the order ``model`` takes them."""
    fields = _meta(kind).concrete_fields
    return tuple(f.attname for f in fields if f.primary_key or f.attname in names)


def model(kind: type[M], names: Collection[str], values: Iterator[Any]) -> M:
    """Make a model of the next values; what was not named is fetched when asked for."""
    return kind.from_db(DEFAULT_DB_ALIAS, names, [next(values) for _ in names])


def _field(kind: type[models.Model], column: str) -> Any:
    """Find the field of a column, across relations."""
    found: Any = None
    for name in column.split("__"):
        found = _meta(found.related_model if found else kind).get_field(name)
    return found


def _meta(kind: type[models.Model]) -> Any:
    return kind._meta  # noqa: SLF001 (Django's documented way to ask for a model's fields)


def _moment(written: datetime) -> datetime:
    """Read a moment; SQLite keeps it in UTC and does not say so."""
    return written if written.tzinfo else written.replace(tzinfo=UTC)


def _said(written: str) -> Any:
    """Read JSON; what says nothing is not looked through."""
    return {} if written == "{}" else json.loads(written)


#: What makes a value of the program of a database's; any other is one already.
READERS: dict[type, Callable[[Any], Any]] = {
    models.DateTimeField: _moment,
    models.JSONField: _said,
}
