from __future__ import annotations

import pytest

from stalin_study.domain.toml_lines import line_of

TEXT = """\
id = "a"
aim = 5

[[section]]
heading = "One"

[[section.point]]
id = "p1"

[[section.point]]
id = "p2"
sources = [
  "S1",
]

[[section]]
heading = "Two"

[[section.point]]
id = "p3"

[[order]]
events = [
  { text = "x", when = "1924" },
  { text = "y", when = "1925" }, { text = "z", when = "1926" },
]

[sources.S1]
title = "A"

[sources.S2]
title = "B"
"""


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("aim", 2),
        ("section", 4),
        ("section[1].heading", 5),
        ("section[1].point[2].id", 11),
        ("section[1].point[2].sources[1]", 12),
        ("section[2].point[1].id", 20),
        ("section[2].point[1].text", 19),
        ("section[2]", 16),
        ("order[1].events[1].when", 24),
        ("order[1].events[3].when", 25),
        ("sources.S2.title", 32),
        ("sources.S2.url", 31),
        ("title", None),
        ("section[9].heading", None),
        ("", None),
    ],
)
def test_the_line_of_a_field(field: str, line: int | None) -> None:
    assert line_of(TEXT, field) == line
