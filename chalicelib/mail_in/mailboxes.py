"""Reads the mailboxes in an address header (RFC 5322, section 3.4). The header is taken apart before anything in it is
decoded: an encoded word is part of a name, never of an address (RFC 2047, section 6.2). Pure, and linear in the
header's size.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST = 10_000
"""The longest header that is read, in characters; a longer one names nobody."""

_TOKEN = re.compile(r'\s+|"(?:[^"\\]|\\.)*"|[^\s"(),:;<>@\[\]\\]+|\[[^\[\]\\]*\]|.', re.DOTALL)


class Mailbox(NamedTuple):
    """`name`: as the header has it, encoded words and all."""

    name: str
    address: str


class NotUnderstood(Exception):
    """The header is ambiguous: two programs might read different addresses in it."""


def mailboxes(value: str) -> list[Mailbox]:
    """All mailboxes of a header, in order. Raises NotUnderstood for what isn't a plain list of mailboxes: groups,
    routes, comments or quotes without an end, two addresses in one."""
    if len(value) > LONGEST:
        raise NotUnderstood
    found: list[Mailbox] = []
    before: list[str] = []
    for piece in _pieces(value):
        if "@" not in piece:  # "Doe, John <john@example.org>" without quotes: part of the name that follows
            before += piece
            continue
        found.append(_mailbox([*before, " ", *piece] if before else piece))
        before = []
    return found


def _pieces(value: str) -> Iterator[list[str]]:
    """The tokens between the commas, without comments; a comment stands as one token that begins with "("."""
    piece: list[str] = []
    comment: list[str] = []
    depth = 0
    for token in _tokens(value):
        if token == "(":
            depth += 1
        if depth:
            comment.append(token)
            if token == ")":
                depth -= 1
                if not depth:
                    piece.append("".join(comment))
                    comment = []
        elif token == ",":
            yield piece
            piece = []
        else:
            piece.append(token)
    if depth:
        raise NotUnderstood
    yield piece


def _tokens(value: str) -> Iterator[str]:
    for found in _TOKEN.finditer(value):
        token = found[0]
        if token in ('"', "\\", "[", "]"):  # what began with it has no end
            raise NotUnderstood
        yield token


def _mailbox(tokens: list[str]) -> Mailbox:
    said = [token for token in tokens if not token.startswith("(")]
    comments = [token[1:-1] for token in tokens if token.startswith("(")]
    if any(token in (":", ";") for token in said) or any("@" in comment for comment in comments if "<" in said):
        raise NotUnderstood
    if "<" in said or ">" in said:
        if said.count("<") != 1 or said.count(">") != 1 or said.index(">") < said.index("<"):
            raise NotUnderstood
        opened, closed = said.index("<"), said.index(">")
        if any(not token.isspace() for token in said[closed + 1 :]):
            raise NotUnderstood
        address = _address(said[opened + 1 : closed])
        name = " ".join("".join(map(_unquoted, said[:opened])).split())
        if "@" in said[:opened] and name.lower() != address.lower():
            raise NotUnderstood  # an address that isn't quoted, before another
        return Mailbox(name, address)
    return Mailbox(" ".join(" ".join(comments).split()), _address(said))


def _address(tokens: list[str]) -> str:
    text = [token for token in tokens if not token.isspace()]
    if text.count("@") != 1 or len(text) != 3 or text[1] != "@":
        raise NotUnderstood
    local, domain = _unquoted(text[0]), text[2]
    if not local or domain.startswith("[") or re.search(r'[\s"(),:;<>@\[\]\\]', local) or "=?" in local + domain:
        raise NotUnderstood
    return f"{local}@{domain.rstrip('.')}"


def _unquoted(token: str) -> str:
    return re.sub(r"\\(.)", r"\1", token[1:-1], flags=re.DOTALL) if token.startswith('"') else token
