"""Comments and docstrings speak of what is there: the check that `make check` runs, tried on a file that doesn't."""

from pathlib import Path

import pytest

from tests import names

HERE = names.ROOT / "tests" / "unit"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("`Declare` and `names.unknown()` are there, `lifecycle.py` is a file", []),
        ("the field `visitorr` isn't", ["visitorr"]),
        ("nor is `names.unknwon`", ["names.unknwon"]),
        (
            "nor `tickets/lifecycles.py`, in backticks or not: people/modles.py",
            ["tickets/lifecycles.py", "people/modles.py"],
        ),
        ("`a < b`, `{id}` and `POST /tickets` are no names; `True` is Python's", []),
        ("stomp.py is somebody else's", []),
    ],
)
@pytest.mark.parametrize("how", ['"""{}"""', "x = 1  # {}", 'class A:\n    b: int\n    """{}"""'])
def test_a_name_that_exists_nowhere_is_found(tmp_path: Path, said: str, found: list[str], how: str) -> None:
    file = tmp_path / "written.py"
    file.write_text(how.format(said) + "\n")
    assert sorted(each.text for each in names.unknown(file)) == sorted(found)
