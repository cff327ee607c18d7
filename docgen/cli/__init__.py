"""The command line: reads the surroundings, calls one function a command, prints, and sets the exit code."""

from __future__ import annotations

import sys

from docgen.cli import output
from docgen.cli.commands import program
from docgen.diagnostics import DocgenError


def main() -> None:
    """Entry point of the `docgen` program."""
    try:
        program.main(prog_name="docgen", standalone_mode=True)
    except DocgenError as error:
        output.mistakes(error.diagnostics, as_json="--json" in sys.argv)
        sys.exit(1)
