"""The PDF read back with poppler: what stands in it, and on how many pages."""

import shutil
import subprocess
from pathlib import Path

import pytest

from chalicelib.metrics.reading import Figures
from chalicelib.reports import fonts, pdf
from chalicelib.reports.words import duration_text, number_text
from tests.unit.reports.samples import NAMES, figures

pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils isn't installed")


def text(content: bytes, folder: Path, *options: str) -> str:
    file = folder / "report.pdf"
    file.write_bytes(content)
    ended = subprocess.run(["pdftotext", "-layout", *options, file, "-"], capture_output=True, text=True, check=True)
    assert not ended.stderr
    return ended.stdout


def info(folder: Path) -> dict[str, str]:
    ended = subprocess.run(["pdfinfo", folder / "report.pdf"], capture_output=True, text=True, check=True)
    return {name: value.strip() for name, _, value in (line.partition(":") for line in ended.stdout.splitlines())}


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


def test_a_row_holds_an_agents_figures(tmp_path: Path) -> None:
    found = figures(30, 8)
    shown = text(pdf.render("agents", found), tmp_path)
    agent = found.agents[0]
    assert agent.name == "Ann Smith"
    average = duration_text(agent.total / agent.resolved) if agent.resolved else "–"
    rows = [" ".join(line.split()) for line in shown.splitlines()]
    assert f"Ann Smith {agent.assigned} {agent.resolved} {average} {agent.active} {agent.workload}" in rows


def test_names_of_many_scripts_can_be_read(tmp_path: Path) -> None:
    shown = text(pdf.render("agents", figures(7, 8)), tmp_path)
    for name in ("Ann Smith", "Жанна Ковальчук", "Ελένη Παπαδοπούλου", "Chloë Müller-Çağ"):
        assert name in shown
    assert fonts.BOX * 3 in shown, "what the font doesn't have is seen to be there"


def test_a_long_table_has_its_head_on_every_page(tmp_path: Path) -> None:
    content = pdf.render("agents", figures(365, 300))
    pages = text(content, tmp_path).split("\f")[:-1]
    with_rows = [page for page in pages if "Chloë" in page]
    assert len(with_rows) > 5
    assert all("Average resolution" in page and "Workload" in page for page in with_rows)
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page


def test_it_is_a_document_with_a_title_a_language_and_bookmarks(tmp_path: Path) -> None:
    content = pdf.render("overview", figures(30, 3))
    text(content, tmp_path)
    told = info(tmp_path)
    assert told["Title"] == "Help desk overview, 1 November 2026 to 30 November 2026"
    assert told["Page size"].endswith("(A4)")
    assert b"/Lang (en)" in content
    assert b"/Outlines" in content
    assert b"/Subtype /Image" not in content, "charts are drawn"


@pytest.mark.parametrize(
    "found",
    [figures(1, 3), figures(30, 0, busy=0), figures(365, 22), figures(1096, 40, busy=3)],
    ids=["day", "empty", "year", "three years"],
)
def test_the_same_figures_give_the_same_bytes(found: Figures) -> None:
    assert pdf.render("overview", found) == pdf.render("overview", found)


def test_every_character_of_a_name_leaves_something_to_see() -> None:
    for name in NAMES:
        assert len(fonts.visible(name)) == len(name)
    assert fonts.visible("👩🏽\u200d💻").count(fonts.BOX) == 2


@pytest.mark.parametrize(
    ("milliseconds", "told"),
    [
        (None, "–"), (0, "0.0 s"), (730, "0.7 s"), (9_949, "9.9 s"), (9_990, "10 s"), (59_600, "1 min"),
        (306_000, "5 min 6 s"), (3_599_900, "1 h"), (86_399_000, "1 d"), (273_600_000, "3 d 4 h"),
    ],
)  # fmt: skip
def test_durations_in_their_two_largest_units(milliseconds: float | None, told: str) -> None:
    assert duration_text(milliseconds) == told
