"""Compositions through the engines: figures drawn, bodies written by pandoc, PDF set, Word and HTML framed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import mkdtemp
from threading import Event

from docgen import processes
from docgen.compose.composition import Brand, Composition
from docgen.compose.crew import opened
from docgen.diagnostics import Span, fail
from docgen.files import sha256
from docgen.order import Format, Progress
from docgen.publish.docx import Shell, ShellError, compile_shell, docx, reference
from docgen.publish.drawing import Drawing
from docgen.publish.engine import EngineError, EngineJob, write_batch
from docgen.publish.figures import draw
from docgen.publish.html import html
from docgen.publish.logo import logo_drawing
from docgen.publish.pdf import pdf
from docgen.publish.typesetter import Typesetter, TypesettingError

MANY = 16
"""Tasks from which processes of their own are worth their start: each of them loads fonts and shells."""
BATCH = 16
"""Tasks that such a process takes at a time, at most: pandoc is started for each batch."""


@dataclass(frozen=True)
class Task:
    """A composition, its key in the cache, and the formats that have to be written."""

    label: str
    """Folder and code, to show."""
    data: bytes
    """The composition as it travels between processes."""
    key: str
    formats: tuple[Format, ...]
    dress: str
    """Key of its dress."""
    links: Mapping[str, str]
    """Where links to other documents lead in HTML, by code; to a document that is not there leads no link."""

    @cached_property
    def composition(self) -> Composition:
        """The composition itself."""
        return opened(self.data)

    @property
    def name(self) -> str:
        """Unique among the tasks of a build."""
        return f"{self.label.replace('/', '-')}-{self.key[:16]}"

    @property
    def bodies(self) -> frozenset[str]:
        """What pandoc has to write; Word's contents take their page numbers from the PDF layout."""
        wanted = {"docx": {"docx", "typst"}, "pdf": {"typst"}, "html": {"html"}}
        return frozenset(body for format_ in self.formats for body in wanted[format_])


Keep = Callable[[Task, dict[str, bytes]], None]
"""Takes the files of a task, by format."""


@dataclass(frozen=True)
class Dress:
    """What Word files look like: a shell in a brand."""

    name: str
    """The shell's name, to show in messages."""
    shell: bytes
    brand: Brand
    locale: str = ""
    """Language tag that takes the place of the shell's own Chinese one; '' keeps it."""

    @property
    def key(self) -> str:
        """Equal for dresses that look alike."""
        return sha256(self.shell + f"{self.brand.digest()}{self.locale}".encode())


@dataclass(frozen=True)
class Press:
    """What all documents of a build share: fonts and Word shells, loaded once."""

    dresses: Mapping[str, Dress]
    typesetter: Typesetter
    shells: Mapping[str, Shell]
    references: Mapping[str, Path]
    font_folder: Path | None
    workdir: Path

    def with_dresses(self, dresses: Mapping[str, Dress]) -> Press:
        """A press that knows these dresses, by key, as well; raises as `prepared` does."""
        new = {key: dress for key, dress in dresses.items() if key not in self.shells}
        if not new:
            return self
        more = prepared(new, self.font_folder, self.workdir)
        return replace(
            more,
            dresses={**self.dresses, **more.dresses},
            shells={**self.shells, **more.shells},
            references={**self.references, **more.references},
        )


def prepared(dresses: Mapping[str, Dress], font_folder: Path | None, workdir: Path) -> Press:
    """A press for the dresses, by key; raises DocgenError for a bad shell, TypesettingError for a bad logo."""
    families = {family for dress in dresses.values() for family in dress.brand.pdf_fonts}
    typesetter = Typesetter(font_folder, families)
    made: dict[str, Shell] = {}
    references: dict[str, Path] = {}
    for key, dress in dresses.items():
        try:
            branded = reference(dress.shell, dress.brand, logo_drawing(dress.brand, typesetter), dress.locale)
            made[key] = compile_shell(branded)
        except ShellError as error:
            raise fail("shell-bad", Span(dress.name), part=error.part, problem=error.message) from error
        references[key] = workdir.resolve() / f"reference-{key}.docx"
        references[key].write_bytes(branded)
    return Press(dresses, typesetter, made, references, font_folder, workdir)


def print_all(
    press: Press, tasks: Sequence[Task], jobs: int, workdir: Path, progress: Progress
) -> dict[str, dict[str, bytes]]:
    """Every missing file: key -> format -> content."""
    total = sum(len(task.formats) for task in tasks)
    results: dict[str, dict[str, bytes]] = {}
    done: list[str] = []

    def keep(task: Task, files: dict[str, bytes]) -> None:
        results[task.key] = files
        for format_ in files:
            done.append(format_)
            progress(len(done), total, f"{task.label}.{format_}")

    if jobs > 1 and len(tasks) >= MANY:
        _in_processes(press, tasks, jobs, keep)
    else:
        _in_threads(press, tasks, jobs, workdir, keep)
    return results


def _in_threads(press: Press, tasks: Sequence[Task], jobs: int, workdir: Path, keep: Keep) -> None:
    batches = _batches(tasks, jobs)
    stopped = Event()

    def run(number: int) -> None:
        folder = workdir.resolve() / f"batch-{number}"
        folder.mkdir()
        for task, files in _run(press, batches[number], folder, spare=len(batches) < jobs):
            keep(task, files)
            if stopped.is_set():
                return

    with ThreadPoolExecutor(max(1, len(batches))) as pool:
        try:
            list(pool.map(run, range(len(batches))))
        except BaseException:  # A mistake in one batch, or an interruption, ends the others after their document.
            stopped.set()
            raise


def _batches(tasks: Sequence[Task], jobs: int) -> list[list[Task]]:
    """The tasks in as many batches as there are workers, of about equal size: largest first, to the emptiest."""
    batches: list[list[Task]] = [[] for _ in range(min(jobs, len(tasks)))]
    sizes = [0] * len(batches)
    for task in _by_size(tasks):
        emptiest = sizes.index(min(sizes))
        batches[emptiest].append(task)
        sizes[emptiest] += len(task.data)
    return batches


def _by_size(tasks: Sequence[Task]) -> list[Task]:
    return sorted(tasks, key=lambda task: (-len(task.data), task.key))


def _in_processes(press: Press, tasks: Sequence[Task], jobs: int, keep: Keep) -> None:
    """Many tasks, where the Python code of threads would wait for one another."""
    order = _by_size(tasks)
    size = min(BATCH, len(order) // (4 * jobs) + 1)
    batches = [order[start : start + size] for start in range(0, len(order), size)]
    with processes.workers(jobs, _begin, press.dresses, press.font_folder, press.workdir) as pool:
        try:
            futures = {pool.submit(_batch, batch): batch for batch in batches}
            for future in as_completed(futures):
                for task, files in zip(futures[future], future.result(), strict=True):
                    keep(task, files)
        except BrokenProcessPool as error:
            raise fail("engine-failed", Span("docgen"), problem=str(error)) from error
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


_own: Press | None = None
"""In a worker, its press."""


def _begin(dresses: Mapping[str, Dress], font_folder: Path | None, workdir: Path) -> None:
    global _own
    _own = prepared(dresses, font_folder, Path(mkdtemp(dir=workdir)))


def _batch(tasks: Sequence[Task]) -> list[dict[str, bytes]]:
    assert _own is not None
    return [files for _, files in _run(_own, tasks, Path(mkdtemp(dir=_own.workdir)), spare=False)]


def _run(press: Press, batch: Sequence[Task], folder: Path, *, spare: bool) -> Iterator[tuple[Task, dict[str, bytes]]]:
    """The files of tasks; with a processor to spare, Word's bodies are written while pages are set."""
    word = [_job(press, task, {"docx"}, folder) for task in batch if "docx" in task.bodies]
    rest = [_job(press, task, task.bodies - {"docx"}, folder) for task in batch]
    beside = folder / "word"
    beside.mkdir()
    with ThreadPoolExecutor(1) as side:
        words = side.submit(_write_bodies, word, beside) if spare else None
        _write_bodies(rest if spare else [*rest, *word], folder)
        for task in batch:
            try:
                yield task, _files(press, task, folder, words)
            except TypesettingError as error:
                code = task.composition.code
                raise fail("pdf-bad", Span(task.label), code=code, problem=str(error)) from error
            except ShellError as error:
                shell = Span(press.dresses[task.dress].name)
                raise fail("shell-bad", shell, part=error.part, problem=error.message) from error


def _job(press: Press, task: Task, bodies: Set[str], folder: Path) -> EngineJob:
    composition = task.composition
    return EngineJob(composition.blocks, frozenset(bodies), press.references.get(task.dress), folder / task.name)


def _write_bodies(jobs: Sequence[EngineJob], folder: Path) -> None:
    try:
        write_batch(jobs, folder)
    except EngineError as error:
        raise fail("engine-failed", Span("pandoc"), problem=str(error).split("\n")[0]) from error


def _files(press: Press, task: Task, folder: Path, words: Future[None] | None) -> dict[str, bytes]:
    composition = task.composition
    drawings = {figure.name: _drawn(press, task, number) for number, figure in enumerate(composition.figures)}
    files: dict[str, bytes] = {}
    if "html" in task.formats:
        files["html"] = html(composition, (folder / f"{task.name}.html").read_text("utf-8"), drawings, task.links)
    if "typst" in task.bodies:
        made = pdf(composition, (folder / f"{task.name}.typ").read_text("utf-8"), drawings, press.typesetter)
        if "pdf" in task.formats:
            files["pdf"] = made.data
        if "docx" in task.formats:
            if words is not None:
                words.result()
            body = (folder / f"{task.name}.docx").read_bytes()
            files["docx"] = docx(composition, body, press.shells[task.dress], drawings, made.pages, made.count)
    return files


def _drawn(press: Press, task: Task, number: int) -> Drawing:
    composition = task.composition
    figure = composition.figures[number]
    language = figure.name.partition("-")[0] if composition.variant == "bilingual" else composition.lang
    lang = language if language in ("zh", "en") else composition.lang
    return draw(figure, composition.brand, lang, press.typesetter)
