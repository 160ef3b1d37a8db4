"""Size of files and functions, and the purity of the core, read from the code itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.needs import ROOT

FILE_LIMIT = 250  # lines
FUNCTION_LIMIT = 40  # lines
PLACES = ("bot", "ticket_bridge")

# What would make two equal turns differ, or let a turn act by itself.
IMPURE_MODULES = {
    "asyncio", "glob", "http", "io", "locale", "logging", "multiprocessing", "os", "pathlib", "platform", "queue",
    "random", "secrets", "shutil", "signal", "socket", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading",
    "time", "urllib", "warnings",
}  # fmt: skip
IMPURE_CALLS = {"print", "open", "input", "breakpoint", "eval", "exec", "hash", "id", "__import__"}
IMPURE_METHODS = {"now", "utcnow", "today", "uuid1", "uuid4", "getenv", "read_text", "write_text", "read_bytes"}


def modules(*places: str) -> list[Path]:
    """Our own Python files; migrations are a record, not code that is worked on."""
    return sorted(
        file for place in places for file in (ROOT / place).rglob("*.py") if "migrations" not in file.parts
    )  # fmt: skip


def impurities(code: str) -> Iterator[str]:
    """Everything in a module that a pure decision may not do, with its line."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Import(names=names):
                for alias in names:
                    if alias.name.split(".")[0] in IMPURE_MODULES:
                        yield f"line {node.lineno}: import {alias.name}"
            case ast.ImportFrom(module=str(module), level=0) if module.split(".")[0] in IMPURE_MODULES:
                yield f"line {node.lineno}: from {module} import"
            case ast.Call(func=ast.Name(id=name)) if name in IMPURE_CALLS:
                yield f"line {node.lineno}: {name}()"
            case ast.Call(func=ast.Attribute(attr=name)) if name in IMPURE_METHODS:
                yield f"line {node.lineno}: .{name}()"
            case ast.Global():
                yield f"line {node.lineno}: global"
            case _:
                pass


def test_every_file_fits_in_250_lines():
    long = {
        str(file.relative_to(ROOT)): count
        for file in modules(*PLACES)
        if (count := len(file.read_text().splitlines())) > FILE_LIMIT
    }
    assert not long


def test_every_function_fits_in_40_lines():
    long = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for file in modules(*PLACES)
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if node.end_lineno is not None and node.end_lineno - node.lineno >= FUNCTION_LIMIT
    ]
    assert not long


def test_every_module_opens_with_one_line_that_says_what_it_is():
    silent = [
        str(file.relative_to(ROOT))
        for file in modules(*PLACES)
        if (code := file.read_text()).strip() and not ast.get_docstring(ast.parse(code))
    ]
    assert not silent


def test_the_core_has_no_clock_no_input_or_output_no_chance_and_no_log():
    found = {
        str(file.relative_to(ROOT)): impure
        for file in modules("bot/dialog")
        if (impure := list(impurities(file.read_text())))
    }
    assert not found


@pytest.mark.parametrize(
    "code",
    [
        "import random",
        "import os.path",
        "from time import monotonic",
        "def late():\n    import logging",
        "from datetime import datetime\nat = datetime.now()",
        "import datetime as d\nat = d.datetime.utcnow()",
        "import uuid\nkey = uuid.uuid4()",
        "print('hello')",
        "text = open('x').read()",
        "order = hash('differs from one start to the next')",
    ],
)
def test_an_impure_line_is_found(code):
    assert list(impurities(code))
