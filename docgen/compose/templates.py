"""The templates: Jinja in a sandbox, every printed value left as a slot for the Markdown stage."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.runtime import Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from docgen.diagnostics import Diagnostic, DocgenError, Language, Span, fail

MAX_OUTPUT = 4_000_000
MAX_LOOPS = 200_000


class _TooMuchError(Exception):
    """A template ran or printed beyond its bounds."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which repetition by `*` and `**` is bounded as well."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Jinja's own answer, which follows from the type and the name alone and is asked for at every access."""
        key = type(obj), attr
        if key not in self._safe:
            self._safe[key] = super().is_safe_attribute(obj, attr, value)
        return self._safe[key]

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not (isinstance(left, int | float) and isinstance(right, int | float)):
            raise SecurityError(f"operator {operator} on these values")
        return super().call_binop(context, operator, left, right)


class Templates:
    """The templates of one language, compiled once; `render` is not re-entrant."""

    def __init__(self, folders: Sequence[Path], language: Language) -> None:
        self.language = language
        self.slots: list[Any] = []
        self._loops = 0
        self._environment = _Sandbox(
            loader=jinja2.FileSystemLoader([str(folder) for folder in folders]),
            undefined=jinja2.StrictUndefined,
            autoescape=True,
            finalize=self._slot,
            comment_start_string="{##",
            comment_end_string="##}",
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self._environment.globals = {"range": self._range}
        self._environment.filters = {
            name: self._environment.filters[name]
            for name in (
                "length",
                "first",
                "last",
                "sort",
                "list",
                "selectattr",
                "rejectattr",
                "map",
                "default",
                "select",
                "reject",
                "groupby",
                "join",
                "unique",
                "string",
                "int",
            )
        }

    def render(self, name: str, context: Mapping[str, Any]) -> tuple[str, list[Any]]:
        """The template's text with slots, and the values of the slots.

        Raises DocgenError at the template's line for an undefined name, a forbidden access, a loop without end.
        """
        self.slots, self._loops = [], 0
        parts: list[str] = []
        size = 0
        try:
            for part in self._environment.get_template(f"{name}.md").generate(context):
                size += len(part)
                if size > MAX_OUTPUT:
                    raise _TooMuchError
                parts.append(part)
        except jinja2.TemplateSyntaxError as error:
            span = Span(self._shown(error.filename or name), error.lineno)
            raise fail("template-syntax", span, problem=error.message or "") from error
        except DocgenError:
            raise
        except Exception as error:
            raise DocgenError([self._diagnostic(name, error)]) from error
        return "".join(parts), self.slots

    def has(self, name: str) -> bool:
        """Whether there is a template of that name."""
        return f"{name}.md" in self._environment.list_templates()

    def source(self, name: str) -> tuple[str, str]:
        """A template's own text and the path to show for it."""
        loader = self._environment.loader
        assert loader is not None
        text, path, _ = loader.get_source(self._environment, f"{name}.md")
        return text, self._shown(path or name)

    @jinja2.pass_context
    def _slot(self, context: Any, value: Any) -> Any:
        if isinstance(value, Markup):
            return value
        if isinstance(value, Undefined):
            str(value)
        self.slots.append(value)
        return Markup(f"\ue000{len(self.slots) - 1}\ue001")

    def _range(self, *bounds: int) -> range:
        numbers = range(*bounds)
        self._loops += len(numbers)
        if self._loops > MAX_LOOPS:
            raise _TooMuchError
        return numbers

    def _diagnostic(self, name: str, error: Exception) -> Diagnostic:
        frames = traceback.extract_tb(error.__traceback__)
        here = [frame for frame in frames if frame.filename.endswith(".md")]
        span = Span(self._shown(here[-1].filename), here[-1].lineno or 1) if here else Span(f"{name}.md")
        if isinstance(error, jinja2.UndefinedError):
            return Diagnostic("template-undefined", span, {"problem": error.message or ""})
        if isinstance(error, _TooMuchError | RecursionError | MemoryError | OverflowError):
            return Diagnostic("template-endless", span)
        if isinstance(error, SecurityError):
            return Diagnostic("template-forbidden", span, {"problem": str(error)})
        return Diagnostic("template-failed", span, {"problem": re.sub(r"0x[0-9a-f]+", "", str(error))})

    def _shown(self, path: str) -> str:
        parts = Path(path).parts
        for mark in ("content", "templates"):
            if mark in parts:
                return "/".join(parts[parts.index(mark) :])
        return path
