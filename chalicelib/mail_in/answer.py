"""Finds what somebody wrote now in a text that may also quote what they answer and end in a signature. Pure.

A quotation is recognised by its content: we know our own mail (mail_in/ours.py), so the sender's program and language
don't matter. Whatever belongs to the quotation directly above it is cut too: the lines by which a program says whose
mail follows, a rule, the program's advertisement. Quotations of anything else stay: the writer may want to show them.
What is cut is kept, except our own text. In doubt nothing is cut.
"""

import re
from typing import NamedTuple

from chalicelib.mail_in import programs
from chalicelib.mail_in.ours import Ours, letters, paragraph

_MOST_LINES = 20_000
_LONG = 500
"""Characters: no heading has a line this long."""
_QUOTE = re.compile(r"\s{0,3}(?:>\s?){1,30}")
_LABEL = re.compile(r"\s{0,8}\*?([^\s:：>][^:：\n]{0,30}?)\s?\*?[:：]\*?(?:\s+|$|(?=\S))")
_DATE = re.compile(r"\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2}")
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}")
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SHOWN = re.compile(r"[^\s>\-_=*|.:]")
"""Anything besides quotation marks and rules, be it only an emoji."""
_BLANKS = re.compile(r"\n(?:[ \t]*\n){2,}")
_LONGEST_SIGNATURE, _LONGEST_END = 15, 8
"""The most lines of a signature with "-- " above it, and without."""


class Answer(NamedTuple):
    """`body`: what was written now; empty if the text is only our own mail. `trimmed`: what was cut as quotation or
    signature, without our own mail's text."""

    body: str
    trimmed: str


def written_now(text: str, ours: Ours) -> Answer:
    """The text split in two. If nothing is recognised, or nothing would be left, all of it is the body."""
    return _Text(text, ours).split()


class _Text:
    def __init__(self, text: str, ours: Ours) -> None:
        self._ours = ours
        self._whole = text
        self._lines = text.split("\n", _MOST_LINES)
        self._said = [_unquoted(line) for line in self._lines]
        self._quoted = [bool(_QUOTE.match(line)) for line in self._lines]
        self._blank = [not said.strip() for said in self._said]
        self._cut = [False] * len(self._lines)

    def split(self) -> Answer:
        self._cut_quotations()
        self._cut_signature()
        body = _tidy([line for line, cut in zip(self._lines, self._cut, strict=True) if not cut])
        gone = [at for at, cut in enumerate(self._cut) if cut]
        foreign = [self._lines[at] for at in gone if not self._ours.says(self._said[at])]
        if letters(body) or _SHOWN.search(body):
            return Answer(body, _tidy(foreign) if letters("".join(foreign)) else "")
        headings = self._headings()
        own = [at for at in gone if at not in headings and not self._ours.says(self._said[at])]
        return Answer(_tidy(self._lines), "") if any(not self._blank[at] for at in own) else Answer("", "")

    def _cut_quotations(self) -> None:
        at, ours = 0, False
        while at < len(self._lines):
            if end := self._heading(at):
                below = self._next(end)
                if below < len(self._lines) and self._quoted[below]:
                    ours = True
                    self._take(self._up(at), below)
                    at = below
                elif self._is_certain(at, end) or self._is_ours(below):
                    at = self._take_rest(at)
                    continue
                else:
                    at = end
                    continue
            if self._quoted[at]:
                end = self._end_of_run(at)
                ours = self._take_run(at, end, ours)
                at = end
            elif self._ours.is_mark(self._said[at]):
                at = self._take_rest(at)
            else:
                at += 1

    def _take_run(self, at: int, end: int, ours: bool) -> bool:
        """Cuts the part of a quoted run of lines that is ours. Returns whether the run quotes our mail."""
        if ours:
            self._take(at, end)
            return True
        begin = next((line for line in range(at, end) if self._is_beginning(line)), None)
        if begin is not None:
            self._take(self._up(begin), end)
            return True
        if all(self._blank[line] or self._ours.says(self._said[line]) for line in range(at, end)):
            self._take(at, end)
        return False

    def _is_beginning(self, at: int) -> bool:
        return self._ours.is_mark(self._said[at]) or bool(self._heading(at)) or self._ours.is_end(self._said[at])

    def _is_ours(self, at: int) -> bool:
        return at < len(self._lines) and (self._ours.is_mark(self._said[at]) or self._heading(at) > 0)

    def _take_rest(self, at: int) -> int:
        """Cuts from here on. A quotation that isn't marked line by line goes to the end of the text, or to the end of
        our mail if that is found."""
        ends = [line for line in range(at, len(self._lines)) if self._ours.is_end(self._said[line])]
        end = ends[-1] + 1 if ends else len(self._lines)
        self._take(self._up(at), end)
        return end

    def _take(self, begin: int, end: int) -> None:
        self._cut[begin:end] = [True] * (end - begin)

    # --- what stands above our mail ----------------------------------------------------------------------------------

    def _heading(self, at: int) -> int:
        """Where the lines end in which a program says that a mail of ours follows; 0 if none begin here."""
        if self._blank[at] or len(self._lines[at]) > _LONG:
            return 0
        return self._label_block(at) or self._below_rule(at) or self._attribution(at)

    def _label_block(self, at: int) -> int:
        """From: …, Sent: …, To: …, Subject: …, in any language; ours if the first address in it is."""
        if at and not self._blank[at - 1] and self._is_labelled(at - 1) and self._quoted[at - 1] == self._quoted[at]:
            return 0  # it began before
        end, labels = at, 0
        while end < len(self._lines) and not self._blank[end] and end - at < 10 and len(self._lines[end]) <= _LONG:
            if self._is_labelled(end):
                labels += 1
            elif not labels or not self._is_labelled(end - 1):
                break
            end += 1
        below = self._next(end)
        marked = below < len(self._lines) and self._ours.is_mark(self._said[below])
        ruled = self._is_under_rule(at)
        if labels < 3 or not (marked or ruled or _DATE.search(" ".join(self._said[at:end]))):
            return 0
        for line in range(at, min(at + (3 if ruled else 2), end)):
            value = self._said[line]
            if self._ours.is_address_in(value) or self._ours.is_name_in(value):
                return end if line == at or ruled or _DATE.search(self._said[at]) else 0
            if "@" in value:
                return 0
        return 0

    def _below_rule(self, at: int) -> int:
        """The same without colons, below "------ Original Message ------"; our address first, and a date."""
        end = at
        while end < len(self._lines) and not self._blank[end] and end - at < 8 and len(self._lines[end]) <= _LONG:
            end += 1
        dated = _DATE.search(" ".join(self._said[at : at + 3]))
        ours = "<" in self._said[at] and self._ours.is_address_in(self._said[at])
        return end if ours and dated and end - at >= 3 and self._is_under_rule(at) else 0

    def _is_under_rule(self, at: int) -> bool:
        above = self._before(at)
        return above >= 0 and programs.is_saying_rule(self._said[above])

    def _is_labelled(self, at: int) -> bool:
        return len(self._said[at]) <= _LONG and bool(_LABEL.match(self._said[at]))

    def _attribution(self, at: int) -> int:
        """ "On Tuesday, Lambdesk <help@…> wrote:", in any language, over at most three lines."""
        for end in range(at + 1, min(at + 4, len(self._lines) + 1)):
            if self._blank[end - 1] or len(self._said[end - 1]) > _LONG:
                return 0
            if self._quoted[end - 1] != self._quoted[at]:
                return 0
            said = " ".join(self._said[at:end])
            if not _ends_heading(said):
                continue
            named = self._ours.is_address_in(said)
            dated = bool(_DATE.search(said) or _TIME.search(said))
            if not (named or self._ours.is_name_in(said)):
                return 0
            below = self._next(end)
            there = below < len(self._lines)
            quotes = there and self._quoted[below] and not self._quoted[at]
            follows = quotes or (there and self._ours.is_mark(self._said[below]))
            if self._quoted[at]:
                follows = named
            # Our name alone is enough above lines that are quoted.
            return end if (follows and (dated or named or quotes)) or self._is_certain(at, end) else 0
        return 0

    def _is_certain(self, at: int, end: int) -> bool:
        """Whether only a program writes like this: our address in angle brackets, a date with its year, a time."""
        if self._label_block(at) or self._below_rule(at):
            return True
        said = " ".join(self._said[at:end])
        bracketed = [found for found in re.findall(r"<([^<>]{3,200})>", said) if self._ours.is_address_in(found)]
        return bool(bracketed and _DATE.search(said) and _TIME.search(said))

    def _up(self, at: int) -> int:
        """Where the quotation begins with what belongs to it: a heading above a quoted run, rules, a program's line."""
        begin = at
        for _ in range(6):
            above = self._before(begin)
            if above < 0:
                break
            if self._is_rule(above) or self._is_programs(above):
                begin = above
            elif begin == at and self._ours.is_mark(self._said[at]) and (top := self._unnamed(above)) is not None:
                begin = top
            else:
                break
        return begin

    def _unnamed(self, last: int) -> int | None:
        """The beginning of a heading that ends in this line, directly above our mail; it may call us by a name that we
        don't know."""
        for begin in range(last, max(last - 3, -1), -1):
            if self._blank[begin] or len(self._said[begin]) > _LONG:
                return None
            said = " ".join(self._said[begin : last + 1])
            if _ends_heading(said) and _DATE.search(said) and len(said) <= 300:
                return begin
        return None

    def _is_rule(self, at: int) -> bool:
        return programs.is_rule(self._said[at])

    def _is_programs(self, at: int) -> bool:
        if at and programs.is_link(self._said[at]) and not self._blank[at - 1]:
            at -= 1
        return (at == 0 or self._blank[at - 1]) and programs.is_own(self._said[at])

    def _headings(self) -> set[int]:
        """The indexes of heading lines, which no person wrote."""
        found: set[int] = set()
        for at in range(len(self._lines)):
            if at not in found and (end := self._heading(at)):
                found |= set(range(self._up(at), end))
            elif self._ours.is_mark(self._said[at]):
                found |= set(range(self._up(at), at + 1))
        return found

    # --- lines -------------------------------------------------------------------------------------------------------

    def _cut_signature(self) -> None:
        """Cuts what is below "-- " (RFC 3676, section 4.3), or ended an earlier mail too, if it is short and at the
        end."""
        self._cut_same_end()
        left = [at for at, cut in enumerate(self._cut) if not cut]
        marks = [at for at in left if self._lines[at] == "-- "]
        if not marks:
            return
        below = [at for at in left if at > marks[-1] and not self._blank[at]]
        above = [at for at in left if at < marks[-1] and not self._blank[at]]
        if above and len(below) <= _LONGEST_SIGNATURE and not any(self._quoted[at] for at in below):
            for at in [marks[-1], *below]:
                self._cut[at] = True

    def _cut_same_end(self) -> None:
        left = [at for at, cut in enumerate(self._cut) if not cut]
        while left and self._blank[left[-1]]:
            left.pop()
        begin = next((place for place in range(len(left) - 1, -1, -1) if self._blank[left[place]]), -1)
        last = left[begin + 1 :]
        short = begin > 0 and 2 <= len(last) <= _LONGEST_END
        if short and paragraph(self._lines[at] for at in last) in self._ours.ends:
            self._take(last[0], last[-1] + 1)

    def _end_of_run(self, at: int) -> int:
        """The index after the last of these quoted lines, empty ones among them included."""
        end = at
        while (line := self._next(end)) < len(self._lines) and self._quoted[line]:
            end = line + 1
        return end

    def _next(self, at: int) -> int:
        """The next line from here on that isn't empty, or is quoted."""
        while at < len(self._lines) and self._blank[at] and not self._quoted[at]:
            at += 1
        return at

    def _before(self, at: int) -> int:
        at -= 1
        while at >= 0 and self._blank[at]:
            at -= 1
        return at


def _unquoted(line: str) -> str:
    found = _QUOTE.match(line)
    return _UNSEEN.sub("", line[found.end() :] if found else line).replace("\xa0", " ")


def _ends_heading(text: str) -> bool:
    return len(text) <= _LONG and programs.ends_heading(text)


def _tidy(lines: list[str]) -> str:
    """The lines as text, without empty lines at both ends, never two together."""
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip("\n").rstrip()
