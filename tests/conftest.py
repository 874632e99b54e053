"""What tests share: the demo organisation, made once; the last line that sums a run up."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from support import postgres
from support.chromium import browser
from support.command import installed

__all__ = ["browser"]  # one for a process: Playwright takes no second

settings.register_profile("untimed", deadline=None)  # a busy machine is no failure
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def whole_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo organisation after its whole year."""
    folder = tmp_path_factory.mktemp("whole") / "demo"
    installed("demo", "--whole", "--no-serve", "--dir", folder)
    return folder


@pytest.fixture(scope="session")
def half_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo organisation in the middle of its year."""
    folder = tmp_path_factory.mktemp("half") / "demo"
    installed("demo", "--no-serve", "--dir", folder)
    return folder


@pytest.fixture(scope="session")
def whole_export(whole_year: Path) -> Path:
    """The whole year, exported."""
    out = whole_year.parent / "export"
    installed("export", whole_year, out)
    return out


@pytest.fixture
def export(whole_export: Path, tmp_path: Path) -> Path:
    """A copy of the export, to be tampered with."""
    copy = tmp_path / "export"
    shutil.copytree(whole_export, copy)
    return copy


@pytest.fixture(scope="session")
def new_database() -> Iterator[Callable[[], str]]:
    """Makes empty databases in a PostgreSQL of the tests' own, and says their addresses."""
    programs = postgres.programs()
    if programs is None:
        pytest.skip("PostgreSQL's programs are not installed")
    with postgres.cluster(programs) as new_database:
        yield new_database


@pytest.fixture
def postgresql(new_database: Callable[[], str]) -> str:
    """The address of an empty PostgreSQL database."""
    return new_database()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest come first, so that no worker is left alone with them at the end."""
    items.sort(key=lambda item: not {"stories", "real"} & set(item.path.parts))


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """The last lines: why tests were skipped; how many passed, failed and were skipped."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(config, "workerinput"):
        return
    passed, failed, errors, skipped = (
        reporter.stats.get(name, []) for name in ("passed", "failed", "error", "skipped")
    )
    print()
    for reason, number in Counter(_reason(report) for report in skipped).most_common():
        print(f"Skipped {number}: {reason}")
    print(f"{len(passed)} passed, {len(failed) + len(errors)} failed, {len(skipped)} skipped")


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    if isinstance(report.longrepr, tuple):
        return report.longrepr[2].removeprefix("Skipped: ")
    return str(getattr(report, "wasxfail", report.longrepr))
