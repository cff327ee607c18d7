"""A client's documents built: composed all together, written where the cache lacks them, put in place at once."""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from docgen.cache import Cache
from docgen.compose.composer import compose_all
from docgen.compose.composition import Composition
from docgen.compose.labels import read_labels, template_folders
from docgen.compose.views import in_order
from docgen.diagnostics import Diagnostic, DocgenError, Language, Span
from docgen.files import aside, replace, replace_all, sha256
from docgen.model.workspace import Workspace, nearest, shown
from docgen.pack import Document, pack
from docgen.press import FORMATS, Format, Progress, Task, print_all

ENGINES = ("pypandoc_binary", "typst", "docxtpl", "jinja2", "justmytype-intl-cjk")


@dataclass(frozen=True)
class Request:
    """What to build; None stands for all there is."""

    as_of: datetime.date
    codes: tuple[str, ...] | None = None
    languages: tuple[Language, ...] | None = None
    formats: tuple[Format, ...] = FORMATS
    jobs: int = 2


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
    compositions: tuple[Composition, ...]


def build(workspace: Workspace, folder: Path, request: Request, progress: Progress) -> Built:
    """Build into `folder/<lang>/<CODE>.<format>`; nothing there is touched unless everything could be written.

    Raises DocgenError with all mistakes of the content and templates, or of the system.
    """
    codes, languages = chosen(workspace, request)
    compositions = compose_all(workspace, request.as_of, codes, languages)
    cache = Cache(folder / ".cache")
    shells = {language: _shell(workspace, language) for language in languages}
    made_by = program()
    keys = [_key(composition, shells[composition.lang][1], made_by) for composition in compositions]
    tasks: list[Task] = []
    outputs: list[Output] = []
    files: dict[Path, bytes] = {}
    for composition, key in zip(compositions, keys, strict=True):
        missing = []
        for format_ in request.formats:
            path = folder / composition.lang / f"{composition.code}.{format_}"
            kept = cache.digest(key, format_)
            if not kept or kept != _digest(path):
                data = cache.get(key, format_)
                if data is None:
                    missing.append(format_)
                else:
                    files[path] = data
            outputs.append(Output(path, composition.code, composition.lang, format_, format_ in missing))
        tasks.append(Task(composition, key, tuple(missing)))
    with aside(folder) as staging:
        written = print_all([task for task in tasks if task.formats], shells, request.jobs, staging, progress)
        cache.put(written)
        for task in tasks:
            for name, data in written.get(task.key, {}).items():
                files[folder / task.composition.lang / f"{task.composition.code}.{name}"] = data
        replace_all(files, staging)
    if request.codes is None and request.languages is None and request.formats == FORMATS:
        cache.sweep(keys)
    return Built(tuple(outputs), tuple(compositions))


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


def _key(composition: Composition, shell: bytes, made_by: str) -> str:
    brand = composition.brand
    layout = {**vars(brand), "logo": sha256(brand.logo), "font_folder": _fonts(brand.font_folder)}
    parts = [
        composition.code,
        composition.lang,
        asdict(composition.front),
        [vars(f) for f in composition.figures],
        layout,
    ]
    digest = hashlib.sha256(json.dumps([*parts, sha256(shell), made_by], ensure_ascii=False, default=str).encode())
    digest.update(json.dumps(composition.blocks, ensure_ascii=False).encode())
    return digest.hexdigest()


def _fonts(folder: Path | None) -> list[list[Any]]:
    if folder is None:
        return []
    return [[path.name, sha256(path.read_bytes())] for path in sorted(folder.iterdir()) if path.is_file()]


def program() -> str:
    """What writes the files, as a hash: docgen's own writers and the engines' versions."""
    here = Path(__file__).parent / "publish"
    parts = [f"{name} {version(name)}" for name in ENGINES]
    own = sorted(path for path in here.rglob("*") if path.suffix in {".py", ".lua", ".typ", ".html"})
    parts += [f"{path.relative_to(here).as_posix()} {sha256(path.read_bytes())}" for path in own]
    return sha256("\n".join(parts).encode())


def packed(workspace: Workspace, folder: Path, request: Request, progress: Progress) -> tuple[Path, int, int]:
    """Build everything and put it into one zip in `folder/pack`; its path, size in bytes and number of files."""
    built = build(workspace, folder, request, progress)
    records = workspace.content.documents
    documents = []
    for code in in_order(workspace.content):
        compositions = {c.lang: c for c in built.compositions if c.code == code}
        outputs = [output for output in built.outputs if output.code == code]
        files = {(output.language, str(output.format)): output.path.read_bytes() for output in outputs}
        documents.append(Document(records[code], compositions, files))
    labels = {language: read_labels(workspace.folders, language) for language in workspace.content.client.languages}
    data = pack(workspace, documents, labels, request.as_of.isoformat())
    path = folder / "pack" / f"{workspace.name}-sms-{request.as_of.isoformat()}.zip"
    replace(path, data)
    return path, len(data), len(built.outputs)
