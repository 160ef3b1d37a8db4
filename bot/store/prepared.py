"""Statements compiled once for each database and run on the driver's own cursor: a tenth of what a fresh one costs."""

from collections import namedtuple
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.sql.compiler import SQLCompiler

Values = Mapping[str, Any]


@dataclass(slots=True)
class _Compiled:
    text: str
    order: tuple[str, ...] | None  # of the names, where the driver counts its parameters
    fixed: dict[str, Any]  # what the statement itself binds
    row: Any = None

    def values(self, given: Values) -> Any:
        """Lay the given values out as the driver takes them."""
        if self.order is None:
            return {**self.fixed, **given}
        fixed = self.fixed
        return [given[name] if name in given else fixed[name] for name in self.order]


class Prepared:
    """One statement of the hot path. Values are plain numbers and texts: no type of SQLAlchemy converts them."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def write(self, connection: Connection, values: Values) -> int:
        """Run it; give the number of rows it wrote."""
        compiled = self._for(connection.dialect)
        cursor = _cursor(connection)
        try:
            cursor.execute(compiled.text, compiled.values(values))
            return int(cursor.rowcount)
        finally:
            cursor.close()

    def write_all(self, connection: Connection, rows: Iterable[Values]) -> None:
        """Run it for each row."""
        compiled = self._for(connection.dialect)
        cursor = _cursor(connection)
        try:
            cursor.executemany(compiled.text, [compiled.values(row) for row in rows])
        finally:
            cursor.close()

    def rows(self, connection: Connection, values: Values) -> list[Any]:
        """Run it; give the rows, each with its columns as attributes."""
        compiled = self._for(connection.dialect)
        cursor = _cursor(connection)
        try:
            cursor.execute(compiled.text, compiled.values(values))
            if compiled.row is None:
                compiled.row = _row_type([column[0] for column in cursor.description])
            return [compiled.row(*found) for found in cursor.fetchall()]
        finally:
            cursor.close()

    def one_or_none(self, connection: Connection, values: Values) -> Any:
        """Give the only row, None where there is none."""
        found = self.rows(connection, values)
        if len(found) > 1:
            raise LookupError(f"{len(found)} rows where one was meant")
        return found[0] if found else None

    def one(self, connection: Connection, values: Values) -> Any:
        """Give the only row. Raises LookupError."""
        found = self.one_or_none(connection, values)
        if found is None:
            raise LookupError("no row where one was meant")
        return found

    def _for(self, dialect: Dialect) -> _Compiled:
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _compile(self._statement, dialect)
        return compiled


def _compile(statement: Any, dialect: Dialect) -> _Compiled:
    compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    if not isinstance(compiled, SQLCompiler):
        raise TypeError("only a query or a change of rows can be prepared")
    order = tuple(compiled.positiontup) if compiled.positiontup is not None else None
    fixed = {name: value for name, value in compiled.params.items() if not compiled.binds[name].required}
    return _Compiled(str(compiled), order, fixed)


def _row_type(columns: list[str]) -> Any:
    return namedtuple("Row", columns)


def _cursor(connection: Connection) -> Any:
    return connection.connection.cursor()
