"""The two texts of a document: what counts as a disagreement, and which passages of a translation are stale."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen import messages
from docgen.checks import twins as checked
from docgen.checks.twins import SHORT
from docgen.compose import ast
from docgen.compose.composer import Composer
from docgen.compose.composition import Composition
from docgen.compose.facts import differences, facts
from docgen.compose.twins import Pairs
from docgen.diagnostics import Diagnostic, Span
from docgen.library.twins import Unit, disagreements, memory, paired, stale, units
from docgen.model.workspace import Workspace
from tests.conftest import AS_OF

Two = tuple[Composition, Composition]
SPAN = Span("content/demo/documents/SMS-PR-20.yaml")


def at(place: str, text: str) -> Unit:
    """A unit at a place that is told as it is."""
    return Unit(((place, ()),), text)


@pytest.fixture(scope="module")
def twins(demo: Workspace) -> dict[str, Two]:
    """Every document of the sample in Chinese and English."""
    composer = Composer(demo, AS_OF)
    return {code: (composer.compose(code, "zh"), composer.compose(code, "en")) for code in demo.content.documents}


@pytest.fixture(scope="module")
def two(twins: dict[str, Two]) -> Two:
    """The change procedure in Chinese and English."""
    return twins["SMS-PR-20"]


def written(composition: Composition, blocks: list[ast.Node]) -> Composition:
    """A composition with another body and no figures."""
    return replace(composition, blocks=blocks, figures=())


def texts(composition: Composition) -> list[str]:
    return [unit.text for unit in units(composition.blocks)]


# Places


def test_places_are_told_as_a_reader_counts(two: Two) -> None:
    cell, item = ast.cell([ast.para(ast.text("a"))]), [ast.plain(ast.text("b"))]
    blocks = [
        ast.para(ast.text("before")),
        ast.header(1, ast.attr("one"), ast.text("One")),
        ast.header(2, ast.attr("two"), ast.text("Two")),
        ast.para(ast.text("p")),
        ast.bullets([item, [*item, ast.para(ast.text("more"))]]),
        ast.table(ast.attr(), ast.text("Table 1 T"), (1, 1), ast.row([cell, cell]), [ast.row([cell, cell])]),
        ast.table(ast.attr(), [], (1,), ast.row([cell]), [ast.row([ast.cell([ast.bullets([item])])])]),
    ]
    assert [unit.place for unit in units(blocks)] == [
        "paragraph 1",
        "1, heading",
        "1.1, heading",
        "1.1, paragraph 1",
        "1.1, list 1 item 1",
        "1.1, list 1 item 2 part 1",
        "1.1, list 1 item 2 part 2",
        "1.1, table 1 caption",
        "1.1, table 1 head column 1",
        "1.1, table 1 head column 2",
        "1.1, table 1 row 1 column 1",
        "1.1, table 1 row 1 column 2",
        "1.1, unnumbered table head column 1",
        "1.1, unnumbered table row 1 column 1 item 1",
    ]
    chinese = [unit.place for unit in units(blocks, "zh")]
    assert chinese[5] == "1.1 列表1第2项第1段" and chinese[10] == "1.1 表1第1行第1列"


def test_every_text_of_the_body_is_in_a_unit(two: Two) -> None:
    for composition in two:
        strings = re.findall(r'"t": "Str", "c": ("(?:[^"\\]|\\.)*")', json.dumps(composition.blocks))
        everything = "".join(texts(composition)).replace(" ", "")
        assert len(strings) > 500
        images = json.dumps([node for node in ast.walk(composition.blocks) if node["t"] == "Figure"])
        for string in strings:
            assert json.loads(string).replace(" ", "") in everything or string in images


# Figures


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("15分钟内响应", "respond within 15 minutes"),
        ("自2026年3月16日起", "from 16 March 2026"),
        ("自2026年3月16日起", "from 2026-03-16"),
        ("2026-03-16前", "before March 16, 2026"),
        ("2025年10月至12月", "October to December 2025"),
        ("5月底前", "by the end of May"),
        ("10万元", "100,000 yuan"),
        ("10万元", "10 ×10,000 yuan"),
        ("1.6亿元", "160 million yuan"),
        ("可用性≥99.9%", "availability ≥ 99.9 per cent"),
        ("每周7天、每天24小时", "24 hours a day, seven days a week"),
        ("7×24小时服务", "round-the-clock service"),
        ("24小时内", "within 24 hours"),
        ("见第3章和8.5.1.3", "see clause 3 and 8.5.1.3"),
        ("每3个工作日一次", "every 3 working days"),
        ("提前3个工作日", "a 3-working-day notice"),
        ("两个工作日", "2 working days"),
        ("3次失败", "three failures"),
        ("每月最后1个工作日", "the last working day of each month"),
        ("每周三、周六22:00至次日04:00", "Wednesdays and Saturdays from 22:00 to 04:00"),
        ("每周一次，每两周五次", "once a week, five times every two weeks"),
        ("一致、统一、一旦、第三方、二线、四舍五入", "consistent, uniform, once, the other party, rounded"),
        ("三家客户都同意", "all customers agree"),
        ("按《变更管理程序》（SMS-PR-20）和SMS-PR-20-F01", "see Change management (SMS-PR-20), form SMS-PR-20-F01"),
        ("按SMS-PR-20办理，SMS-PR-20另有规定的除外", "as SMS-PR-20 says, unless it says otherwise"),
        ("２０名用户，占５％", "20 users, 5%"),
        ("15分钟", "15\u00a0minutes"),
        ("P1至P4事件", "incidents of P1 to P4"),
        ("ISO/IEC 20000-1:2018第8.5条", "clause 8.5 of ISO/IEC 20000-1:2018"),
        ("文件可以修改，四月除外", "the document may change"),
    ],
)
def test_the_same_said_in_both_languages_is_no_disagreement(chinese: str, english: str) -> None:
    assert differences(facts(chinese, "zh"), facts(english, "en")) == ((), ())
    assert differences(facts(english, "en"), facts(chinese, "zh")) == ((), ())


@pytest.mark.parametrize(
    ("chinese", "english", "only"),
    [
        ("15分钟", "16 minutes", (("15分钟",), ("16 minutes",))),
        ("15分钟", "15 hours", (("15分钟",), ("15 hours",))),
        ("5个工作日", "5 days", (("5个工作日",), ("5 days",))),
        ("3个月", "in March", (("3个月",), ("March",))),
        ("≥99.9%", "≤ 99.9%", (("≥99.9%",), ("≤ 99.9%",))),
        ("2026年3月16日", "16 April 2026", (("3月",), ("April",))),
        ("2026年3月16日", "16 March 2027", (("2026年",), ("2027",))),
        ("2026年3月16日", "2026-03-17", (("16",), ("2026-03-17",))),
        ("见SMS-PR-20", "see SMS-PR-21", (("SMS-PR-20",), ("SMS-PR-21",))),
        ("P1、P2事件，P1优先", "P1 and P2 incidents, P2 first", (("P1",), ("P2",))),
        ("R-02", "the risk", (("R-02",), ())),
        ("见8.5.1", "see 8.5.2", (("8.5.1",), ("8.5.2",))),
        ("4.1", "4.10", (("4.1",), ("4.10",))),
        ("22:00", "21:00", (("22:00",), ("21:00",))),
        ("每周三", "every Tuesday", (("周三",), ("Tuesday",))),
        ("10万元", "10,000 yuan", (("10万元",), ("10,000 yuan",))),
        ("响应", "respond within 15 minutes", ((), ("15 minutes",))),
        ("5人以上，5人以下", "5 or more", (("5",), ())),
        ("两家客户", "three customers", (("两",), ("three",))),
        ("在1个工作日内，双方签字一次", "within 2 working days, both sign once", (("1个工作日",), ("2 working days",))),
        ("每周7天、每天12小时", "24 hours a day, seven days a week", (("7天", "12小时"), ())),
    ],
)
def test_a_figure_of_one_side_only_is_found(
    chinese: str, english: str, only: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    assert differences(facts(chinese, "zh"), facts(english, "en")) == only
    assert differences(facts(english, "en"), facts(chinese, "zh")) == only[::-1]


@given(st.text(max_size=80), st.text("0123456789,.:-%年月日万亿一二十两个 <≥AZ/", max_size=300))
def test_no_text_is_too_strange(text: str, figures: str) -> None:
    for strange in (text, figures):
        for language in ("zh", "en"):
            assert differences(facts(strange, language), facts(strange, language)) == ((), ())


def test_a_very_long_number_is_a_number() -> None:
    for text in ("9" * 20_000, "亿" * 20_000, "1," * 20_000, "A-" * 20_000, "1." * 20_000):
        assert differences(facts(text, "zh"), facts(text, "zh")) == ((), ())


# The sample


def test_the_sample_agrees_in_both_languages(twins: dict[str, Two]) -> None:
    for code, (chinese, english) in twins.items():
        assert disagreements(chinese, english) == (), code
        assert paired(chinese, english).parted == ()


def test_every_changed_digit_of_the_sample_is_found(twins: dict[str, Two]) -> None:
    missed = total = 0
    for chinese, english in twins.values():
        for ours, theirs in paired(chinese, english).aligned[::5]:
            if ours.text == theirs.text:
                continue
            for place in re.finditer(r"\d", theirs.text):
                digit = str((int(place[0]) + 1) % 10)
                changed = theirs.text[: place.start()] + digit + theirs.text[place.end() :]
                total += 1
                missed += differences(facts(ours.text, "zh"), facts(changed, "en")) == ((), ())
    assert total > 1000
    assert missed <= total // 500


# Shapes


def tables(composition: Composition) -> list[ast.Node]:
    return [node for node in ast.walk(composition.blocks) if node["t"] == "Table"]


def drop_row(composition: Composition) -> None:
    tables(composition)[2]["c"][4][0][3].pop()


def drop_column(composition: Composition) -> None:
    table = tables(composition)[2]
    table["c"][2].pop()
    for row in [*table["c"][3][1], *table["c"][4][0][3]]:
        row[1].pop()


def drop_item(composition: Composition) -> None:
    next(node for node in ast.walk(composition.blocks) if node["t"] == "BulletList")["c"].pop()


def add_paragraph(composition: Composition) -> None:
    composition.blocks.insert(1, ast.para(ast.text("More")))


def drop_heading(composition: Composition) -> None:
    composition.blocks.remove(next(node for node in composition.blocks if node["t"] == "Header"))


def raise_level(composition: Composition) -> None:
    next(node for node in composition.blocks if node["t"] == "Header" and node["c"][0] == 2)["c"][0] = 1


def number_list(composition: Composition) -> None:
    node = next(node for node in ast.walk(composition.blocks) if node["t"] == "BulletList")
    node.update(t="OrderedList", c=[[1, {"t": "Decimal"}, {"t": "Period"}], node["c"]])


@pytest.mark.parametrize(
    "spoil", [drop_row, drop_column, drop_item, add_paragraph, drop_heading, raise_level, number_list]
)
def test_a_difference_in_shape_is_found_and_ends_with_its_section(
    two: Two, spoil: Callable[[Composition], None]
) -> None:
    chinese, english = two
    spoilt = replace(english, blocks=json.loads(json.dumps(english.blocks)))
    spoil(spoilt)
    for found in (disagreements(chinese, spoilt), disagreements(spoilt, chinese)):
        assert 1 <= len([d for d in found if d.kind == "shape"]) <= 2
        assert all(d.shapes and d.shapes[0] != d.shapes[1] for d in found if d.kind == "shape")
    assert len(paired(chinese, spoilt).aligned) > len(paired(chinese, english).aligned) // 2


def test_a_missing_translation_is_found(two: Two) -> None:
    governing = written(two[0], [ast.para(ast.text("内容"))])
    empty = written(two[1], [ast.para([])])
    assert [found.kind for found in disagreements(governing, empty)] == ["empty"]


def test_figures_of_pictures_and_titles_are_compared(two: Two) -> None:
    chinese, english = two
    figure = english.figures[0]
    other = replace(english, figures=(replace(figure, alt=f"{figure.alt} 17"), *english.figures[1:]))
    assert [found.only_twin for found in disagreements(chinese, other)] == [("17",)]
    titled = replace(english, front=replace(english.front, title="Change 99"))
    assert [found.only_twin for found in disagreements(chinese, titled)] == [("99",)]


# Messages


def told(governing: Composition, twin: Composition) -> list[tuple[str, str, str]]:
    rows = []
    for one in disagreements(governing, twin):
        values = {"document": governing.code, **checked.told(one, governing.lang, twin.lang)}
        found = Diagnostic({"figures": "DC-50"}.get(one.kind, f"DC-50-{one.kind}"), SPAN, values)
        rows.append((found.code, messages.what(found, "en"), messages.what(found, "zh")))
    return rows


def test_messages_name_place_and_difference_whichever_text_governs(two: Two) -> None:
    chinese = written(two[0], [ast.para(ast.text("在15分钟内响应。"))])
    english = written(two[1], [ast.para(ast.text("Respond within 16 minutes."))])
    expected = [
        (
            "DC-50",
            "SMS-PR-20, paragraph 1: the languages differ in figures or codes; only Chinese: 15分钟; "
            "only English: 16 minutes; “在15分钟内响应。” against “Respond within 16 minutes.”",
            "SMS-PR-20，第1段：中英文的数值、日期或编号不一致；仅中文有：15分钟；仅英文有：16 minutes；"
            "中文“在15分钟内响应。”，英文“Respond within 16 minutes.”",
        )
    ]
    assert told(chinese, english) == told(english, chinese) == expected


def test_messages_say_what_stands_where_shapes_part(two: Two) -> None:
    item = [ast.plain(ast.text("x"))]
    chinese = written(two[0], [ast.bullets([item, item])])
    english = written(two[1], [ast.bullets([item])])
    assert told(chinese, english) == [
        (
            "DC-50-shape",
            "SMS-PR-20, list 1: the languages differ in shape; Chinese: list (length 2), English: list (length 1)",
            "SMS-PR-20，列表1：中英文结构不一致，中文为2项的列表，英文为1项的列表",
        )
    ]
    nothing = written(two[1], [])
    assert "Chinese: list (length 2), English: nothing" in told(chinese, nothing)[0][1]


def test_messages_shorten_long_texts_around_the_difference(two: Two) -> None:
    chinese = written(two[0], [ast.para(ast.text("文" * 300 + "15分钟" + "字" * 300))])
    english = written(two[1], [ast.para([])])
    ((code, _, _),) = told(chinese, english)
    assert code == "DC-50-empty"
    english = written(two[1], [ast.para(ast.text("word " * 300))])
    ((_, sentence, _),) = told(chinese, english)
    assert "文15分钟字" in sentence and len(sentence) < 4 * SHORT


# Memory


@st.composite
def bodies(draw: st.DrawFn) -> tuple[list[ast.Node], list[ast.Node]]:
    """Two bodies of one shape whose texts all differ."""
    counter = iter(range(10**6))

    def both(make: Callable[[int], ast.Node]) -> tuple[ast.Node, ast.Node]:
        number = next(counter)
        return make(number), make(-number - 1)

    def paragraph() -> tuple[ast.Node, ast.Node]:
        return both(lambda number: ast.para(ast.text(f"t{number}")))

    found: list[tuple[Any, Any]] = []
    for kind in draw(st.lists(st.sampled_from(["para", "head", "list", "table"]), min_size=1, max_size=12)):
        if kind == "para":
            found.append(paragraph())
        elif kind == "head":
            name = f"h{next(counter)}"
            found.append(both(lambda number, name=name: ast.header(1, ast.attr(name), ast.text(f"t{number}"))))  # type: ignore[misc]
        else:
            items = [paragraph() for _ in range(draw(st.integers(1, 3)))]
            sides = [[pair[side] for pair in items] for side in (0, 1)]
            if kind == "list":
                found.append((ast.bullets([[n] for n in sides[0]]), ast.bullets([[n] for n in sides[1]])))
            else:
                found.append((grid(sides[0]), grid(sides[1])))
    return [pair[0] for pair in found], [pair[1] for pair in found]


def grid(cells: list[ast.Node]) -> ast.Node:
    """A table of one row under an empty head."""
    row, head = ast.row([ast.cell([cell]) for cell in cells]), ast.row([ast.cell([]) for _ in cells])
    return ast.table(ast.attr(), [], [1.0] * len(cells), head, [row])


def leaves(blocks: list[ast.Node]) -> Iterator[list[ast.Node]]:
    """The inlines of every text, to be changed in place."""
    for node in json_nodes(blocks):
        if node["t"] in ("Para", "Header"):
            yield node["c"] if node["t"] == "Para" else node["c"][2]


def json_nodes(value: Any) -> Iterator[ast.Node]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from json_nodes(inner)


def copied(blocks: list[ast.Node]) -> list[ast.Node]:
    copy: list[ast.Node] = json.loads(json.dumps(blocks))
    return copy


def changed(blocks: list[ast.Node], chosen: set[int], mark: str) -> list[ast.Node]:
    """The blocks with some of their texts changed."""
    copy = copied(blocks)
    for number, inlines in enumerate(leaves(copy)):
        if number in chosen:
            inlines.append({"t": "Str", "c": mark})
    return copy


sides = st.booleans()


@given(bodies(), sides, st.data())
@settings(max_examples=60)
def test_exactly_what_changed_on_the_governing_side_only_is_stale(
    two: Two, body: tuple[list[ast.Node], list[ast.Node]], english_governs: bool, data: st.DataObject
) -> None:
    governing, twin = two[::-1] if english_governs else two
    source, translation = copied(body[0]), copied(body[1])
    count = len(list(leaves(source)))
    ours = data.draw(st.sets(st.integers(0, count - 1)))
    theirs = data.draw(st.sets(st.integers(0, count - 1)))
    before = paired(written(governing, source), written(twin, translation))
    remembered = memory(before)
    assert stale(before, remembered) == ()

    source, translation = changed(source, ours, "!"), changed(translation, theirs, "?")
    after = paired(written(governing, source), written(twin, translation))
    texts_after = [ast.flat(inlines) for inlines in leaves(translation)]
    left_behind = {texts_after[number] for number in ours - theirs}
    assert {unit.text for unit in stale(after, remembered)} == left_behind
    assert {unit.place for unit in stale(after, remembered)} <= {unit.place for _, unit in after.aligned}

    kept = memory(after, remembered)
    assert stale(after, kept) == stale(after, remembered)
    assert stale(after, memory(after)) == ()
    assert kept == sorted(kept) and len({tuple(line) for line in kept}) == len(kept)


@given(bodies(), st.data())
@settings(max_examples=40)
def test_a_paragraph_added_to_the_source_leaves_the_rest_as_it_was(
    two: Two, body: tuple[list[ast.Node], list[ast.Node]], data: st.DataObject
) -> None:
    source, translation = copied(body[0]), copied(body[1])
    remembered = memory(paired(written(two[0], source), written(two[1], translation)))
    at = data.draw(st.integers(0, len(source)))
    number = data.draw(st.integers(0, len(list(leaves(source))) - 1))
    longer = changed(source, {number}, "!")
    longer.insert(at, ast.para(ast.text("new")))
    after = paired(written(two[0], longer), written(two[1], translation))
    assert len(after.parted) == 1
    expected = ast.flat(list(leaves(translation))[number])
    assert [unit.text for unit in stale(after, remembered)] == [expected]
    assert stale(after, memory(after, remembered)) == stale(after, remembered)


def test_memory_is_short_hashes_of_texts_that_differ(two: Two) -> None:
    pairs = paired(*two)
    lines = memory(pairs)
    assert lines == sorted(lines) and len(lines) > 100
    assert all(re.fullmatch("[0-9a-f]{16}", text) for line in lines for text in line)
    same = Pairs(((at("1", "SMS"), at("1", "SMS")), (at("2", "空"), at("2", ""))))
    assert memory(same) == []


def test_a_text_translated_twice_from_different_sources_is_not_stale_in_either_place() -> None:
    pairs = Pairs(
        (
            (at("1", "岗位"), at("1", "Role")),
            (at("2", "角色"), at("2", "Role")),
        )
    )
    remembered = memory(pairs)
    assert len(remembered) == 2 and stale(pairs, remembered) == ()
    assert stale(Pairs(((at("1", "职务"), at("1", "Role")),)), remembered) == (at("1", "Role"),)


def test_what_is_new_or_reads_alike_in_both_languages_is_not_stale() -> None:
    remembered = memory(Pairs(((at("1", "旧"), at("1", "PDF")),)))
    assert stale(Pairs(((at("1", "PDF"), at("1", "PDF")),)), remembered) == ()
    assert stale(Pairs(((at("1", "新"), at("1", "new")),)), remembered) == ()


def test_disagreement_says_both_places(two: Two) -> None:
    chinese = written(two[0], [ast.para(ast.text("3天"))])
    english = written(two[1], [ast.para(ast.text("4 days"))])
    (one,) = disagreements(chinese, english)
    assert (one.kind, one.shapes, one.only_governing, one.only_twin) == ("figures", None, ("3天",), ("4 days",))
    assert [(unit.place, unit.text) for unit in (one.governing, one.twin)] == [
        ("第1段", "3天"),
        ("paragraph 1", "4 days"),
    ]
