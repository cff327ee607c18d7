"""What all tests share: the repository, and the whole sample set built once."""

from __future__ import annotations

import datetime
import gc
import shutil
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest

from docgen.build import Built, build
from docgen.library.lifecycle import Edition, Life
from docgen.library.shelf import Shelf
from docgen.model.workspace import Workspace, load
from docgen.order import Request
from tests.program import DAY, run

hypothesis.settings.register_profile("same", deadline=None, derandomize=True)
hypothesis.settings.register_profile("explore", deadline=None)
hypothesis.settings.load_profile("same")  # `pytest --hypothesis-profile=explore` tries other examples at every run.
ROOT = Path(__file__).parent.parent
AS_OF = datetime.date(2026, 11, 25)
SINCE = datetime.date(2026, 11, 19)
"""A day since which some of the sample set has changed."""


def silent(done: int, total: int, name: str) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Sample:
    """The sample client, built, and what its library tells."""

    workspace: Workspace
    folder: Path
    built: Built
    lives: Mapping[str, Life]

    @property
    def in_force(self) -> dict[str, Edition]:
        """The version in force of every document that has one."""
        found = {code: life.in_force(DAY) for code, life in self.lives.items()}
        return {code: edition for code, edition in found.items() if edition is not None}


@pytest.fixture(scope="session")
def demo() -> Workspace:
    """The sample client as it is in the repository."""
    return load("demo", (ROOT / "content",))


@pytest.fixture(scope="session")
def sample(demo: Workspace, elsewhere: Path, tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The whole sample set in all formats, from what the program kept when it built `elsewhere`.

    Writing it takes more than a minute, so that tests on the whole set stand in one group, run by one process.
    """
    folder = tmp_path_factory.mktemp("build") / "demo"
    shutil.copytree(elsewhere, folder, ignore=shutil.ignore_patterns("pack"))
    return Sample(demo, folder, build(demo, folder, Request(AS_OF), silent), Shelf(demo.folders[0]).lives(DAY))


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole set built and packed by the program itself, in another folder, time zone and order of hashes."""
    root = tmp_path_factory.mktemp("elsewhere")
    shutil.copytree(ROOT / "content", root / "content")
    options = ("--jobs", "3", "--as-of", DAY, "--since", SINCE.isoformat())
    ended = run(root, "pack", *options, TZ="Asia/Shanghai", PYTHONHASHSEED="77", DOCGEN_LANG="zh")
    assert ended.returncode == 0, ended.stderr
    return root / "build" / "demo"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a copy of the sample content, to break."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    return tmp_path


WHOLE = pytest.mark.xdist_group("whole")
"""The mark of modules whose tests need the whole set built."""
READ = (
    "SMS-M-01", "SMS-M-02", "SMS-M-03", "SMS-M-04", "SMS-M-05", "SMS-M-06", "SMS-POL-01", "SMS-POL-02",
    "SMS-PL-01", "SMS-PL-02", "SMS-PL-04", "SMS-PL-05", "SMS-PL-06", "SMS-PL-07", "SMS-PL-08", "SMS-PL-09",
    "SMS-PL-10", "SMS-PL-19", "SMS-AG-01", "SMS-AG-02", "SMS-AG-03", "SMS-AG-04", "SMS-RG-01", "SMS-RG-04",
    "SMS-RG-05", "SMS-RG-07", "SMS-RG-12", "SMS-RG-18", "SMS-RG-21", "SMS-RG-25", "SMS-PR-15", "SMS-PR-20",
    "SMS-PR-23", "SMS-PR-31", "SMS-PR-36", "SMS-WI-04", "SMS-WI-14", "SMS-PR-20-F01", "SMS-PR-31-F02",
    "SMS-PR-28-F03",
)  # fmt: skip
"""Documents that are opened and read: of every template at least one, with all that tables and figures can be."""


def pytest_configure() -> None:
    """Collect garbage rarely, as the program itself does: a quarter less time. And hear interruptions: where the tests
    run in the background they are ignored, and so they would be by what the tests start."""
    gc.set_threshold(200_000, 20, 50)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--refresh` writes what the golden cases expect anew."""
    parser.addoption("--refresh", action="store_true", help="write expected files anew")
