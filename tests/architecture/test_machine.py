"""What happens to tests whose machine lacks something, seen from outside; and the database fixture."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.support.needs import ROOT

CONFTEST = """
from tests.conftest import pytest_runtest_setup
from tests.support.needs import NEEDS, Need
NEEDS["postgres"] = Need(lambda: None, "no server here", True)
NEEDS["shared"] = Need(lambda: None, "no folder here", False)
"""
TESTS = """
import pytest

@pytest.mark.postgres
def test_with_a_server(): ...

@pytest.mark.shared
def test_with_the_folder(): ...
"""


def run_where_everything_is_missing(folder: Path, ci: str) -> subprocess.CompletedProcess[str]:
    """Run two tests in a session of their own, on a machine that seems to have nothing."""
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "test_needs.py").write_text(TESTS)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml", "--rootdir", folder, "-p", "no:cacheprovider",
         "-p", "no:xdist", folder],
        env={**os.environ, "CI": ci, "PYTHONPATH": str(ROOT)}, cwd=folder,
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_a_test_whose_package_is_missing_is_skipped_by_name(tmp_path):
    report = run_where_everything_is_missing(tmp_path, ci="")
    assert report.returncode == 0, report.stdout
    assert "SKIPPED test_needs.py::test_with_a_server - Skipped: no server here" in report.stdout
    assert "SKIPPED test_needs.py::test_with_the_folder - Skipped: no folder here" in report.stdout


def test_on_ci_a_missing_package_fails_the_test_but_a_missing_folder_does_not(tmp_path):
    report = run_where_everything_is_missing(tmp_path, ci="true")
    assert report.returncode == 1, report.stdout
    assert "no server here, and CI must not skip it" in report.stdout
    assert "1 skipped, 1 error" in report.stdout


@pytest.mark.parametrize("turn", ["first", "second"])
def test_every_test_gets_an_empty_database_of_its_own(postgres_database, turn):
    with psycopg.connect(postgres_database.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE only_here (number integer)")


@pytest.mark.postgres
def test_the_server_is_gone_after_the_session(tmp_path):
    from tests.support.needs import require
    from tests.support.postgres import running_server

    with running_server(require("postgres")) as server:
        process = server.process
    assert process is not None
    assert process.poll() is not None
    assert not server.folder.exists()
