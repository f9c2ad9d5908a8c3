"""A page with what reports are made of: lines, tiles, sections, tables, page numbers."""

import logging
from collections.abc import Sequence
from datetime import datetime

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from chalicelib.reports import fonts

MARGIN = 15.0
WIDTH = 210 - 2 * MARGIN
"""Millimetres between the margins of A4."""
BOTTOM = 297 - 18.0

Color = tuple[int, int, int]
INK: Color = (17, 24, 39)
MUTED: Color = (90, 98, 112)
FAINT: Color = (226, 230, 236)
PALE: Color = (245, 247, 250)
ACCENT: Color = (37, 84, 199)

_ROW = 6.2


class Paper(FPDF):
    """Millimetres from the top left. `at`: what the file says of when it was made."""

    def __init__(self, title: str, subject: str, at: datetime) -> None:
        super().__init__(orientation="portrait", unit="mm", format="A4")
        logging.getLogger("fontTools").setLevel(logging.ERROR)
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(False)
        for style, file in fonts.files().items():
            self.add_font(fonts.FAMILY, style, file)
        self.set_text_shaping(True)
        self.set_title(f"{title}, {subject}")
        self.set_subject(subject)
        self.set_author("Lambdesk")
        self.set_creator("Lambdesk")
        self.set_lang("en")
        self.set_display_mode("fullwidth")
        self.set_creation_date(at)
        self._running = f"{title} · {subject}"

    def footer(self) -> None:
        self.set_y(-12)
        self.pen(8, MUTED)
        self.cell(WIDTH - 30, 5, self._running)
        self.cell(30, 5, f"Page {self.page_no()} of {{nb}}", align="R")

    def pen(self, size: float, color: Color = INK, *, bold: bool = False) -> None:
        self.set_font(fonts.FAMILY, "B" if bold else "", size)
        self.set_text_color(*color)

    def write_line(
        self, text: str, *, size: float = 10, color: Color = INK, bold: bool = False, height: float = 6
    ) -> None:
        self.pen(size, color, bold=bold)
        self.cell(WIDTH, height, self.fitting(text, WIDTH), new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def room_for(self, height: float) -> bool:
        return self.get_y() + height <= BOTTOM

    def section(self, title: str, needs: float) -> None:
        """A heading, on a new page unless so much fits under it."""
        if not self.room_for(needs):
            self.add_page()
        else:
            self.ln(5)
        self.start_section(title)
        self.write_line(title, size=13, bold=True, height=8)
        self.ln(1)

    def tiles(self, figures: Sequence[tuple[str, str]]) -> None:
        """A row of figures, each with its name."""
        gap, height = 4.0, 19.0
        width = (WIDTH - gap * (len(figures) - 1)) / len(figures)
        top = self.get_y()
        for place, (name, value) in enumerate(figures):
            left = MARGIN + place * (width + gap)
            self.set_fill_color(*PALE)
            self.rect(left, top, width, height, style="F", round_corners=True, corner_radius=1.5)
            self.set_xy(left + 3, top + 2.5)
            self.pen(8, MUTED)
            self.cell(width - 6, 4, name)
            self.set_xy(left + 3, top + 8)
            self.pen(15, bold=True)
            self.cell(width - 6, 8, value)
        self.set_xy(MARGIN, top + height + 4)

    def rows(self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], align: str) -> None:
        """Rows over as many pages as they take, the head on each."""
        self._head(head, widths, align)
        for number, row in enumerate(rows):
            if not self.room_for(_ROW):
                self.add_page()
                self._head(head, widths, align)
            if number % 2:
                self.set_fill_color(*PALE)
                self.rect(MARGIN, self.get_y(), sum(widths), _ROW, style="F")
            self.pen(9)
            self._row(row, widths, align)

    def define(self, name: str, text: str) -> None:
        """A term and what it means."""
        self.pen(9, INK, bold=True)
        top = self.get_y()
        self.cell(46, 4.8, name)
        self.pen(9, MUTED)
        self.set_xy(MARGIN + 46, top)
        self.multi_cell(WIDTH - 46, 4.8, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")
        self.ln(1.4)

    def fitting(self, text: str, width: float) -> str:
        """The text as far as it can be shown and fits, with an ellipsis where it is cut."""
        shown = fonts.visible(text)
        if self.get_string_width(shown) <= width - 2:
            return shown
        low, high = 0, len(shown)
        while low < high:
            middle = (low + high + 1) // 2
            if self.get_string_width(shown[:middle] + "…") <= width - 2:
                low = middle
            else:
                high = middle - 1
        return shown[:low].rstrip() + "…"

    def _head(self, head: Sequence[str], widths: Sequence[float], align: str) -> None:
        self.pen(8.5, MUTED, bold=True)
        self._row(head, widths, align)
        self.set_draw_color(*MUTED)
        self.set_line_width(0.2)
        self.line(MARGIN, self.get_y(), MARGIN + sum(widths), self.get_y())

    def _row(self, row: Sequence[str], widths: Sequence[float], align: str) -> None:
        for text, width, side in zip(row, widths, align, strict=True):
            self.cell(width, _ROW, self.fitting(text, width), align=side)
        self.ln(_ROW)
