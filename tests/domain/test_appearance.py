import pytest

from stalin_study.domain.appearance import CONTRAST_PAIRS, built_in_theme, contrast_ratio
from stalin_study.paths import find_paths
from stalin_study.services.themes import THEME_NAMES, ThemeShelf


def test_black_on_white_is_the_most_there_is():
    assert contrast_ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast_ratio("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


SHELF = ThemeShelf(find_paths().resources / "themes")
THEMES = {name: SHELF.take(name) for name in THEME_NAMES}
THEMES |= {f"built-in {is_dark=}": built_in_theme(is_dark=is_dark) for is_dark in (False, True)}


@pytest.mark.parametrize("name", THEMES)
def test_every_pair_of_colours_used_together_can_be_told_apart(name):
    colours = THEMES[name].colours
    found = {
        (front, back): round(contrast_ratio(getattr(colours, front), getattr(colours, back)), 2)
        for front, back, _ in CONTRAST_PAIRS
    }
    weak = {
        pair: ratio
        for (pair, ratio), (*_, least) in zip(found.items(), CONTRAST_PAIRS, strict=True)
        if ratio < least
    }
    assert weak == {}
