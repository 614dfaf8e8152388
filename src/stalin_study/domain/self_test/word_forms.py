"""Which words say the same: other forms, other words for it, slips and Latin spellings."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from stalin_study.domain.answers.spelling import spelling_key

# Words that tell nothing of what a sentence is about, beside those that answers leave out anyway.
TALK = frozenset(
    """after again already almost also another any anyone bc became become been before being both
    but can cause cos could cuz each early else even ever every everyone few first get gets getting
    give gives go goes going got however if into just kind later least less like lot lots loads made
    make makes making many may me might mid most mostly much must my myself himself themselves
    itself need new now off often one only other others out over own people perhaps put quite
    rather really same say says said see seen should since small some soon still stuff such take
    takes taken then thing things though through thus time times too took under until up upon us use
    used using very way we well went while whole whom whose will without year years yet you your
    """.split()
)
# Words that are written for each other, a group between slashes or on a line.
_GROUPS = """
kill killer murder murderer shoot shot execute assassinate / die died dead death
expel remove removal sack dismiss kick throw threw thrown oust fire / exile deport banish
prison jail imprison / underrate underestimate / dull boring / join team ally alliance unite
defeat beat beaten win won victory overcome / afraid fear scare scared scary frighten terrified
leader lead led head boss chief ruler charge / job post role position
rise rose risen rising grow grew growth increase / fall fell fallen drop decrease decline shrink
begin began begun start / finish complete stop end ended ending / close shut
ban banned forbid forbade illegal outlaw prohibit / famine hunger hungry starve starvation
film movie cinema / photo photograph picture image portrait painting / book novel
newspaper paper press / child children kid / woman women / pay paid wage salary
big large huge massive / help support back backed / attack criticise condemn
sick ill illness / teach taught learn learnt lesson / hide hid hidden suppress
replace swap succeed / choose chose chosen pick appoint / tomb grave mausoleum
home flat house housing / ordinary normal common / peasant farmer / target goal quota
traitor treason betray / confess admit / false fake untrue / simple easy / rich wealthy
invade invasion / weapon arms armament rearm / dig dug / build built construct
write wrote written / lose lost / leave left / keep kept / send sent / sell sold / buy bought
speak spoke speech talk / steal stole stolen theft / show showed shown / refuse reject
meet met meeting / read literacy literate / hold held / bring brought / swear swore oath
"""
_SHORT_ENDINGS = frozenset(("", *"s es e ed d ing ings ly".split()))
_DOUBLED = frozenset(f"{letter}{end}" for letter in "bdglmnprt" for end in ("ed", "ing", "er"))
_ENDINGS = frozenset(
    """er ers or ors en ion ions ation ations isation isations ization ise ised ising ize ized
    izing ment ments ness y ies ied al als ic ical ism ist ists ive ful less ian ians an""".split()
)
_ENDINGS_FROM = {3: _DOUBLED | {""}, 4: _SHORT_ENDINGS | _DOUBLED}
_EVERY_ENDING = _SHORT_ENDINGS | _DOUBLED | _ENDINGS
_START = 3
_SHORTEST_MISSPELT = 5


class CardWords:
    """The words of a card's points, and which of them a pupil's word stands for."""

    def __init__(self) -> None:
        self._by_word: dict[str, str] = {}
        self._by_spelling: dict[str, str] = {}
        self._by_start: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._by_letter: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._keys: set[str] = set()

    def add(self, word: str) -> str:
        """Take in a word of a point; its key is that of every word that stands for it."""
        key = group_of(word) or self._known(word) or spelling_key(word)
        self._by_word[word] = key
        spelling = spelling_key(word)
        if spelling not in self._by_spelling:
            self._by_spelling[spelling] = key
            self._by_start[word[:_START]].append((word, key))
            self._by_letter[spelling[:1]].append((spelling, key))
        self._keys.add(key)
        return key

    def find(self, word: str) -> str | None:
        """The key of the card's word that is meant; None when it is none of the card's."""
        group = group_of(word)
        if group in self._keys:
            return group
        return self._known(word) or self._misspelt(spelling_key(word))

    def _known(self, word: str) -> str | None:
        found = self._by_word.get(word) or self._by_spelling.get(spelling_key(word))
        if found is not None:
            return found
        alike = self._by_start.get(word[:_START], ())
        return next((key for other, key in alike if is_form_of(word, other)), None)

    def _misspelt(self, spelling: str) -> str | None:
        """One slip from five letters, two from eight, three from twelve; not the first letter."""
        from rapidfuzz.distance import OSA

        if len(spelling) < _SHORTEST_MISSPELT:
            return None
        most = 1 if len(spelling) < 8 else 2 if len(spelling) < 12 else 3
        near = (
            (OSA.distance(spelling, other, score_cutoff=most), key)
            for other, key in self._by_letter.get(spelling[:1], ())
            if len(other) >= _SHORTEST_MISSPELT
        )
        distance, key = min(near, default=(most + 1, ""))
        return key if distance <= most else None


def is_form_of(one: str, other: str) -> bool:
    """Whether two words differ in their endings only, such as -ed, -ing and -isation."""
    same = 0
    for here, there in zip(one, other, strict=False):
        if here != there:
            break
        same += 1
    endings = _EVERY_ENDING if same > max(_ENDINGS_FROM) else _ENDINGS_FROM.get(same, frozenset())
    return one[same:] in endings and other[same:] in endings


@lru_cache(maxsize=8192)
def group_of(word: str) -> str | None:
    """The name of the group of words that say the same as `word`; None for a word on its own."""
    group = _GROUP_OF.get(word) or _GROUP_OF.get(word.removesuffix("s"))
    if group is not None:
        return group
    alike = (
        key for other, key in _GROUPS_BY_START.get(word[:_START], ()) if is_form_of(word, other)
    )
    return next(alike, None)


_GROUP_OF = {
    word: f"~{words.split()[0]}" for words in re.split(r"[/\n]", _GROUPS) for word in words.split()
}
_GROUPS_BY_START = {
    word[:_START]: tuple(pair for pair in _GROUP_OF.items() if pair[0][:_START] == word[:_START])
    for word in _GROUP_OF
}
