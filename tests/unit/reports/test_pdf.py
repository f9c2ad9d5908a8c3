"""The PDF read back with poppler: what stands in it, and on how many pages."""

import shutil
import subprocess
from pathlib import Path

import pytest

from bench.samples import MORE_NAMES, NAMES, figures
from chalicelib.metrics.reading import Figures
from chalicelib.reports import fonts, pdf
from chalicelib.reports.words import duration_text, number_text, seconds_text

pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils isn't installed")


def text(content: bytes, folder: Path, *options: str) -> str:
    file = folder / "report.pdf"
    file.write_bytes(content)
    ended = subprocess.run(["pdftotext", "-layout", *options, file, "-"], capture_output=True, text=True, check=True)
    assert not ended.stderr
    return ended.stdout


def without_spaces(text: str) -> str:
    """Poppler guesses spaces from distances."""
    return "".join(text.split())


def info(folder: Path) -> dict[str, str]:
    ended = subprocess.run(["pdfinfo", folder / "report.pdf"], capture_output=True, text=True, check=True)
    return {name: value.strip() for name, _, value in (line.partition(":") for line in ended.stdout.splitlines())}


IN_ANOTHER_ORDER = {"محمد الأحمد", "שרה כהן", "நளினி", "গৌরী"}
"""Poppler writes them as they are seen, from left to right or with a vowel before its consonant."""


def test_it_says_what_the_figures_say(tmp_path: Path) -> None:
    found = figures(30, 8)
    shown = text(pdf.render("overview", found), tmp_path)
    for number in found.volumes().values():
        assert number_text(number) in shown
    for status in ("open", "in_progress", "resolved", "closed"):
        assert number_text(found.now[status]) in shown
    assert duration_text(found.resolution.quantile(0.5)) in shown
    assert duration_text(found.first_response.quantile(0.9)) in shown
    assert "1 November 2026 to 30 November 2026 (30 days)" in shown
    assert "Time zone Europe/Rome. As of 2026-11-30 10:11 UTC." in shown
    for name in ("Resolved", "Average, median, p90", "First response"):
        assert name in shown


def test_each_agent_and_each_day_has_a_row_on_pages_with_a_head(tmp_path: Path) -> None:
    found = figures(120, 150)
    pages = text(pdf.render("agents", found), tmp_path).split("\f")[:-1]
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
    assert len([page for page in pages if "Average resolution" in page and "in seconds" in page]) > 3
    shown = without_spaces("".join(pages))
    for agent in found.agents:
        average = agent.total / agent.resolved if agent.resolved else None
        in_seconds = seconds_text(average / 1000) if average is not None else ""
        numbers = f"{agent.assigned}{agent.resolved}{duration_text(average)}{in_seconds}{agent.active}{agent.workload}"
        assert without_spaces(numbers) in shown, agent
        if agent.name.isascii():
            assert without_spaces(agent.name + numbers) in shown, "also on a page that begins with another script"
    for day, each in found.volume.items():
        row = f"{day.day} {day:%b %Y} {each['created']} {each['resolved']} {each['closed']} {each['reopened']}"
        assert without_spaces(row) in shown


def test_names_of_any_script_are_set_and_can_be_read(tmp_path: Path) -> None:
    found = figures(7, len(NAMES) + len(MORE_NAMES))
    for agent, name in zip(found.agents[len(NAMES) :], MORE_NAMES, strict=True):
        agent.name = name
    shown = text(pdf.render("agents", found), tmp_path)
    for name in (*NAMES, *MORE_NAMES):
        if name in IN_ANOTHER_ORDER:
            assert all(letter in shown for letter in name), name
        else:
            assert name in shown, name
    assert fonts.BOX not in shown
    embedded = subprocess.run(["pdffonts", tmp_path / "report.pdf"], capture_output=True, text=True, check=True).stdout
    assert "NotoSansCJK" in embedded
    # Columns at the end: embedded, subset, with what text is meant.
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in embedded.splitlines()[2:])


def test_what_no_font_has_is_seen_to_be_there(tmp_path: Path) -> None:
    found = figures(7, 1)
    found.agents[0].name = "A\U0001f9ffB\U000130b8\U0001d173C"
    assert fonts.BOX in text(pdf.render("agents", found), tmp_path)


def test_letters_in_a_mathematicians_style_are_read_and_nothing_turns_a_line(tmp_path: Path) -> None:
    found = figures(7, 1)
    found.agents[0].name = "𝓐𝓷𝓷 \u202eevil\u2066"
    shown = text(pdf.render("agents", found), tmp_path)
    assert f"Ann {fonts.BOX}evil{fonts.BOX}" in shown


@pytest.mark.parametrize(("size", "told"), [("a4", "(A4)"), ("letter", "(letter)")])
def test_it_is_made_for_the_paper_that_is_asked_for(size: str, told: str, tmp_path: Path) -> None:
    found = figures(30, 30)
    pages = text(pdf.render("overview", found, size), tmp_path).split("\f")[:-1]
    assert info(tmp_path)["Page size"].endswith(told)
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1))
    boxes = subprocess.run(
        ["pdftotext", "-bbox", tmp_path / "report.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    width = float(boxes.partition('<page width="')[2].partition('"')[0])
    words = [word.partition('"')[0] for word in boxes.split('xMax="')[1:]]
    assert max(map(float, words)) < width - 14 / 25.4 * 72, "nothing stands in the margin"


def test_it_is_a_document_with_a_title_a_language_and_bookmarks(tmp_path: Path) -> None:
    content = pdf.render("overview", figures(30, 3))
    text(content, tmp_path)
    told = info(tmp_path)
    assert told["Title"] == "Help desk overview, 1 November 2026 to 30 November 2026"
    assert told["Page size"].endswith("(A4)")
    assert b"/Lang (en)" in content
    assert b"/Outlines" in content
    assert b"/DisplayDocTitle true" in content
    assert told["Author"] == told["Creator"] == "Lambdesk"
    assert b"/Subtype /Image" not in content, "charts are drawn"


@pytest.mark.parametrize(
    "found",
    [
        figures(1, len(NAMES)),
        figures(30, 0, busy=0),
        pytest.param(figures(1096, 40, busy=3), marks=pytest.mark.long),
    ],
    ids=["day", "empty", "three years"],
)
def test_the_same_figures_give_the_same_bytes(found: Figures) -> None:
    assert pdf.render("overview", found) == pdf.render("overview", found)


def test_every_character_of_a_name_leaves_something_to_see() -> None:
    for name in NAMES:
        assert len(fonts.visible(name)) == len(name)
        assert fonts.BOX not in fonts.visible(name, fonts.needed([name]))
    assert fonts.visible("👩🏽\u200d💻").count(fonts.BOX) == 2
    assert fonts.needed(["Ann Smith", "Жанна", "שרה"]) == [], "no font is read that nobody needs"


@pytest.mark.parametrize(
    ("milliseconds", "told"),
    [
        (None, "–"), (0, "0.0 s"), (730, "0.7 s"), (9_949, "9.9 s"), (9_990, "10 s"), (59_600, "1 min"),
        (306_000, "5 min 6 s"), (3_599_900, "1 h"), (86_399_000, "1 d"), (273_600_000, "3 d 4 h"),
    ],
)  # fmt: skip
def test_durations_in_their_two_largest_units(milliseconds: float | None, told: str) -> None:
    assert duration_text(milliseconds) == told


NO_FONT = "\U00012000\U00012001 \U00012002"
"""Cuneiform."""


def test_a_name_that_no_font_has_is_given_by_its_address_and_the_page_says_so(tmp_path: Path) -> None:
    found = figures(7, 3)
    found.agents[1].name = NO_FONT
    assert [fonts.lacks(agent.name) for agent in found.agents] == [False, True, False]
    shown = text(pdf.render("agents", found, emails={found.agents[1].id: "shulgi@example.com"}), tmp_path)
    assert "shulgi@example.com" in shown
    assert fonts.BOX not in shown
    assert "given by their e-mail address" in " ".join(shown.split())
    assert "e-mail address" not in text(pdf.render("agents", figures(7, 3)), tmp_path)


@pytest.mark.parametrize("name", [*NAMES, *MORE_NAMES, "Ann \U0001d400", "a\u202eb", "👩\u200d💻"])
def test_names_that_the_fonts_have_stay_names(name: str) -> None:
    assert not fonts.lacks(name)
