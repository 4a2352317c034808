"""New rows written in bulk, past the ORM, whose bookkeeping costs more than the databases.

A row names its columns as the model names its attributes: ``story_id``. A column that no
row names gets what the database gives it.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, Field, JSONField, Model

Row = Mapping[str, Any]
#: Makes of a value what the database's driver takes.
Adapt = Callable[[Any], Any]


def numbers(model: type[Model], count: int) -> list[int]:
    """Draw as many new ids; the transaction must hold the write lock on SQLite."""
    table = model._meta.db_table  # noqa: SLF001 (Django's documented interface)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            (last,) = cursor.fetchone() or (0,)
            return list(range(last + 1, last + 1 + count))
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, count],
        )
        return [number for (number,) in cursor.fetchall()]


def insert(model: type[Model], rows: Sequence[Row], *, columns: tuple[str, ...] = ()) -> None:
    """Insert rows: the columns named, or all, which are the same for each."""
    if not rows:
        return
    names = columns or tuple(rows[0])
    statement = _STATEMENTS[connection.vendor](model, names)
    take = itemgetter(*names)
    values = [list(take(row)) for row in rows]
    for place, adapt in _adapts(model, names, connection.vendor):
        for each in values:
            each[place] = adapt(each[place])
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(statement, values)
        else:
            cursor.execute(statement, [list(column) for column in zip(*values, strict=True)])


@cache
def _adapts(
    model: type[Model], names: tuple[str, ...], vendor: str
) -> tuple[tuple[int, Adapt], ...]:
    """Say which columns' values are adapted, by place, and how."""
    adapts = [_adapt(field, vendor) for field in _fields(model, names)]
    return tuple((place, adapt) for place, adapt in enumerate(adapts) if adapt)


def _adapt(field: "Field[Any, Any]", vendor: str) -> Adapt | None:
    if isinstance(field, JSONField):
        return json.dumps
    if isinstance(field, DateTimeField) and vendor == "sqlite":
        return _written
    return None


@lru_cache(maxsize=1_024)  # the rows of a batch share most of their times
def _written(moment: datetime | None) -> str | None:
    """Write a moment as Django does in SQLite: in UTC, without saying so."""
    if moment is None:
        return None
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return moment.isoformat(" ").removesuffix("+00:00")


@cache
def _on_sqlite(model: type[Model], names: tuple[str, ...]) -> str:
    marks = ", ".join(["%s"] * len(names))
    return f"{_into(model, names)} VALUES ({marks})"


@cache
def _on_postgresql(model: type[Model], names: tuple[str, ...]) -> str:
    """Hand whole columns over: a statement has few parameters, however many rows."""
    kinds = [_kind(field) for field in _fields(model, names)]
    columns = ", ".join(f"%s::{'text' if kind == 'jsonb' else kind}[]" for kind in kinds)
    read = ", ".join(f"c{n}::{kind}" for n, kind in enumerate(kinds))
    called = ", ".join(f"c{n}" for n in range(len(kinds)))
    return f"{_into(model, names)} SELECT {read} FROM unnest({columns}) AS given ({called})"  # noqa: S608


def _kind(field: "Field[Any, Any]") -> str:
    """Name a column's type; without a length, which a cast would cut to in silence."""
    kind = (field.db_type(connection) or "").partition("(")[0]
    return "text" if kind == "varchar" else kind


def _into(model: type[Model], names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{field.column}"' for field in _fields(model, names))
    return f'INSERT INTO "{model._meta.db_table}" ({columns})'  # noqa: SLF001 (the same)


def _fields(model: type[Model], names: Iterable[str]) -> list["Field[Any, Any]"]:
    known = {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001 (as above)
    return [known[name] for name in names]


_STATEMENTS = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}
