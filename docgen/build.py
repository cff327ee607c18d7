"""A client's documents built: composed all together, written where the cache lacks them, put in place at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.cache import Cache
from docgen.compose.composer import Composer
from docgen.compose.crew import Composed, composed
from docgen.compose.labels import read_labels, template_folders
from docgen.compose.views import in_order
from docgen.diagnostics import Diagnostic, DocgenError, Language, Span, fail
from docgen.files import aside, replace, replace_all, reported, sha256
from docgen.model.workspace import Workspace, nearest, shown
from docgen.order import FORMATS, Format, Progress, Request

if TYPE_CHECKING:
    from docgen.press import Press, Shells

ENGINES = ("pypandoc_binary", "typst", "docxtpl", "jinja2", "justmytype-intl-cjk")


@dataclass(frozen=True)
class Output:
    """A built file, and whether it had to be written."""

    path: Path
    code: str
    language: Language
    format: Format
    written: bool


@dataclass(frozen=True)
class Built:
    """What a build left: the files, and the compositions they were made from."""

    outputs: tuple[Output, ...]
    compositions: tuple[Composed, ...]


def build(workspace: Workspace, folder: Path, request: Request, progress: Progress) -> Built:
    """Build into `folder/<lang>/<CODE>.<format>`; nothing there is touched unless everything could be written.

    Raises DocgenError with all mistakes of the content and templates, or of the system.
    """
    codes, languages = chosen(workspace, request)
    composer = Composer(workspace, request.as_of)
    shells = {language: _shell(workspace, language) for language in languages}
    store = Cache(folder / ".cache")
    with aside(folder) as staging, reported(folder):
        compositions, press = composed(
            composer, codes, languages, request.jobs, lambda: _press(composer, shells, languages[0], staging)
        )
        plan = [
            _planned(one, _key(one, shells[one.language][1]), store, folder, request.formats) for one in compositions
        ]
        written = _print(press, plan, request.jobs, staging, progress)
        store.put(written)
        files: dict[Path, bytes] = {}
        for step in plan:
            made = written.get(step.key, {})
            files |= step.kept | {step.path(folder, name): data for name, data in made.items()}
        replace_all(files, staging)
    if request.codes is None and request.languages is None and request.formats == FORMATS:
        store.sweep([step.key for step in plan])
    outputs = [
        Output(step.path(folder, f), step.composed.code, step.composed.language, f, f in step.missing)
        for step in plan
        for f in request.formats
    ]
    return Built(tuple(outputs), tuple(compositions))


@dataclass(frozen=True)
class Step:
    """What a build does for one composition: which formats it has to write, which files it has only to put back."""

    composed: Composed
    key: str
    missing: tuple[Format, ...]
    kept: dict[Path, bytes]

    def path(self, folder: Path, format_: str) -> Path:
        """Where a format of it belongs."""
        return folder / self.composed.language / f"{self.composed.code}.{format_}"


def _planned(one: Composed, key: str, store: Cache, folder: Path, formats: Sequence[Format]) -> Step:
    step = Step(one, key, (), {})
    missing: list[Format] = []
    for format_ in formats:
        path = step.path(folder, format_)
        kept = store.digest(key, format_)
        if not kept or kept != _digest(path):
            data = store.get(key, format_)
            if data is None:
                missing.append(format_)
            else:
                step.kept[path] = data
    return Step(one, key, tuple(missing), step.kept)


def _press(composer: Composer, shells: Shells, language: Language, staging: Path) -> Press:
    # Imported here and not above: the engines load while other processes compose.
    from docgen.press import prepared
    from docgen.publish.typesetter import TypesettingError

    try:
        return prepared(shells, composer.brand(language), staging)
    except TypesettingError as error:
        at = composer.workspace.content.client.brand.logo.span
        raise fail("logo-broken", at, problem=str(error)) from error


def _print(
    press: Press, plan: Sequence[Step], jobs: int, staging: Path, progress: Progress
) -> dict[str, dict[str, bytes]]:
    from docgen.press import Task, print_all

    tasks = [
        Task(step.composed.open(), step.key, step.missing, len(step.composed.data)) for step in plan if step.missing
    ]
    return print_all(press, tasks, jobs, staging, progress) if tasks else {}


def chosen(workspace: Workspace, request: Request) -> tuple[tuple[str, ...], tuple[Language, ...]]:
    """The codes and languages of a request; raises DocgenError for one that the client has not."""
    documents, known = workspace.content.documents, workspace.content.client.languages
    mistakes = []
    for code in request.codes or ():
        if code not in documents:
            near = nearest(code, list(documents)) or "-"
            mistakes.append(
                Diagnostic("document-unknown", Span(f"content/{workspace.name}"), {"code": code, "near": near})
            )
    for language in request.languages or ():
        if language not in known:
            mistakes.append(Diagnostic("language-unknown", Span(f"content/{workspace.name}"), {"language": language}))
    if mistakes:
        raise DocgenError(mistakes)
    return request.codes or tuple(in_order(workspace.content)), request.languages or known


def _digest(path: Path) -> str:
    """The hash of a file, '' where there is none."""
    try:
        return sha256(path.read_bytes())
    except OSError:
        return ""


def _shell(workspace: Workspace, language: Language) -> tuple[str, bytes]:
    """The Word shell, the client's own or else the shipped one, with the name to show for it."""
    folders = template_folders(workspace.folders, language)
    path = next(folder / "shell.docx" for folder in folders if (folder / "shell.docx").exists())
    return shown(path), path.read_bytes()


def _key(one: Composed, shell: bytes) -> str:
    """What the files of a composition are kept under: all that they depend on."""
    return sha256(" ".join([one.digest, sha256(shell), program()]).encode())


@cache
def program() -> str:
    """What writes the files, as a hash: docgen's own writers and the engines' versions."""
    here = Path(__file__).parent / "publish"
    parts = [f"{name} {version(name)}" for name in ENGINES]
    own = sorted(path for path in here.rglob("*") if path.suffix in {".py", ".lua", ".typ", ".html"})
    parts += [f"{path.relative_to(here).as_posix()} {sha256(path.read_bytes())}" for path in own]
    return sha256("\n".join(parts).encode())


def packed(workspace: Workspace, folder: Path, request: Request, progress: Progress) -> tuple[Path, int, int]:
    """Build everything and put it into one zip in `folder/pack`; its path, size in bytes and number of documents."""
    from docgen.pack import Document, pack

    built = build(workspace, folder, request, progress)
    records = workspace.content.documents
    documents = []
    for code in in_order(workspace.content):
        compositions = {one.language: one.open() for one in built.compositions if one.code == code}
        outputs = [output for output in built.outputs if output.code == code]
        files = {(output.language, str(output.format)): output.path.read_bytes() for output in outputs}
        documents.append(Document(records[code], compositions, files))
    labels = {language: read_labels(workspace.folders, language) for language in workspace.content.client.languages}
    data = pack(workspace, documents, labels, request.as_of.isoformat())
    path = folder / "pack" / f"{workspace.name}-sms-{request.as_of.isoformat()}.zip"
    replace(path, data)
    return path, len(data), len(documents)
