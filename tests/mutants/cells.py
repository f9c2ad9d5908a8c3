"""An operator for Cosmic Ray: takes one entry out of a table, be it a dict, a set, a list or a tuple.

Cosmic Ray's own operators change conditions, comparisons and numbers, and know nothing of tables of facts. It finds
this one by the entry point that `__main__.py` writes.
"""

from collections.abc import Iterator
from typing import Any

from cosmic_ray.operators.operator import Example, Operator

_DISPLAYS = ("dictorsetmaker", "testlist_comp")
"""What the parser calls the inside of {…}, of […] and of (…)."""


def _entries(node: Any) -> list[tuple[int, int]]:
    """Where each entry of a display stands among the node's children: from, to. Empty for a comprehension."""
    if getattr(node, "type", "") not in _DISPLAYS or any("comp_for" in child.type for child in node.children):
        return []
    found, start = [], 0
    for at, child in enumerate(node.children):
        if child.type == "operator" and child.value == ",":
            found.append((start, at))
            start = at + 1
    if start < len(node.children):
        found.append((start, len(node.children)))
    return found if len(found) > 1 else []


class RemoveEntry(Operator):  # type: ignore[misc]
    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        for start, end in _entries(node):
            yield node.children[start].start_pos, node.children[end - 1].end_pos

    def mutate(self, node: Any, index: int) -> Any:
        start, end = _entries(node)[index]
        last = end >= len(node.children)
        # With the comma behind it, or the one before it where it is the last.
        del node.children[start - 1 if last else start : end if last else end + 1]
        return node

    @classmethod
    def examples(cls) -> tuple[Any, ...]:
        return (Example("a = {1: 2, 3: 4}", "a = { 3: 4}"), Example("a = {1, 2}", "a = {1}", occurrence=1))


class Provider:
    """Cosmic Ray's registry of the operators here."""

    def __iter__(self) -> Iterator[str]:
        return iter(("RemoveEntry",))

    def __getitem__(self, name: str) -> type[RemoveEntry]:
        return {"RemoveEntry": RemoveEntry}[name]
