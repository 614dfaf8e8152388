"""The figures of a run beside those of the run before: what is slower, and which goals are met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from figures import Figure

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
MUCH_WORSE = 0.15
WORSE, BETTER = 0, 1
WORDS = {"ms": ("slower", "faster"), "MB": ("larger", "smaller")}
OTHER_WORDS = ("worse", "better")
NOTHING_WORSE = "Nothing is much worse than before."
FIRST_RUN = "There are no figures from before to compare with."


class Machine(msgspec.Struct, frozen=True):
    """Where figures were measured; `load` is what else went on, in waiting processes."""

    cpu: str
    cores: int
    memory_gb: float
    system: str
    load: float

    def is_like(self, other: Machine) -> bool:
        """Whether figures of both can be compared."""
        return (self.cpu, self.cores) == (other.cpu, other.cores)


class Run(msgspec.Struct, frozen=True):
    """All figures of one run, and of what they are."""

    at: datetime
    machine: Machine
    versions: dict[str, str]
    figures: tuple[Figure, ...]


class Measurements(msgspec.Struct, frozen=True):
    """The last run and the one before it, as they are kept."""

    now: Run
    before: Run | None = None


class Damaged(Exception):
    """Kept figures that cannot be read; the message is one sentence."""


@dataclass(frozen=True)
class Compared:
    """One figure of the last run, of the run before, or of both.

    `is_same_machine` says whether one can be judged by the other.
    """

    now: Figure | None
    before: Figure | None
    is_same_machine: bool = True

    @property
    def name(self) -> str:
        """The figure's name."""
        return (self.now or self.before).name  # type: ignore[union-attr]

    @property
    def change(self) -> float | None:
        """By which share it changed; None where that cannot be said."""
        if self.now is None or self.before is None or not self.before.value:
            return None
        return self.now.value / self.before.value - 1

    @property
    def is_regression(self) -> bool:
        """Whether it is much worse than before, and by more than its runs differ."""
        return self._is_far_off(WORSE)

    @property
    def is_better(self) -> bool:
        """Whether it is as much better as would be a regression the other way."""
        return self._is_far_off(BETTER)

    @property
    def is_missed(self) -> bool:
        """Whether it was measured and misses its goal."""
        return self.now is not None and not self.now.is_met

    def _is_far_off(self, side: int) -> bool:
        if self.now is None or self.before is None or not self.is_same_machine:
            return False
        rise = self.now.value - self.before.value
        worse = -rise if self.now.is_least else rise
        distance = worse if side == WORSE else -worse
        usual = max(self.now.spread, self.before.spread)
        return distance > usual and distance > MUCH_WORSE * abs(self.before.value)


def decoded(content: bytes) -> Measurements:
    """Kept measurements. Damaged is raised when they cannot be read."""
    try:
        return msgspec.json.decode(content, type=Measurements)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Damaged(f"The figures kept so far cannot be read ({error}).") from error


def encoded(measurements: Measurements) -> bytes:
    """Measurements as they are kept: one figure a line, for version control."""
    kept = rounded(measurements)
    before = _lines(kept.before) if kept.before else "null"
    return f'{{"now": {_lines(kept.now)},\n"before": {before}}}\n'.encode()


def rounded(measurements: Measurements) -> Measurements:
    """With no more digits than mean something."""

    def short(figure: Figure) -> Figure:
        value, spread = (float(f"{number:.4g}") for number in (figure.value, figure.spread))
        return msgspec.structs.replace(figure, value=value, spread=spread)

    def shorter(run: Run) -> Run:
        return msgspec.structs.replace(run, figures=tuple(map(short, run.figures)))

    before = shorter(measurements.before) if measurements.before else None
    return Measurements(shorter(measurements.now), before)


def compare(measurements: Measurements) -> tuple[Compared, ...]:
    """Each figure beside what it was; those that were not measured again come last."""
    now, before = measurements.now, measurements.before
    if before is None:
        return tuple(Compared(figure, None) for figure in now.figures)
    is_same = now.machine.is_like(before.machine)
    old = {figure.name: figure for figure in before.figures}
    found = [Compared(figure, old.pop(figure.name, None), is_same) for figure in now.figures]
    return (*found, *(Compared(None, figure, is_same) for figure in old.values()))


def verdict(compared: Compared, *, is_first: bool = False) -> str:
    """What is to be said of a figure: "met", "**missed**, **slower, +31 %**"."""
    if compared.now is None:
        return "not measured"
    said = []
    if compared.now.goal is not None:
        said.append("**missed**" if compared.is_missed else "met")
    if compared.is_regression or compared.is_better:
        said.append(_changed(compared))
    elif compared.before is None and not is_first:
        said.append("new")
    return ", ".join(said)


def amount(number: float | None, unit: str) -> str:
    """A figure as people read it: three digits, and its unit."""
    if number is None:
        return ""
    size = abs(number)
    digits = 0 if size >= 100 or number == round(number) else 1 if size >= 10 else 2
    return f"{number:,.{digits}f} {unit}".strip()


def percent(share: float | None) -> str:
    """A change in words: "+31 %"."""
    return "" if share is None else f"{share:+.0%}".replace("%", " %")


def table(measurements: Measurements) -> str:
    """Machine, versions, and each figure with its goal and verdict, in Markdown."""
    is_first = measurements.before is None
    lines = [*_told(measurements), ""]
    lines += ["| figure | now | before | change | goal | verdict |", "|---|---|---|---|---|---|"]
    for one in compare(measurements):
        figure = one.now or one.before
        if figure is None:
            continue
        now, before = (side and side.value for side in (one.now, one.before))
        cells = (
            one.name,
            amount(now, figure.unit),
            amount(before, figure.unit),
            percent(one.change),
            _goal(figure),
            verdict(one, is_first=is_first),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def with_table(text: str, made: str) -> str:
    """A page with its table made anew; one without marks gets them below its title."""
    block = f"{BEGIN}\n{made}\n{END}"
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if begin and end:
        return head + block + tail
    title, _, body = text.partition("\n")
    return f"{title}\n\n{block}\n{body}"


def told_at_the_end(measurements: Measurements) -> list[str]:
    """What the console says last: what is much slower, and which goals are missed."""
    rows = compare(measurements)
    said = [f"{one.name}: {_plain(_changed(one))}" for one in rows if one.is_regression]
    nothing = NOTHING_WORSE if measurements.before else FIRST_RUN
    worse = ["Worse than before:", *_indented(said)] if said else [nothing]
    missed = [
        f"{one.name}: {amount(one.now.value, one.now.unit)}, goal {_goal(one.now)}"
        for one in rows
        if one.is_missed and one.now is not None
    ]
    return worse + (["Goals missed:", *_indented(missed)] if missed else ["Every goal is met."])


def _lines(run: Run) -> str:
    around = msgspec.json.encode(msgspec.structs.replace(run, figures=())).decode()
    figures = ",\n".join(msgspec.json.encode(figure).decode() for figure in run.figures)
    return around.replace('"figures":[]', f'"figures":[\n{figures}\n]')


def _told(measurements: Measurements) -> list[str]:
    now, before = measurements.now, measurements.before
    machine = now.machine
    versions = ", ".join(f"{name} {version}" for name, version in now.versions.items())
    said = [
        f"Measured {now.at:%Y-%m-%d %H:%M} UTC by `python3 dev.py bench`. {versions}.",
        f"{machine.system}, {machine.cpu}, {machine.cores} cores, {machine.memory_gb:.1f} GB; load"
        f" {machine.load:.1f} at the beginning.",
    ]
    if before is not None:
        of = f"Before: {before.at:%Y-%m-%d %H:%M} UTC, commit {before.versions.get('commit', '')}"
        is_same = machine.is_like(before.machine)
        said.append(of + ("." if is_same else ", on another machine: not judged by it."))
    return said


def _goal(figure: Figure) -> str:
    sign = "≥" if figure.is_least else "≤"
    return "" if figure.goal is None else f"{sign} {amount(figure.goal, figure.unit)}"


def _changed(compared: Compared) -> str:
    figure = compared.now or compared.before
    words = WORDS.get(figure.unit, OTHER_WORDS) if figure else OTHER_WORDS
    share = compared.change
    if share is None and compared.now and compared.before and figure:
        by = f"{compared.now.value - compared.before.value:+g} {figure.unit}".strip()
    else:
        by = percent(share)
    if compared.is_regression:
        return f"**{words[WORSE]}, {by}**"
    return f"{words[BETTER]}, {by}"


def _plain(said: str) -> str:
    return said.replace("**", "")


def _indented(lines: Iterable[str]) -> Sequence[str]:
    return [f"  {line}" for line in lines]
