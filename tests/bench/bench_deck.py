"""How long a deck takes to load and to check: `python tests/bench/bench_deck.py [CARDS ...]`.

Decks of other sizes are made in a temporary folder from the first card of the shipped deck.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from figures import hand_on, median_of, milliseconds, show

from stalin_study.domain.deck_check import check_deck
from stalin_study.paths import find_paths
from stalin_study.services.library import load_deck

CARDS_A_TOPIC = 100
LEAST_CACHED = 5
MOST_CHECKED = 1000  # it takes a minute of 10,000


def make_deck(folder: Path, cards: int) -> None:
    """Write a deck of `cards` cards, each as long as a real one and with ids of its own."""
    shipped = find_paths().deck
    for file in shipped.glob("*.toml"):
        shutil.copy(file, folder)
    text = (shipped / "1-struggle-for-power" / "01-rivals-mistakes.toml").read_text("utf-8")
    topics = []
    for first in range(1, cards + 1, CARDS_A_TOPIC):
        topics.append(f"{len(topics) + 1}-topic")
        topic = folder / topics[-1]
        topic.mkdir()
        numbers = range(first, min(first + CARDS_A_TOPIC, cards + 1))
        for number in numbers:
            own = text.replace('"c01', f'"c{number:02d}')
            own = own.replace("source_card = 1", f"source_card = {number}")
            own = own.replace('id = "rivals-mistakes"', f'id = "card-{number}"')
            own = own.replace('title = "', f'title = "{number}: ', 1)
            (topic / f"{number:05d}.toml").write_text(own, "utf-8")
        ids = ", ".join(f'"card-{number}"' for number in numbers)
        (topic / "topic.toml").write_text(
            f'id = "{topics[-1]}"\ntitle = "Topic"\nsummary = "Cards"\ncards = [{ids}]\n', "utf-8"
        )
    names = ", ".join(f'"{name}"' for name in topics)
    (folder / "deck.toml").write_text(
        'id = "bench"\ntitle = "Bench"\nages = "14-16"\nlanguage = "en-GB"\n'
        f'licence = "CC BY 4.0"\ntopics = [{names}]\n',
        "utf-8",
    )


def measure(deck: Path, times: int) -> None:
    """The figures of one deck."""
    with tempfile.TemporaryDirectory() as place:
        cache = Path(place)
        parsing = milliseconds(lambda: load_deck(deck), times - 1)
        parsing += milliseconds(lambda: load_deck(deck, cache), 1)
        loaded = load_deck(deck, cache)
        if loaded.deck is None or loaded.problems:
            raise SystemExit(f"The deck has problems: {loaded.problems[:3]}")
        whole = loaded.deck
        size = sum(file.stat().st_size for file in deck.rglob("*.toml"))
        kept = sum(file.stat().st_size for file in cache.iterdir())
        name = f"{len(whole.cards):,} cards"
        print(f"{name}: {size / 1e6:.1f} MB, in the cache {kept / 1e6:.1f} MB")
        cached = milliseconds(lambda: load_deck(deck, cache), max(times, LEAST_CACHED))
        show(f"{name}, parsed", parsing)
        show(f"{name}, from the cache", cached)
        if len(whole.cards) <= MOST_CHECKED:
            show(f"{name}, checked", milliseconds(lambda: check_deck(whole), times))
    hand_on(
        median_of(f"deck of {name} from the cache", cached),
        median_of(f"deck of {name} parsed", parsing),
    )


def main() -> None:
    """Measure the shipped deck, then made ones of the sizes asked for (1,000 cards if none)."""
    measure(find_paths().deck, 9)
    for cards in [int(argument) for argument in sys.argv[1:]] or [1000]:
        with tempfile.TemporaryDirectory() as folder:
            make_deck(Path(folder), cards)
            measure(Path(folder), 1)


if __name__ == "__main__":
    main()
