"""The commands `check` and `explain` as a user meets them: forms of the report, choosing rules, explanations."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from docgen.checks.families import CODES
from docgen.findings import ELSEWHERE
from tests.conftest import ROOT
from tests.program import DAY, run
from tests.reading import Page

HAN = re.compile("[\u4e00-\u9fff]")
RULES = ("--select", "TM,DC-3", "--as-of", DAY)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a client like the sample, with one error, one warning and one waiver."""
    folder = tmp_path_factory.mktemp("checked")
    (folder / "content" / "odd").mkdir(parents=True)
    for name in ("base", "extended", "demo"):
        (folder / "content" / name).symlink_to(ROOT / "content" / name)
    texts = {
        "client": "extends: demo\n",
        "policy": "explanation:\n  zh: 服务管理系统和剩余风险，见XXXX。\n  en: Words & <more>.\n",
        "waivers": "waivers:\n- {code: DC-34, where: policy, until: 2026-12-31, by: TM,"
        " reason: {zh: 待确定, en: To be decided}}\n",
    }
    for name, text in texts.items():
        (folder / "content" / "odd" / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def found(root: Path, *arguments: str, **more: str) -> str:
    """What check prints on standard output, where there is an error."""
    ended = run(root, "check", "--client", "odd", *RULES, *arguments, **more)
    assert (ended.returncode, ended.stderr) == (1, ""), ended.stderr
    return ended.stdout


def own(diagnostics: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in diagnostics if "/odd/" in one["file"]]


def test_json_tells_findings_and_what_is_waived(root: Path) -> None:
    for arguments in (("--json",), ("--format", "json")):
        data = json.loads(found(root, *arguments))
        told = [(one["code"], one["severity"], one["line"], one["column"]) for one in own(data["diagnostics"])]
        assert told == [("TM-01", "error", 2, 7), ("TM-02", "warning", 2, 14)]
        (waived,) = own(data["waived"])
        assert waived["code"] == "DC-34" and waived["waiver"]["by"] == "TM"


def test_sarif_is_what_build_servers_take(root: Path) -> None:
    log = json.loads(found(root, "--format", "sarif"))
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-2.1.0.json")
    (made,) = log["runs"]
    rules = made["tool"]["driver"]["rules"]
    for result in made["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note") and result["message"]["text"]
        (place,) = (location["physicalLocation"] for location in result["locations"])
        assert not place["artifactLocation"]["uri"].startswith(("/", "file:"))
        assert place["region"]["startLine"] > 0 and place["region"]["startColumn"] > 0
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in rules)
    (waived,) = (result for result in made["results"] if result.get("suppressions"))
    assert waived["ruleId"] == "DC-34" and waived["suppressions"][0]["justification"] == "To be decided"


@pytest.mark.parametrize(("lang", "tag"), [("zh", "zh-CN"), ("en", "en")])
def test_html_is_one_page_that_needs_nothing_else(root: Path, lang: str, tag: str) -> None:
    html = found(root, "--format", "html", DOCGEN_LANG=lang)
    page = Page(html)
    assert f'<html lang="{tag}">' in html and not re.search(r"(?:src|href)=|@import|url\(", html)
    text = page.all("body")[0].text
    assert "TM-01" in text and ("服务管理系统" in text) and bool(HAN.search(page.all("h1")[0].text)) == (lang == "zh")


def test_text_names_what_is_waived(root: Path) -> None:
    ended = run(root, "check", "--client", "odd", *RULES)
    assert ended.returncode == 1 and "error TM-01: “服务管理系统” is wrong" in ended.stderr
    assert "content/odd/policy.yaml:2:20: waived DC-34 for policy until 2026-12-31 by TM" in ended.stdout


def test_rules_are_left_out_and_unknown_ones_refused(root: Path) -> None:
    ended = run(root, "check", "--client", "odd", "--select", "TM-01", "--select", "TM-02", "--ignore", "TM-01")
    assert "TM-01" not in ended.stderr and "warning TM-02" in ended.stderr
    ended = run(root, "check", "--client", "odd", "--ignore", "QQ-1")
    assert ended.returncode == 1 and "error rule-unknown: " in ended.stderr


def test_a_mistake_that_stops_composing_is_told_in_every_form(root: Path) -> None:
    for form in ("json", "sarif", "html"):
        ended = run(root, "check", "--client", "nobody", "--format", form)
        assert ended.returncode == 1 and "client-unknown" in ended.stdout and ended.stderr == ""


def test_explain_lists_every_rule_by_family() -> None:
    for lang in ("zh", "en"):
        listed = run(ROOT, "explain", DOCGEN_LANG=lang)
        assert listed.returncode == 0
        codes = re.findall(r"^  ([A-Z]{2}-\S+)", listed.stdout, re.MULTILINE)
        assert sorted(codes) == sorted((*CODES, *ELSEWHERE))
        assert all(bool(HAN.search(line)) == (lang == "zh") for line in listed.stdout.splitlines() if line[0] != " ")
    rows = json.loads(run(ROOT, "explain", "--json").stdout)
    assert {row["code"] for row in rows} == {*CODES, *ELSEWHERE}


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", ("依据: 8.7.1", "处理: ", "示例: ")), ("en", ("Basis: 8.7.1", "Mend: "))]
)
def test_explain_tells_what_a_rule_is_about(lang: str, words: tuple[str, ...]) -> None:
    told = run(ROOT, "explain", "sx-05", DOCGEN_LANG=lang).stdout
    assert told.startswith("SX-05  ") and all(word in told for word in words)
    assert "verify" in run(ROOT, "explain", "DC-54", DOCGEN_LANG=lang).stdout


def test_an_unknown_rule_is_not_explained() -> None:
    ended = run(ROOT, "explain", "DC-999")
    assert ended.returncode == 1 and "error rule-unknown: " in ended.stderr and ended.stdout == ""
