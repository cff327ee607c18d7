"""What the commands do, from the surroundings to a result that can be printed."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen import stamp
from docgen.cli.output import Progress
from docgen.cli.words import say
from docgen.diagnostics import DocgenError
from docgen.files import replace, sha256
from docgen.shipped import CONTENT

if TYPE_CHECKING:
    from docgen.build import Built
    from docgen.checks.report import Report
    from docgen.compose.composer import Composer
    from docgen.model.workspace import Workspace
    from docgen.order import Request


@dataclass(frozen=True)
class Done:
    """A finished build: its folder, all its files, and how many of them were written."""

    folder: Path
    files: Sequence[str]
    written: int
    seconds: float

    def as_data(self) -> dict[str, Any]:
        """For scripts."""
        return {"folder": str(self.folder), "files": list(self.files), "written": self.written}

    def sentence(self) -> str:
        """For people."""
        return say(
            "built",
            folder=self.folder,
            files=len(self.files),
            documents=len({Path(name).stem for name in self.files}),
            written=self.written,
            kept=len(self.files) - self.written,
            seconds=self.seconds,
        )


def _roots(root: Path) -> tuple[Path, ...]:
    return root / "content", CONTENT


def folders_of(root: Path, client: str) -> list[Path]:
    """The folders of a client and of all that it extends; raises DocgenError where one is missing."""
    from docgen.model.folders import chain

    return chain(client, _roots(root))


def workspace_of(root: Path, client: str) -> Workspace:
    from docgen.model.workspace import load

    return load(client, _roots(root))


def build(
    root: Path,
    client: str,
    codes: Sequence[str],
    languages: Sequence[Any],
    formats: Sequence[Any],
    jobs: int,
    as_of: datetime.date,
) -> Done:
    """Build what is asked for, or find that it is there already."""
    progress = Progress()
    folder = root / "build" / client
    asked = [client, *sorted(codes), *sorted(languages), *sorted(formats), as_of.isoformat()]
    # A copied project has content of its own, and a new folder there may be what the client extends.
    asked += [str(root), *sorted(path.name for path in (root / "content").glob("*"))]
    there = stamp.fresh(folder, asked)
    if there is not None:
        return Done(folder, there, 0, progress.seconds)
    from docgen.order import FORMATS, VARIANTS, Request

    variants = tuple(one for one in VARIANTS if one in languages)
    written = tuple(one for one in languages if one not in VARIANTS) or None
    request = Request(as_of, tuple(codes) or None, written, variants, tuple(formats) or FORMATS, jobs)
    built = _built(root, client, folder, request, asked, progress)
    names = [output.path.relative_to(folder).as_posix() for output in built.outputs]
    return Done(folder, names, sum(output.written for output in built.outputs), progress.seconds)


def _built(root: Path, client: str, folder: Path, request: Request, asked: Sequence[str], progress: Progress) -> Built:
    from docgen.build import build as run
    from docgen.model.folders import chain

    before = stamp.inputs(chain(client, _roots(root)))
    workspace = workspace_of(root, client)
    built = run(workspace, folder, request, progress)
    stamp.keep(folder, asked, workspace.folders, [output.path for output in built.outputs], before)
    return built


def pack(
    root: Path, client: str, jobs: int, as_of: datetime.date, *, drafts: bool, since: datetime.date | None
) -> dict[str, Any]:
    """Check, build and pack what is in force, or the drafts."""
    from docgen.checks import check_all
    from docgen.delivery import packed
    from docgen.order import Request

    workspace = workspace_of(root, client)
    found = check_all(composer(workspace, as_of))
    if any(diagnostic.severity == "error" for diagnostic in found):
        raise DocgenError(found)
    folder = root / "build" / client
    request = Request(as_of, jobs=jobs)
    path, size, documents = packed(workspace, folder, request, Progress(), drafts=drafts, since=since)
    return {"path": str(path), "size": size, "documents": documents}


def composer(workspace: Workspace, as_of: datetime.date) -> Composer:
    """A composer that knows where every document stands."""
    from docgen.build import composer_of
    from docgen.order import Request

    return composer_of(workspace, Request(as_of))[0]


@dataclass(frozen=True)
class Checked:
    """A finished check."""

    report: Report
    documents: int
    languages: int
    seconds: float

    def sentence(self) -> str:
        """For people, where nothing was found."""
        return say("checked", documents=self.documents, languages=self.languages, seconds=self.seconds)


def check(
    root: Path,
    client: str,
    codes: Sequence[str],
    as_of: datetime.date,
    select: Sequence[str],
    ignore: Sequence[str],
    jobs: int,
) -> Checked:
    """Compose everything, or some documents, and apply the rules, or some of them; or tell again what was found."""
    from docgen.checks import chosen as rules
    from docgen.checks import kept

    progress = Progress()
    applied = rules(select, ignore)
    folder = root / "build" / client
    asked = ["check", str(root), client, as_of.isoformat(), *sorted(codes), *sorted(applied)]
    there = stamp.fresh(folder, asked)
    if there:
        data = json.loads((folder / there[0]).read_bytes())
        report = kept.read(data["report"].encode())
        return Checked(report, data["documents"], data["languages"], progress.seconds)
    before = stamp.inputs(folders_of(root, client))
    checked = _checked(workspace_of(root, client), codes, as_of, applied, jobs, progress)
    path = folder / ".cache" / "checks" / f"{sha256(repr(asked).encode())[:16]}.json"
    told = {"documents": checked.documents, "languages": checked.languages}
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, json.dumps({**told, "report": kept.written(checked.report).decode()}).encode())
    stamp.keep(folder, asked, folders_of(root, client), [path], before)
    return checked


def _checked(
    workspace: Workspace,
    codes: Sequence[str],
    as_of: datetime.date,
    applied: Collection[str],
    jobs: int,
    progress: Progress,
) -> Checked:
    from docgen.build import chosen
    from docgen.checks import report
    from docgen.order import Request

    wanted, languages = chosen(workspace, Request(as_of, tuple(codes) or None))
    found = report(composer(workspace, as_of), wanted if codes else (), applied, jobs)
    return Checked(found, len(wanted), len(languages), progress.seconds)


def fingerprint(root: Path, client: str, file: Path) -> tuple[Path, int]:
    """Keep the hashes of a licensed copy of a standard in the client's folder."""
    from docgen.checks.likeness import FOLDER
    from docgen.checks.likeness import fingerprint as hashes

    path = folders_of(root, client)[0] / FOLDER / f"{file.stem}.txt"
    made = hashes(file)
    path.parent.mkdir(exist_ok=True)
    replace(path, made)
    return path, made.count(b"\n")


def status(root: Path, client: str, as_of: datetime.date) -> list[dict[str, str]]:
    """A row for every document, in the user's language; the state as an id."""
    from docgen.cli.surroundings import language
    from docgen.library.listing import listed

    return listed(folders_of(root, client), language(), as_of.isoformat())


_PEOPLE = ("general_manager", "sms_owner", "office_head", "operations_head")


def new_client(root: Path, name: str, answers: Mapping[str, str]) -> Path:
    """Copy the starting point with the client's names in it; a person is `张伟 / Zhang Wei`, or one name for both."""
    from docgen.starter import make

    words = {key.upper(): answers[key] for key in ("name_zh", "name_en", "short_zh", "short_en")}
    for number, key in enumerate(_PEOPLE, 1):
        zh, _, en = (part.strip() for part in answers[key].partition("/"))
        words |= {f"PERSON_{number}_ZH": zh, f"PERSON_{number}_EN": en or zh}
    folder = make(root / "content", name, words)
    schema(root)
    return folder


def schema(root: Path) -> tuple[Path, int]:
    """Write every schema."""
    from docgen.files import aside, replace_all
    from docgen.model.schema import schemas

    folder = root / "content" / "schema"
    files = {folder / f"{name}.json": text.encode() for name, text in schemas()}
    with aside(folder) as staging:
        replace_all(files, staging)
    return folder, len(files)
