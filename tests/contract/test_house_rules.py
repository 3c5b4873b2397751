"""What the house style asks of every file, and a machine can see."""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(ROOT.joinpath("src", "govsite").rglob("*.py"))
TEXTS = (".py", ".md", ".yaml", ".html", ".css", ".js", ".toml", ".txt")
_HAN = re.compile(r"[\u3400-\u9fff]")

# Chinese text constants that may stand in code. Everything else is data (house style, question 9).
CHINESE_IN_CODE: dict[str, dict[str, str]] = {
    "assemble/columns.py": {
        "工作动态": "ColumnType (47号) of a column that a site adds without naming a type",
        "重点领域信息公开": "ColumnType (47号) of the columns made for each domain",
    },
    "cli/init.py": {
        "示例镇人民政府": "name in a new site until the author writes one",
        "示例县人民政府": "as above",
        "示例县某某局": "as above",
        "示例村村民委员会": "as above",
        "乡级": "default of --profile, a word of the command line's contract",
    },
    "cli/new.py": {"主动公开": "default offered to the author", "（正文）": "where the author writes on"},
    "expect/values.py": {"是": "a flag", "否": "a flag"},
    "intake/word_numbers.py": {"甲乙丙丁戊己庚辛壬癸": "numerals of a Word list (天干)"},
    "vocab/schemas.py": {"是": "a flag", "否": "a flag"},
    "intake/word_notes.py": {
        "（注\\d{1,4}）": "the mark of a note, and how it is found again",
        "（注": "the mark of a note",
        "注": "the head of a note",
    },
    "validate/pending.py": {"待核": "the mark that the import writes"},
    "render/catalog.py": {"信息公开目录": "ColumnType (47号) of pages that belong to no column"},
    "render/head.py": {"信息公开目录": "as above"},
    "render/listings.py": {"信息公开目录": "as above"},
    "settings/read.py": {"站点": "the section without which there are no settings"},
    "validate/deadline.py": {
        "工作日": "unit of a deadline",
        "个月": "unit",
        "半年": "interval",
        "每月": "interval",
        "每周": "interval",
    },
    "validate/document.py": {"类型": "the key that decides which keys there are"},
    "validate/organisations.py": {"机构": "the one key of the file"},
}


# Files over 500 lines, with the reason.
LARGE = {"views.py": "the whole contract with theme authors, one frozen class a page; it is read as one page"}


def _docstrings(tree: ast.Module) -> set[int]:
    return {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }


def _patterns(tree: ast.Module) -> set[int]:
    """Constants that are regular expressions: they describe how Chinese is written, no user ever reads them."""
    found = set()
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
        ):
            found |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, ast.Assign) and any(
            isinstance(name, ast.Name) and name.id.isupper() for name in node.targets
        ):
            text = node.value
            if (
                isinstance(text, ast.Constant)
                and isinstance(text.value, str)
                and re.search(r"[|\[(].*[|\])]", text.value)
            ):
                found.add(id(text))
    return found


def _chinese(file: Path) -> Iterator[str]:
    """Chinese words among the constants of a file: no docstrings, no patterns, no single characters."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    passed = _docstrings(tree) | _patterns(tree)
    strings = {
        id(part) for node in ast.walk(tree) if isinstance(node, ast.Expr) for part in [node.value]
    }  # attribute docstrings
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in passed | strings
            and len(_HAN.findall(node.value)) > 1
        ):
            yield node.value


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_no_chinese_words_stand_in_code(file: Path) -> None:
    name = file.relative_to(ROOT / "src" / "govsite").as_posix()
    if name.startswith("hanzi/"):
        pytest.skip("this room is about how Chinese is written")
    assert sorted(set(_chinese(file)) - CHINESE_IN_CODE.get(name, {}).keys()) == []


def test_no_exception_for_chinese_in_code_is_left_over() -> None:
    for name, words in CHINESE_IN_CODE.items():
        text = ROOT.joinpath("src", "govsite", name).read_text(encoding="utf-8")
        assert [word for word in words if word not in text] == [], name


def _own_files() -> list[Path]:
    folders = [
        ROOT / name for name in ("src", "tests", "dev", "docs", "benchmarks", "content", ".ci", "themes")
    ]
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    files += [
        ROOT / name
        for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "config.yaml", "pyproject.toml")
    ]
    return [
        file
        for file in files
        if file.is_file() and (file.suffix in TEXTS or file.name == "run") and "__pycache__" not in file.parts
    ]


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        (
            "a place on somebody's machine",
            r"(?<![\w.])/(?:home|work|root|Users|opt|mnt|data)/\w|[A-Z]:\\(?:Users|work|dev)\\",
        ),
        ("an open end", r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b"),
        (
            "the host of a package registry",
            r"\b(?:pypi|npmjs|files\.pythonhosted|registry\.npm" + r"mirror)\.(?:org|com)\b",
        ),
        ("a conflict that was never resolved", r"^(?:<{7}|>{7}|={7}$)"),
    ],
)
def test_no_file_holds_what_does_not_belong_there(what: str, pattern: str) -> None:
    found = []
    for file in _own_files():
        if (
            file == Path(__file__) or "attachments" in file.parts
        ):  # there such places are what the tests look for
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if len(line) < 2000 and re.search(pattern, line):
                found.append(f"{file.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert found == [], what


def test_no_room_is_called_after_nothing() -> None:
    names = {path.stem for path in ROOT.joinpath("src", "govsite").rglob("*")}
    assert names.isdisjoint({"utils", "util", "common_utils", "helpers", "misc", "core", "shared", "stuff"})


def test_files_are_as_small_as_the_best() -> None:
    sizes = sorted(
        (len(file.read_text(encoding="utf-8").splitlines()), file.name)
        for file in SOURCES
        if file.name != "__init__.py"
    )
    lengths = [length for length, _ in sizes]
    assert statistics.median(lengths) <= 120
    assert lengths[int(len(lengths) * 0.9)] <= 300
    assert [(length, name) for length, name in sizes if length > 500 and name not in LARGE] == []


def test_nine_functions_of_ten_are_short() -> None:
    lengths = []
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                lengths.append((node.end_lineno or 0) - node.lineno + 1)
    lengths.sort()
    assert lengths[int(len(lengths) * 0.9)] <= 35


@pytest.mark.parametrize(
    "file", sorted(ROOT.joinpath("tests").rglob("test_*.py")), ids=lambda file: file.name
)
def test_names_of_tests_are_sentences(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    assert names
    assert [name for name in names if name.count("_") < 3 or re.search(r"issue_?\d", name)] == []


def test_names_of_test_files_are_unique() -> None:
    names = [file.name for file in ROOT.joinpath("tests").rglob("test_*.py")]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_module_says_what_it_is() -> None:
    for file in SOURCES:
        assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))), file
