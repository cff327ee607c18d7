"""How long the sample set takes, beside the bare engines on the same compositions: `make bench`.

Bare engines: one `pandoc lua` process a worker that reads each composition once and writes Word, HTML and Typst without
filters, then Typst compiling the same sources. Every figure is wall time in seconds; ratios compare figures of one run.
"""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from docgen.compose.composer import Composer
from docgen.compose.composition import Composition
from docgen.compose.crew import composed
from docgen.compose.views import in_order
from docgen.model.workspace import load
from docgen.publish.docx import reference
from docgen.publish.engine import EngineJob, ast_json, pandoc_path, write_batch
from docgen.publish.figures import draw
from docgen.publish.logo import logo_drawing
from docgen.publish.pdf import pdf
from docgen.publish.typesetter import Typesetter
from tests.bench_library import DOCUMENTS, VERSIONS, large
from tests.conftest import AS_OF, ROOT

BARE = """
local html = pandoc.WriterOptions{wrap_text = "none", number_sections = true}
local typst = pandoc.WriterOptions{wrap_text = "none"}
for line in io.lines(arg[1]) do
  local source, reference, out = line:match("^(.-)\\t(.-)\\t(.*)$")
  local file = io.open(source, "rb")
  local doc = pandoc.read(file:read("a"), "json")
  file:close()
  for ending, text in pairs{docx = pandoc.write(doc, "docx", pandoc.WriterOptions{reference_doc = reference}),
      html = pandoc.write(doc, "html5", html), typ = pandoc.write(doc, "typst", typst)} do
    local made = io.open(out .. "." .. ending, "wb")
    made:write(text)
    made:close()
  end
end
"""
ROWS = 5000
COLUMNS = {"id": 8, "title": 26, "source": 10, "field": 8, "level": 8, "strategy": 8, "owner": 20, "reviewed": 12}


class Recorder(Typesetter):
    """A typesetter that remembers what it was asked to set."""

    def __init__(self) -> None:
        super().__init__()
        self.documents: list[tuple[Mapping[str, bytes], date]] = []
        self.pictures: list[tuple[Mapping[str, bytes], float]] = []

    def pdf(self, sources: Mapping[str, bytes], day: date) -> bytes:
        """Set and remember."""
        self.documents.append((sources, day))
        return super().pdf(sources, day)

    def picture(self, sources: Mapping[str, bytes], resolution: float) -> tuple[bytes, bytes]:
        """Draw and remember."""
        self.pictures.append((sources, resolution))
        return super().picture(sources, resolution)


def timed(run: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def docgen(root: Path, *arguments: str) -> float:
    """Seconds of a whole docgen process."""
    command = [sys.executable, "-m", "docgen", *arguments]
    return timed(lambda: subprocess.run(command, cwd=root, check=True, capture_output=True))


def bare(compositions: Sequence[Composition], workers: int, folder: Path) -> float:
    """Seconds of pandoc and Typst alone on the compositions."""
    recorder = Recorder()
    brand = compositions[0].brand
    logo = logo_drawing(brand, recorder)
    references = {}
    for language in {composition.lang for composition in compositions}:
        references[language] = folder / f"reference-{language}.docx"
        shell = (ROOT / "templates" / language / "shell.docx").read_bytes()
        references[language].write_bytes(reference(shell, brand, logo))
    recorder.pictures.clear()
    jobs = []
    for number, composition in enumerate(compositions):
        (folder / f"{number}.json").write_bytes(ast_json(composition.blocks))
        formats = frozenset({"typst"})
        jobs.append(EngineJob(composition.blocks, formats, None, folder / str(number)))
    write_batch(jobs, folder)
    for job, composition in zip(jobs, compositions, strict=True):
        drawings = {figure.name: draw(figure, brand, composition.lang, recorder) for figure in composition.figures}
        pdf(composition, job.out.with_name(f"{job.out.name}.typ").read_text("utf-8"), drawings, recorder)
    work = folder / "work.pickle"
    bodies = [(str(job.out), str(references[one.lang])) for job, one in zip(jobs, compositions, strict=True)]
    work.write_bytes(pickle.dumps((bodies, workers, recorder.pictures, recorder.documents)))
    # A process of its own: Typst would know the pages from the recording.
    done = subprocess.run([sys.executable, "-m", "tests.bench", str(work)], cwd=ROOT, check=True, capture_output=True)
    return float(done.stdout)


def engines(work: Path) -> float:
    """Seconds of the recorded work, done by the engines alone."""
    bodies, workers, pictures, documents = pickle.loads(work.read_bytes())
    script = work.with_name("bare.lua")
    script.write_text(BARE)
    largest = sorted(bodies, key=lambda body: -Path(f"{body[0]}.json").stat().st_size)

    def run() -> None:
        running = []
        for worker in range(workers):
            listing = work.with_name(f"list-{worker}")
            listing.write_text("".join(f"{out}.json\t{ref}\t{out}\n" for out, ref in largest[worker::workers]))
            command = [str(pandoc_path()), "lua", str(script), str(listing)]
            running.append(subprocess.Popen(command, stderr=subprocess.DEVNULL))
        assert not any(process.wait() for process in running)
        typesetter = Typesetter()
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(lambda job: typesetter.picture(*job), pictures))
            list(pool.map(lambda job: typesetter.pdf(*job), documents))

    return timed(run)


def project(folder: Path) -> Path:
    """A copy of the sample content to change."""
    shutil.copytree(ROOT / "content", folder / "content")
    return folder


def long_register(folder: Path) -> None:
    """A client on top of the sample whose risk register has ROWS rows."""
    risks = load("demo", (ROOT / "content",)).content.risks.risks
    lines = ["risks:"]
    for number in range(ROWS):
        risk = risks[number % len(risks)]
        row = {
            "id": f"X-{number:04}",
            "source": risk.source,
            "field": risk.field,
            "strategy": risk.strategy,
            "owner": risk.owner,
            "reviewed": risk.reviewed.isoformat(),
            "actions": [],
            "rating": {"probability": str(risk.rating.probability), "impact": str(risk.rating.impact)},
            "residual": {"probability": str(risk.residual.probability), "impact": str(risk.residual.impact)},
            **{
                name: {"zh": getattr(risk, name).zh, "en": getattr(risk, name).en}
                for name in ("title", "cause", "effect")
            },
        }
        lines.append(f"- {json.dumps(row, ensure_ascii=False)}")
    client = folder / "content" / "long"
    client.mkdir()
    (client / "client.yaml").write_text("extends: demo\n")
    (client / "risks.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    for folder_name in ("registers", "documents"):
        (client / folder_name).mkdir()
    columns = [{"field": f, "title": {"zh": f, "en": f}, "width": w} for f, w in COLUMNS.items()]
    text = {"zh": "登记册", "en": "Register"}
    table = {"id": "long", "title": text, "rows": "risks.risks", "columns": columns}
    register = {"purpose": text, "use": text, "upkeep": text, "tables": [table]}
    (client / "registers" / "long.yaml").write_text(json.dumps(register, ensure_ascii=False), "utf-8")
    (client / "documents" / "SMS-RG-04.yaml").write_text("source: long\n")


def main() -> None:
    """Run everything once and print the figures."""
    workspace = load("demo", (ROOT / "content",))
    content = workspace.content
    composer = Composer(workspace, AS_OF)
    made, _ = composed(composer, in_order(content), content.client.languages, 1, lambda: None)
    compositions = [one.open() for one in made]
    as_of = f"--as-of={AS_OF.isoformat()}"
    figures: list[tuple[str, float, str]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for workers in (1, 2):
            root = project(folder / f"cold-{workers}")
            cold = docgen(root, "build", as_of, f"--jobs={workers}")
            engines = folder / f"engines-{workers}"
            engines.mkdir()
            floor = bare(compositions, workers, engines)
            figures.append((f"cold build, {workers} worker(s)", cold, f"{cold / floor:.2f} x bare engines"))
            figures.append((f"bare engines, {workers} worker(s)", floor, ""))
        figures.append(("no change", docgen(root, "build", as_of, "--jobs=2"), ""))
        changed = root / "content" / "demo" / "policy.yaml"
        changed.write_text(changed.read_text("utf-8").replace("en: ", "en: X", 1), "utf-8")
        figures.append(("one changed field", docgen(root, "build", as_of, "--jobs=2"), ""))
        figures.append(("check", docgen(root, "check", as_of), ""))
        figures.append(("docgen --help", docgen(root, "--help"), ""))
        long_register(root)
        register = docgen(
            root, "build", "SMS-RG-04", "--client=long", "--lang=zh", "--format=docx", "--format=pdf", as_of
        )
        figures.append((f"register of {ROWS} rows to Word and PDF", register, ""))
        figures += library(root, as_of)
        memory = peak(project(folder / "memory"), as_of)
    for what, seconds, note in figures:
        print(f"{what:<44}{seconds:8.2f} s  {note}")
    print(f"{'peak memory, cold build, 2 workers':<44}{memory:8.0f} MB")


def library(root: Path, as_of: str) -> list[tuple[str, float, str]]:
    """Seconds of what reads a large library, and of the redline of the longest document."""
    large(root)
    note = f"{DOCUMENTS} documents, {DOCUMENTS * VERSIONS} releases"
    figures = [
        (name, docgen(root, *name.split(), "--client=large", as_of), note) for name in ("status", "history", "due")
    ]
    started = time.perf_counter()
    docgen(root, "verify", "--client=large")
    size = sum(path.stat().st_size for path in (root / "content" / "large" / "library").rglob("*") if path.is_file())
    seconds = time.perf_counter() - started
    figures.append(("verify", seconds, f"{note}, {size / 1e6:.0f} MB"))
    profile = root / "content" / "demo" / "client.yaml"
    profile.write_text(profile.read_text("utf-8").replace("2011", "2012"), "utf-8")
    redline = docgen(root, "diff", "SMS-M-01", "--format=docx", as_of)
    return [*figures, ("redline of the manual to Word, both languages", redline, "")]


def peak(root: Path, as_of: str) -> float:
    """Largest memory of a cold build with two workers in MB: all its processes together, shared pages counted once."""
    command = [sys.executable, "-m", "docgen", "build", as_of, "--jobs=2"]
    running = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL)
    largest = 0
    while running.poll() is None:
        largest = max(largest, sum(map(proportional, tree(running.pid))))
        time.sleep(0.05)
    return largest / 1024


def tree(process: int) -> list[int]:
    """A process and all below it."""
    try:
        below = [int(c) for f in Path(f"/proc/{process}/task").glob("*/children") for c in f.read_text().split()]
    except OSError:
        below = []
    return [process, *(pid for child in below for pid in tree(child))]


def proportional(process: int) -> int:
    """Memory of a process in kB, pages shared with others counted in part (Pss)."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    if sys.argv[1:]:
        print(engines(Path(sys.argv[1])))
    else:
        main()
