"""Makes the library of the sample client by the commands that its people would have given: `python -m tests.story`.

The result takes the place of `content/demo/library`; run again, it is the same to the byte.
"""

from __future__ import annotations

import gc
import shutil
import sys
import tempfile
from pathlib import Path

from tests.story_first import acknowledged, first_issue
from tests.story_later import autumn, november, summer
from tests.story_teller import Story

ROOT = Path(__file__).parent.parent
LIBRARY = ROOT / "content" / "demo" / "library"
_MACHINERY = shutil.ignore_patterns(".lock", ".new-*", ".old-*")


def workspace(root: Path) -> Path:
    """A copy of content and templates without the library, and without the records that are still to be written."""
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, root / name, ignore=lambda folder, names: {"library", "records"} & set(names))
    return root


def told(root: Path) -> Path:
    """Tell the whole story in a new workspace; the library that it leaves."""
    story = Story(workspace(root))
    for chapter in (first_issue, acknowledged, summer, autumn, november):
        chapter(story)
    return root / "content" / "demo" / "library"


def main() -> None:
    """Tell the story and put its library in place of the old one."""
    gc.disable()  # As the program itself does.
    with tempfile.TemporaryDirectory() as folder:
        made, aside, old = told(Path(folder)), LIBRARY.with_name(".library-new"), LIBRARY.with_name(".library-old")
        shutil.rmtree(aside, ignore_errors=True)
        shutil.copytree(made, aside, ignore=_MACHINERY)
        if LIBRARY.exists():
            LIBRARY.rename(old)
        aside.rename(LIBRARY)
        shutil.rmtree(old, ignore_errors=True)
    sys.stdout.write(f"{LIBRARY}\n")


if __name__ == "__main__":
    main()
