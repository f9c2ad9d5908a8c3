"""The parts of a report's pages: lines, tiles, sections, tables, page numbers."""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime

from fpdf import FPDF, ViewerPreferences
from fpdf.enums import XPos, YPos

from chalicelib.reports import fonts

MARGIN = 15.0

Color = tuple[int, int, int]
INK: Color = (17, 24, 39)
MUTED: Color = (90, 98, 112)
FAINT: Color = (226, 230, 236)
PALE: Color = (245, 247, 250)
ACCENT: Color = (37, 84, 199)

ROW = 6.2
_SMALL_ROW = 4.6
_GAP = 4.0
"""Between tiles, and between columns of a table."""


class Paper(FPDF):
    """A PDF document; positions are millimetres from the top left. `size`: a4 or letter. `at`: the creation time in the
    file's metadata. `names`: the names of people in it, which decide the fonts to load."""

    def __init__(self, title: str, subject: str, at: datetime, size: str, names: Iterable[str]) -> None:
        super().__init__(orientation="portrait", unit="mm", format=size)
        logging.getLogger("fontTools").setLevel(logging.ERROR)
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(False)
        for style, file in fonts.files().items():
            self.add_font(fonts.FAMILY, style, file)
        self._fallbacks = fonts.needed(names)
        for file in self._fallbacks:
            self.add_font(file.stem, "", file)
        self.set_fallback_fonts([file.stem for file in self._fallbacks], exact_match=False)
        self.set_text_shaping(True)
        self.set_title(f"{title}, {subject}")
        self.set_subject(subject)
        self.set_author("Lambdesk")
        self.set_creator("Lambdesk")
        self.set_lang("en")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_display_mode("fullwidth")
        self.set_creation_date(at)
        self._running = f"{title} · {subject}"

    def footer(self) -> None:
        self.set_y(-12)
        self.pen(8, MUTED)
        self.cell(self.epw - 30, 5, self._running)
        # The placeholder for the number of pages is wider than most numbers.
        slack = self.get_string_width("{nb}") - self.get_string_width("10")
        self.cell(30 + slack, 5, f"Page {self.page_no()} of {{nb}}", align="R")

    def pen(self, size: float, color: Color = INK, *, bold: bool = False) -> None:
        self.set_font(fonts.FAMILY, "B" if bold else "", size)
        self.set_text_color(*color)
        if self.page and self.current_font and not self.current_font_is_set_on_page:
            # Left to itself, fpdf2 says so within the next text, and takes it back with that where the text begins
            # with another font: what follows would be set in the font of before.
            self._out(self._set_font_for_page(self.current_font, self.font_size_pt))

    def write_line(
        self, text: str, *, size: float = 10, color: Color = INK, bold: bool = False, height: float = 6
    ) -> None:
        self.pen(size, color, bold=bold)
        self.cell(self.epw, height, self.fitting(text, self.epw), new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def room(self) -> float:
        """The height that is left on the page above the footer, in millimetres."""
        return self.h - 18 - self.get_y()

    def section(self, title: str, needs: float) -> None:
        """A heading. It starts a new page unless this much room is left below it."""
        if self.room() < needs:
            self.add_page()
        else:
            self.ln(5)
        self.start_section(title)
        self.write_line(title, size=13, bold=True, height=8)
        self.ln(1)

    def tiles(self, figures: Sequence[tuple[str, str]]) -> None:
        """A row of figures, each with its name."""
        height = 19.0
        width = (self.epw - _GAP * (len(figures) - 1)) / len(figures)
        top = self.get_y()
        for place, (name, value) in enumerate(figures):
            left = MARGIN + place * (width + _GAP)
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
        """A table over as many pages as it needs, with the head repeated on each. `widths` are relative: the table
        is as wide as the page. Columns aligned with a small letter are muted."""
        wide = [width * self.epw / sum(widths) for width in widths]
        self._head(head, wide, align, MARGIN)
        for number, row in enumerate(rows):
            if self.room() < ROW:
                self.add_page()
                self._head(head, wide, align, MARGIN)
            self._striped(number, row, wide, align, MARGIN)

    def columns(self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], align: str) -> None:
        """Many short rows, in columns of them side by side: down one, then down the next. `widths`: millimetres at
        least."""
        across = int((self.epw + _GAP) // (sum(widths) + _GAP))
        widths = [width * ((self.epw + _GAP) / across - _GAP) / sum(widths) for width in widths]
        while rows:
            fit = int((self.room() - ROW) // _SMALL_ROW)
            if fit < min(4, len(rows)):
                self.add_page()
                continue
            top, deep = self.get_y(), min(fit, max(4, -(-len(rows) // across)))
            here, rows = rows[: deep * across], rows[deep * across :]
            for place in range(0, len(here), deep):
                left = MARGIN + place // deep * (sum(widths) + _GAP)
                self.set_y(top)
                self._head(head, widths, align, left, small=True)
                for number, row in enumerate(here[place : place + deep]):
                    self._striped(number, row, widths, align, left, small=True)
            self.set_y(top + ROW + deep * _SMALL_ROW)

    def define(self, name: str, text: str) -> None:
        """A term and what it means."""
        self.pen(9, INK, bold=True)
        top = self.get_y()
        self.cell(46, 4.8, name)
        self.pen(9, MUTED)
        self.set_xy(MARGIN + 46, top)
        self.multi_cell(self.epw - 46, 4.8, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")
        self.ln(1.4)

    def fitting(self, text: str, width: float) -> str:
        """As much of the text as fits, an ellipsis at the cut; a box stands for what no font has."""
        shown = fonts.visible(text, self._fallbacks)
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

    def _head(
        self, head: Sequence[str], widths: Sequence[float], align: str, left: float, *, small: bool = False
    ) -> None:
        self.pen(7 if small else 8.5, MUTED, bold=True)
        self.set_x(left)
        for text, width, side in zip(head, widths, align, strict=True):
            self.cell(width, ROW, text, align=side.upper())
        self.ln(ROW)
        self.set_draw_color(*MUTED)
        self.set_line_width(0.2)
        self.line(left, self.get_y(), left + sum(widths), self.get_y())

    def _striped(
        self,
        number: int,
        row: Sequence[str],
        widths: Sequence[float],
        align: str,
        left: float,
        *,
        small: bool = False,
    ) -> None:
        high = _SMALL_ROW if small else ROW
        if number % 2:
            self.set_fill_color(*PALE)
            self.rect(left, self.get_y(), sum(widths), high, style="F")
        self.set_x(left)
        for text, width, side in zip(row, widths, align, strict=True):
            self.pen(7.5 if small else 9, MUTED if side.islower() else INK)
            # Names alone may be too long; to measure every number takes as long as to draw it.
            self.cell(width, high, self.fitting(text, width) if side == "L" and not small else text, align=side.upper())
        self.ln(high)
