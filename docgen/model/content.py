"""Written content that templates share: sections, procedures, registers, forms and agreements."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from docgen.model.quantity import Quantity
from docgen.model.text import ClauseRef, Day, DocumentRef, Id, IndicatorRef, Model, Name, RoleRef, Text, Word


class Column(Model):
    """A column of a table written in the content."""

    id: Id
    title: Text
    width: float = Field(gt=0, le=100)
    """Share of the table's width; shares need not add up to 100."""


class Table(Model):
    """A small table written in the content, with the same cells in every language."""

    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[dict[str, Name], ...]
    """One map a row: column id -> text."""

    @model_validator(mode="after")
    def _cells_match(self) -> Self:
        known = {str(column.id) for column in self.columns}
        for number, row in enumerate(self.rows, 1):
            if set(row) != known:
                named = {"row": str(number), "columns": ", ".join(sorted(known ^ set(row)))}
                raise PydanticCustomError("table_cells", "cells", named)
        return self


class ListColumn(Model):
    """A column of a list: which field of a row it shows."""

    field: Word
    """Attribute of the row, dotted (`owner`, `residual.impact`)."""
    title: Text
    width: float = Field(gt=0, le=100)
    meaning: Text | None = None
    """What the field means and how it is filled, for a register's table of field definitions."""


class DataList(Model):
    """A table laid out from data: what it lists and its columns."""

    id: Id
    title: Text
    intro: Text | None = None
    rows: Word
    """The data, dotted from the workspace: `risks.risks`, `services.services`, `master_list`, `clause_matrix`."""
    columns: tuple[ListColumn, ...]
    landscape: bool = True
    living: bool = False
    """Whether its entries are kept up while the document stays as issued; they are not part of what is signed."""


class Section(Model):
    """A titled section of text; its texts may hold Markdown with lists, references and directives."""

    id: Id
    title: Text
    clauses: tuple[ClauseRef, ...] = ()
    text: Text | None = None
    table: Table | None = None
    """Printed after the text."""
    list: DataList | None = None
    """A table laid out from data, printed after the text and the table."""
    sections: tuple[Section, ...] = ()
    """Sections one level below."""


class Term(Model):
    """A term used in a document."""

    id: Id
    term: Text
    meaning: Text


class Responsibility(Model):
    """What one role does in a procedure; `id` is the role."""

    id: RoleRef
    duties: Text


class Next(Model):
    """A way on from a step of a procedure."""

    to: Word
    """Id of a step."""
    when: Name | None = None
    """The answer that leads there, on the arrow of the flow figure."""


class Step(Model):
    """A step of a procedure: who does what, with what, by when, leaving which record."""

    id: Id
    kind: Literal["step", "decision", "end"] = "step"
    """`decision` is drawn as a question, `end` closes the flow."""
    role: RoleRef
    title: Text
    """A few words, for the flow figure and the step table."""
    text: Text
    """What is done, in full sentences."""
    input: Text
    output: Text
    limit: Text
    """Time limit; name parameters, not numbers."""
    record: Name
    """The record it leaves, as a reference to a form or the name of an entry."""
    next: tuple[Next, ...] = ()
    """Where it goes on; without it the next step of the list."""


class Record(Model):
    """A record that a procedure leaves."""

    id: Id
    name: Name
    keeper: RoleRef
    retention: Quantity
    medium: Name


class Procedure(Model):
    """A procedure (`procedures/<name>.yaml`); all procedures share one template."""

    purpose: Text
    scope: Text
    terms: tuple[Term, ...] = ()
    responsibilities: tuple[Responsibility, ...]
    principles: tuple[Section, ...] = ()
    """Rules that hold before and throughout the steps (sections of chapter 5)."""
    steps: tuple[Step, ...]
    cases: tuple[Section, ...] = ()
    """Hard cases and rules after the steps (sections of chapter 6)."""
    indicators: tuple[IndicatorRef, ...]
    related: tuple[DocumentRef, ...]
    records: tuple[Record, ...]

    @model_validator(mode="after")
    def _steps_lead_somewhere(self) -> Self:
        known = {str(step.id) for step in self.steps}
        for step in self.steps:
            for way in step.next:
                if str(way.to) not in known:
                    raise PydanticCustomError("unknown_step", "unknown step", {"step": str(way.to)})
        return self


class RegisterFigure(Model):
    """A figure of a register."""

    id: Literal["risk_matrix", "objective_tree", "organization"]
    title: Text


class Register(Model):
    """A register (`registers/<name>.yaml`); all registers share one template."""

    purpose: Text
    use: Text
    """How to read and use it."""
    upkeep: Text
    """Who updates it, when, and how often it is checked."""
    sections: tuple[Section, ...] = ()
    """Further sections before the tables, such as criteria."""
    figures: tuple[RegisterFigure, ...] = ()
    tables: tuple[DataList, ...]


class FormField(Model):
    """A field of a form."""

    id: Id
    label: Text
    kind: Literal["text", "area", "choice", "date", "sign"] = "text"
    """`area` is a tall blank, `choice` prints its options with boxes, `sign` has name and date."""
    options: tuple[Name, ...] = ()
    hint: Text | None = None
    """Small print under the label."""
    half: bool = False
    """Shares its row with the next field that is also half."""


class FormGrid(Model):
    """Rows to be filled in a form: a list of things checked, handed out, counted."""

    columns: tuple[Column, ...]
    lines: tuple[Text, ...] = ()
    """What the first column of the first rows already says."""
    blank: int = Field(default=0, ge=0, le=40)
    """Empty rows after those."""


class FormPart(Model):
    """A titled part of a form: labelled fields, then rows, then signatures."""

    id: Id
    title: Text
    filled_by: RoleRef
    """Who answers for its being filled in."""
    by: Text | None = None
    """Printed instead of that role, where several roles or people outside fill it in."""
    fields: tuple[FormField, ...] = ()
    grid: FormGrid | None = None


class Form(Model):
    """A blank record form (`forms/<name>.yaml`); all forms share one template."""

    purpose: Text
    instructions: Text
    retention: Quantity
    retained_from: Text | None = None
    """When the retention period begins, if not with the closing of the form: "the end of the contract"."""
    keeper: RoleRef
    parts: tuple[FormPart, ...]


class FilledForm(Model):
    """A form that was filled in (`records/<FORM>/<NUMBER>.yaml`): a record."""

    date: Day
    """When it was closed."""
    version: Word
    """Version of the form it was written on."""
    values: dict[str, Name] = {}
    """What was written, by field id; of a choice the numbers of the options ticked, counted from 1."""
    rows: dict[str, tuple[tuple[Name, ...], ...]] = {}
    """The rows of a part's grid, by part id."""


class Paper(Model):
    """A document written in sections (`papers/<name>.yaml`): a plan, a policy, an order; all share one template."""

    purpose: Text
    """First words, printed before the sections without a heading of their own."""
    sections: tuple[Section, ...]


class Action(Model):
    """One action of a work instruction: who does what, and how one sees that it is done."""

    id: Id
    role: RoleRef
    text: Text
    check: Text
    """What is seen, measured or written when the action has succeeded."""


class Task(Model):
    """A task of a work instruction: actions in order."""

    id: Id
    title: Text
    when: Text
    """When the task is done, and how long it may take."""
    actions: tuple[Action, ...]


class Instruction(Model):
    """A work instruction (`instructions/<name>.yaml`); all instructions share one template."""

    purpose: Text
    scope: Text
    preconditions: Text
    """What has to be at hand before one starts: access, tools, knowledge, approvals."""
    rules: tuple[Section, ...] = ()
    """Rules, scales and tables that the tasks use."""
    tasks: tuple[Task, ...]
    trouble: tuple[Section, ...]
    """What to do when something does not go as written."""
    related: tuple[DocumentRef, ...]
    records: Text
    """What is written down, where, and how long it is kept."""


class Agreement(Model):
    """An agreement's general terms (`agreements/<name>.yaml`); schedules come from the services."""

    purpose: Text
    sections: tuple[Section, ...]
    """Sections before the service schedules."""
    closing: tuple[Section, ...]
    """Sections after them."""
