"""A client's documents built: what is issued as it was frozen, what is being made as the content stands.

In force: `build/<client>/<lang>/<CODE>.<format>`; being made, or issued and still to take effect:
`build/<client>/draft/<lang>/<CODE>.<format>`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.cache import Cache
from docgen.compose.brand import font_folder
from docgen.compose.composer import Composer
from docgen.compose.composition import Composition
from docgen.compose.crew import Composed, composed, packed, sent
from docgen.compose.labels import template_folders
from docgen.compose.views import in_order
from docgen.diagnostics import Diagnostic, DocgenError, Language, Span, Variant, fail
from docgen.files import aside, replace_all, reported, sha256
from docgen.library.desk import Printed
from docgen.library.lifecycle import Edition, Life
from docgen.library.shelf import Shelf
from docgen.library.standings import standings
from docgen.model.folders import nearest, shown
from docgen.model.workspace import Workspace
from docgen.order import FORMATS, VARIANTS, Format, Progress, Request
from docgen.variants import Publisher, can_make, sources

if TYPE_CHECKING:
    from docgen.press import Dress, Press

ENGINES = ("pypandoc_binary", "typst", "docxtpl", "jinja2", "justmytype-intl-cjk")
DRAFT = "draft"
"""The folder of what is not in force yet."""
RECORDS = "records"
"""The folder of forms that were filled in."""


@dataclass(frozen=True)
class Output:
    """A built file, and whether it had to be written."""

    path: Path
    code: str
    language: Language
    variant: Variant | None
    record: str
    format: Format
    draft: bool
    written: bool


@dataclass(frozen=True)
class Built:
    """What a build left: the files, and the compositions they were made from."""

    outputs: tuple[Output, ...]
    in_force: tuple[Composed, ...]
    drafts: tuple[Composed, ...]


@dataclass(frozen=True)
class Sheet:
    """A composition with what it needs to become files."""

    composed: Composed
    draft: bool
    dress: Dress
    links: Mapping[str, str]
    """Where its links to other documents lead, by code."""
    given: Mapping[str, bytes] = field(default_factory=dict)
    """Files that the library keeps, by format: they are not made again."""

    @property
    def key(self) -> str:
        """What its files are kept under: all that they depend on."""
        links = repr(sorted(self.links.items()))
        return sha256(" ".join([self.composed.digest, self.dress.key, sha256(links.encode()), program()]).encode())

    def path(self, folder: Path, format_: str) -> Path:
        """Where a format of it belongs."""
        if self.composed.record:
            name = f"{self.composed.code}_{self.composed.record}.{format_}"
            return folder / RECORDS / self.composed.place / name
        place = folder / DRAFT if self.draft else folder
        return place / self.composed.place / f"{self.composed.code}.{format_}"


Links = Callable[[Composed, bool], Mapping[str, str]]
"""Where the links of a composition lead, in a draft or not."""


def _needed(workspace: Workspace, languages: Sequence[Language], variants: Sequence[Variant]) -> tuple[Language, ...]:
    """The languages to compose: those that are printed, and those that variants are made from."""
    client = workspace.content.client
    wanted = {*languages, *(language for variant in variants for language in sources(variant, client))}
    return tuple(language for language in client.languages if language in wanted)


def _variants(workspace: Workspace, made: Sequence[Sheet], variants: Sequence[Variant], links: Links) -> list[Sheet]:
    """The variants of all documents, from their sheets by language."""
    if not variants:
        return []
    publisher, client = Publisher(workspace.content.client), workspace.content.client
    together: dict[tuple[str, bool], dict[Language, Sheet]] = {}
    for sheet in made:
        together.setdefault((sheet.composed.code, sheet.draft), {})[sheet.composed.language] = sheet
    found = []
    for variant in variants:
        for (_, draft), sheets in together.items():
            if not set(sources(variant, client)) <= set(sheets):
                continue
            one = publisher.make(variant, {language: sheet.composed.open() for language, sheet in sheets.items()})
            composed, dress = packed(one), sheets[one.lang].dress
            dressed = replace(dress, brand=one.brand, locale=one.locale)
            found.append(Sheet(composed, draft, dressed, links(composed, draft)))
    return found


def _records(composer: Composer, codes: Sequence[str], languages: Sequence[Language]) -> list[Sheet]:
    """The forms that were filled in by the day of the build."""
    records = composer.workspace.content.records
    found = []
    for language in languages:
        for code in (code for code in codes if code in records):
            dress = dress_of(composer, language)
            numbers = [number for number, filled in records[code].items() if filled.date <= composer.as_of]
            made = [composer.record(code, number, language) for number in numbers]
            found += [Sheet(packed(one), False, dress, {}) for one in made]
    return found


def composer_of(workspace: Workspace, request: Request) -> tuple[Composer, dict[str, Life]]:
    """A composer that knows where every document stands, and their lives."""
    lives = Shelf(workspace.folders[0]).lives(request.as_of.isoformat())
    stands = standings(workspace.content, lives, request.as_of)
    return Composer(workspace, request.as_of, stands), lives


def build(workspace: Workspace, folder: Path, request: Request, progress: Progress) -> Built:
    """Build what is asked for; nothing in `folder` is touched unless everything could be written.

    Raises DocgenError with all mistakes of the content, the templates or the library, or of the system.
    """
    codes, languages = chosen(workspace, request)
    needed = _needed(workspace, languages, request.variants)
    composer, lives = composer_of(workspace, request)
    store = Cache(folder / ".cache")
    with aside(folder) as staging, reported(folder):
        working, (issues, press) = composed(
            composer, codes, needed, request.jobs, lambda: _meanwhile(composer, lives, codes, needed, staging)
        )
        links = _links(composer, lives)
        made = _sheets(composer, lives, working, issues, links)
        sheets = [sheet for sheet in made if sheet.composed.language in languages]
        variants = _variants(workspace, made, request.variants, links)
        press = press.with_dresses({sheet.dress.key: sheet.dress for sheet in variants})
        sheets += [*variants, *_records(composer, codes, languages)]
        plan = [_planned(sheet, store, folder, request.formats) for sheet in sheets]
        written = _print(press, plan, request.jobs, staging, progress)
        store.put(written)
        files: dict[Path, bytes] = {}
        for step in plan:
            printed = written.get(step.sheet.key, {})
            files |= step.kept | {step.sheet.path(folder, name): data for name, data in printed.items()}
        replace_all(files, staging)
    if (request.codes, request.languages, request.variants, request.formats) == (None, None, (), FORMATS):
        store.sweep([step.sheet.key for step in plan])
        _clear(folder, {step.sheet.path(folder, format_) for step in plan for format_ in FORMATS})
    outputs = [
        Output(
            step.sheet.path(folder, f), step.sheet.composed.code, step.sheet.composed.language,
            step.sheet.composed.variant, step.sheet.composed.record, f, step.sheet.draft, f in step.missing,
        )
        for step in plan
        for f in request.formats
    ]  # fmt: skip
    own = [sheet for sheet in sheets if sheet.composed.variant is None and not sheet.composed.record]
    made_of = {draft: tuple(sheet.composed for sheet in own if sheet.draft is draft) for draft in (False, True)}
    return Built(tuple(outputs), made_of[False], made_of[True])


def _clear(folder: Path, wanted: set[Path]) -> None:
    """Take away what is no longer in force or no longer being made: nobody finds an old version where it was."""
    known = {(path.parent.parent, path.stem) for path in wanted}
    for pattern in ("*/*", f"{DRAFT}/*/*", f"{RECORDS}/*/*"):
        for path in folder.glob(pattern):
            if path.suffix[1:] not in FORMATS:
                continue
            gone = path.parent.name in ("zh", "en") and path not in wanted
            if gone or (path.parent.name in VARIANTS and (path.parent.parent, path.stem) not in known):
                path.unlink(missing_ok=True)


@dataclass(frozen=True)
class Issue:
    """An issued version in one language, as it was frozen, living tables filled anew."""

    composed: Composed
    dress: Dress
    given: Mapping[str, bytes]
    in_force: bool
    """Whether it is in force; otherwise it is still to take effect."""


def _meanwhile(
    composer: Composer, lives: Mapping[str, Life], codes: Sequence[str], languages: Sequence[Language], staging: Path
) -> tuple[list[Issue], Press]:
    """What is read and loaded while other processes compose: frozen versions, fonts, Word shells."""
    issues = _issues(composer, lives, codes, languages)
    dresses = [*(issue.dress for issue in issues), *(dress_of(composer, language) for language in languages)]
    return issues, pressed(composer, {dress.key: dress for dress in dresses}, staging)


def _issues(
    composer: Composer, lives: Mapping[str, Life], codes: Sequence[str], languages: Sequence[Language]
) -> list[Issue]:
    """What is in force, and what was issued to follow it."""
    from docgen.press import Dress

    shelf, day = Shelf(composer.workspace.folders[0]), composer.as_of.isoformat()
    fonts = font_folder(composer.workspace)
    found = []
    for code in codes:
        life = lives.get(code, Life(code))
        for edition in _holding(life, day):
            release, said = shelf.release(code, edition), shelf.said(code, edition)
            for language, composition in shelf.compositions(code, edition, fonts).items():
                if language in languages:
                    shell = shelf.object(release["shells"][language])
                    dress = Dress(shelf.shown(f"objects/{release['shells'][language]}"), shell, composition.brand)
                    given = shelf.kept(code, edition, release, language)
                    made = packed(composer.refilled(composition), said[language])
                    found.append(Issue(made, dress, given, edition is life.in_force(day)))
    return found


def _holding(life: Life, day: str) -> list[Edition]:
    """The version in force, and after it the newest one where that is still to take effect."""
    in_force, newest = life.in_force(day), life.current()
    pending = newest if newest is not None and newest.effective > day else None
    return [edition for edition in (in_force, pending) if edition is not None]


def _sheets(
    composer: Composer, lives: Mapping[str, Life], working: Sequence[Composed], issues: Sequence[Issue], links: Links
) -> list[Sheet]:
    """What is in force; what is being made, or says something else than the newest issue; else what is to follow."""
    newest = {(issue.composed.code, issue.composed.language): issue.composed.content for issue in issues}
    differing = {one.code for one in working if newest.get((one.code, one.language)) != one.content}
    wanted = {code for code in differing if _may_differ(lives.get(code, Life(code)))} | _opened(lives)
    drafts = [one for one in working if one.code in wanted]
    dresses = {language: dress_of(composer, language) for language in {one.language for one in drafts}}
    found = []
    for issue in issues:
        if issue.in_force or issue.composed.code not in wanted:
            draft = not issue.in_force
            found.append(Sheet(issue.composed, draft, issue.dress, links(issue.composed, draft), issue.given))
    for one in drafts:
        made = packed(named_apart(composer, one.open())) if composer.standings.working[one.code].unopened else one
        found.append(Sheet(made, True, dresses[one.language], links(made, True)))
    return found


def _opened(lives: Mapping[str, Life]) -> set[str]:
    return {code for code, life in lives.items() if life.open is not None}


def _may_differ(life: Life) -> bool:
    """Whether content beside the issued versions is of use: never issued, or not withdrawn."""
    return not life.issued or life.current() is not None


_NAMED = re.compile(rb"([A-Z0-9-]+)\.html")
"""A document that a composition links to."""


def _links(composer: Composer, lives: Mapping[str, Life]) -> Links:
    """Where the links of a composition lead, in a draft or not: the same, however few documents are built.

    From what is in force to what is in force; from a draft to the version being made, else to the one in force."""
    day, known = composer.as_of.isoformat(), composer.workspace.content.documents
    in_force = [code for code in known if code in lives and lives[code].in_force(day) is not None]
    made = [code for code in known if code not in in_force and _may_differ(lives.get(code, Life(code)))]
    beside = {code: f"{code}.html" for code in (*made, *(_opened(lives) & set(known)))}

    def links(one: Composed, draft: bool) -> Mapping[str, str]:
        up = f"../../{one.place}/" if draft else ""
        led = {code: f"{up}{code}.html" for code in in_force} | (beside if draft else {})
        # Only those that it names: the others would make it look changed when they come and go.
        named = {code.decode() for code in _NAMED.findall(one.data)}
        return {code: to for code, to in led.items() if code in named}

    return links


def named_apart(composer: Composer, one: Composition) -> Composition:
    """A working copy beside the issued version, while no revision is opened, as `A/0+`; another as it is."""
    standing = composer.standings.working[one.code]
    if not standing.unopened:
        return one
    return composer.fronted(one, replace(standing, version=f"{standing.version}+"))


def dress_of(composer: Composer, language: Language) -> Dress:
    """The client's present Word shell, its own or else the shipped one, in its present brand."""
    from docgen.press import Dress

    folders = template_folders(composer.workspace.folders, language)
    path = next(folder / "shell.docx" for folder in folders if (folder / "shell.docx").exists())
    return Dress(shown(path), path.read_bytes(), composer.brand(language))


@dataclass(frozen=True)
class Step:
    """What a build does for one composition: which formats it has to write, which files it has only to put back."""

    sheet: Sheet
    missing: tuple[Format, ...]
    kept: dict[Path, bytes]


def _planned(sheet: Sheet, store: Cache, folder: Path, formats: Sequence[Format]) -> Step:
    back: dict[Path, bytes] = {}
    missing: list[Format] = []
    for format_ in formats:
        path = sheet.path(folder, format_)
        if format_ in sheet.given:
            if sha256(sheet.given[format_]) != _digest(path):
                back[path] = sheet.given[format_]
            continue
        kept = store.digest(sheet.key, format_)
        if not kept or kept != _digest(path):
            data = store.get(sheet.key, format_)
            if data is None:
                missing.append(format_)
            else:
                back[path] = data
    return Step(sheet, tuple(missing), back)


def _print(
    press: Press, plan: Sequence[Step], jobs: int, staging: Path, progress: Progress
) -> dict[str, dict[str, bytes]]:
    from docgen.press import Task, print_all

    tasks = []
    for step in plan:
        if step.missing:
            sheet, one = step.sheet, step.sheet.composed
            label = f"{one.place}/{one.code}"
            tasks.append(Task(label, one.data, sheet.key, step.missing, sheet.dress.key, sheet.links))
    return print_all(press, tasks, jobs, staging, progress) if tasks else {}


def pressed(composer: Composer, dresses: Mapping[str, Dress], staging: Path) -> Press:
    """A press for the dresses; raises DocgenError for a bad shell or logo."""
    from docgen.press import prepared
    from docgen.publish.typesetter import TypesettingError

    try:
        return prepared(dresses, font_folder(composer.workspace), staging)
    except TypesettingError as error:
        at = composer.workspace.content.client.brand.logo.span
        raise fail("logo-broken", at, problem=str(error)) from error


def in_present_dress(
    composer: Composer,
    made: Mapping[str, Composition],
    formats: tuple[Format, ...],
    links: Mapping[str, str],
    jobs: int,
    staging: Path,
) -> dict[str, dict[str, bytes]]:
    """The files of compositions with the client's present shells: name -> format -> content."""
    from docgen.press import Task, print_all

    if not made:
        return {}
    dresses = {language: dress_of(composer, language) for language in {one.lang for one in made.values()}}
    press = pressed(composer, {dress.key: dress for dress in dresses.values()}, staging)
    tasks = [
        Task(f"{one.place}/{one.code}", sent(one), name, formats, dresses[one.lang].key, links)
        for name, one in made.items()
    ]
    return print_all(press, tasks, max(1, jobs), staging, lambda done, total, name: None)


def printed(composer: Composer, compositions: Mapping[Language, Composition], staging: Path) -> Printed:
    """The files of compositions as a release records them.

    Pages are not among them: where their links lead depends on what else is in force."""
    named: dict[str, Composition] = {str(language): one for language, one in compositions.items()}
    files = in_present_dress(composer, named, ("docx", "pdf"), {}, len(named), staging)
    return Printed(
        {f"{language}/{name}": data for language, written in files.items() for name, data in written.items()},
        {language: dress_of(composer, language).shell for language in compositions},
        program(),
        {name: version(name) for name in ENGINES},
    )


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
    for variant in request.variants:
        if not can_make(variant, workspace.content.client):
            mistakes.append(Diagnostic("variant-languages", Span(f"content/{workspace.name}"), {"variant": variant}))
    if mistakes:
        raise DocgenError(mistakes)
    languages = request.languages or (() if request.variants else known)
    return request.codes or tuple(in_order(workspace.content)), languages


def _digest(path: Path) -> str:
    """The hash of a file, '' where there is none."""
    try:
        return sha256(path.read_bytes())
    except OSError:
        return ""


@cache
def program() -> str:
    """What writes the files, as a hash: docgen's own writers and the engines' versions."""
    here = Path(__file__).parent / "publish"
    parts = [f"{name} {version(name)}" for name in ENGINES]
    own = sorted(path for path in here.rglob("*") if path.suffix in {".py", ".lua", ".typ", ".html"})
    parts += [f"{path.relative_to(here).as_posix()} {sha256(path.read_bytes())}" for path in own]
    return sha256("\n".join(parts).encode())
