"""What the documents say is so."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from chalicelib import VERSION
from chalicelib.settings import Settings

ROOT = Path(__file__).parents[2]
SECURITY = (ROOT / "docs" / "security.md").read_text()
SETTINGS = (ROOT / "docs" / "settings.md").read_text()


def shown(default: object) -> str:
    """A default as the document writes it."""
    if default in ("", ()):
        return "none"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


@pytest.mark.parametrize("setting", [each for each in fields(Settings) if each.init], ids=lambda each: each.name)
def test_every_setting_is_documented_with_its_default(setting: object) -> None:
    assert f"\n| `{setting.name.upper()}` | {shown(setting.default)} |" in SETTINGS  # type: ignore[attr-defined]


def test_no_setting_is_documented_that_is_not_there() -> None:
    documented = set(re.findall(r"^\| `([A-Z_]+)` ", SETTINGS, re.MULTILINE))
    assert documented == {each.name.upper() for each in fields(Settings) if each.init}


def test_what_cites_the_contract_cites_one_of_its_sections() -> None:
    sections = set(re.findall(r"^## (\d+)\. ", (ROOT / "docs" / "contract.md").read_text(), re.MULTILINE))
    assert sections == {str(number) for number in range(1, 11)}
    for folder in ("chalicelib", "infra", "bench", "tests", "docs"):
        for written in (ROOT / folder).rglob("*.*"):
            if written.suffix in (".py", ".md"):
                assert set(re.findall(r"\bcontract §(\d+)", written.read_text())) <= sections, written


@pytest.mark.parametrize(
    "document",
    ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"],
)
def test_links_lead_somewhere(document: str) -> None:
    """Those of docs/ are followed by `make site`."""
    written = ROOT / document
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", written.read_text()):
        assert target.startswith("https://") or (written.parent / target).exists(), target


def test_every_decision_is_in_their_list_and_every_number_is_accounted_for() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text()
    rows = re.findall(r"^\| (\d+) \| (?:\[(.+)\]\((.+)\)|Never written.*) \|$", listed, re.MULTILINE)
    assert [int(number) for number, _, _ in rows] == list(range(1, len(rows) + 1))
    for number, title, name in rows:
        if name:
            assert (folder / name).read_text().startswith(f"# {number}. {title}\n"), name
    assert {name for _, _, name in rows if name} == {file.name for file in folder.glob("0*.md")}


def test_every_test_that_the_security_page_names_is_there() -> None:
    named = re.findall(r"`((?:threats|unit|integration|interleaving|e2e)/[\w/]+\.py)(?:::(test_\w+))?`", SECURITY)
    assert len(named) > 50
    for file, test in named:
        text = (ROOT / "tests" / file).read_text()
        assert not test or f"\ndef {test}" in text, f"{file}::{test}"


def test_every_attack_has_a_test_on_the_security_page() -> None:
    """And the other way round: what is tested as a threat is told of."""
    for file in (ROOT / "tests" / "threats").glob("test_*.py"):
        assert f"threats/{file.name}" in SECURITY, file.name
    for row in re.findall(r"^\|.*\|$", SECURITY, re.MULTILINE):
        assert row.startswith(("| attack", "| route", "| ---")) or ".py" in row.rsplit("|", 2)[1], row[:60]


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_the_commands_that_are_named_exist(document: str) -> None:
    text = (ROOT / document).read_text()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)(?=[`\s])", text)) <= targets
    for module in re.findall(r"python -m (infra\.\w+)", text):
        path = ROOT / module.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module


def test_the_release_is_called_the_same_everywhere() -> None:
    assert f'\nversion = "{VERSION}"\n' in (ROOT / "pyproject.toml").read_text()
    released = re.findall(r"^## \[(\d[^\]]*)\] - (\d{4}-\d\d-\d\d)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert released[0][0] == VERSION
    assert [day for _, day in released] == sorted((day for _, day in released), reverse=True)
