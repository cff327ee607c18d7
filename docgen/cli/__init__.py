"""The command line: reads the surroundings, calls one function a command, prints, and sets the exit code."""

from __future__ import annotations

import gc
import sys

from docgen.cli import checking, control, covering, output
from docgen.cli.commands import program
from docgen.diagnostics import DocgenError

COMMANDS = (checking, control, covering)
"""Modules that add commands to the program."""


def main() -> None:
    """Entry point of the `docgen` program."""
    gc.disable()  # A run is short and leaves few cycles; collecting took half the time of composing.
    try:
        program.main(prog_name="docgen", standalone_mode=True)
    except DocgenError as error:
        output.mistakes(error.diagnostics, as_json="--json" in sys.argv)
        sys.exit(1)
