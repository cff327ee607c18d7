"""The house holds: imports go down only, one owner each for clock, processes and environment, modules stay small."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "docgen"
FLOORS = [
    {"docgen.diagnostics", "docgen.shipped", "docgen.library_messages", "docgen.findings"},
    {"docgen.messages", "docgen.source", "docgen.files", "docgen.order", "docgen.processes", "docgen.frames"},
    {"docgen.standard", "docgen.cache", "docgen.stamp"},
    {"docgen.model"},
    {"docgen.compose"},
    {"docgen.checks", "docgen.library", "docgen.publish", "docgen.variants", "docgen.starter"},
    {"docgen.pack", "docgen.press", "docgen.coverage"},
    {"docgen.build"},
    {"docgen.redlines"},
    {"docgen.delivery"},
    {"docgen.cli"},
]
MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    """The dotted name of a module."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def floor_of(module: str) -> int | None:
    """The floor a module stands on."""
    for number, names in enumerate(FLOORS):
        if any(module == name or module.startswith(f"{name}.") for name in names):
            return number
    return None


def imports(path: Path) -> set[str]:
    """Modules of docgen that a module imports, anywhere in its text."""
    known = {name_of(module) for module in MODULES}
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {
                f"{node.module}.{a.name}" if f"{node.module}.{a.name}" in known else node.module for a in node.names
            }
    return {name for name in found if name.startswith("docgen") and name != "docgen"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_down_only(path: Path) -> None:
    module = name_of(path)
    floor = floor_of(module)
    if module in ("docgen", "docgen.__main__"):
        return
    assert floor is not None, f"{module} stands on no floor"
    for other in imports(path):
        theirs = floor_of(other)
        package = module.split(".")[:2] == other.split(".")[:2]
        assert package or (theirs is not None and theirs < floor), f"{module} imports {other}"


def test_there_is_no_cycle() -> None:
    graph = {name_of(path): imports(path) for path in MODULES}
    done: set[str] = set()

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, " -> ".join([*way, module])
        if module not in done:
            for other in graph.get(module, ()):
                visit(other, (*way, module))
            done.add(module)

    for module in graph:
        visit(module, ())


def test_writers_do_not_import_each_other() -> None:
    writers = {"docgen.publish.docx", "docgen.publish.pdf", "docgen.publish.html", "docgen.publish.xlsx"}
    for writer in writers:
        assert not imports(ROOT / f"{writer.replace('.', '/')}.py") & (writers - {writer})


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_says_what_it_owns_and_stays_small(path: Path) -> None:
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), "no sentence on top"
    limit = 450 if path.name not in ("messages.py", "library_messages.py", "words.py") else 700
    assert len(text.splitlines()) <= limit


def test_nothing_committed_names_a_machine_or_index() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        assert not re.search(r"https?://|--index|--find-links", lock.read_text("utf-8"))
