"""Words of an answer that say little, by what they may do to the words that say much."""

from __future__ import annotations

# After these a new thought begins, so that what follows does not belong to the word before.
OPENING = frozenset(
    """a an the this that these those which who whom whose what when where why how because cos
    coz cus cuz bc becuase becasue becos as if so is was wos woz were are am be been being isit
    its thats hes shes theyre i we you u he she they there in on at by from for with inside into
    onto to during under while since until till through around between among over within via
    after before but like call called calld caled name named known nown referred termed titled
    do does did has have had would can could should might must also""".split()
)
# These neither open a thought nor add to one.
PLAIN = frozenset(
    """of it them em him her his hers their theirs my our your me us some any each every very
    too just really quite rather only even still again already now later soon well ok okay yes
    yeah yea ye yep yh sure right correct answer ans spelling spelt spelled spell sp think
    thinks thinking fink thnk thought believe beleive belive guess gess suppose reckon rekon
    assume say says said mean means meant probably probly prolly probs prob maybe mabye mayby
    perhaps possibly definitely definately definitly definatly def defo deffo certainly
    obviously obvs ofc basically actually literally honestly tbh imo ngl idk btw lol lmao haha
    ha hah omg xd x xx xxx er erm um umm uh hmm oh ah eh innit duh easy please plz pls thanks
    thx cheers miss sir mate bro dude ig tho though anyway kinda kind sort type typo something
    smth someone somebody somewhere comrade mr mrs dr teh hte ov circa ca c approx approximately
    about roughly abt nearly almost virtually practically ish got get gets getting mainly mostly
    largely especially specifically exactly namely ie eg etc t m s d r n ur im ive id ill gonna
    wanna let lets see look more most such own than up ready wait hello hi lot lots loads much
    date guessing hoping hope hopefully im pretty totally dunno believing""".split()
)
LIGHT = OPENING | PLAIN
# These do no harm beside a right answer, but a right answer that has one needs it.
HARMLESS = frozenset(
    """people person man men woman guy guys lad lads bloke one ones thing things stuff all both
    many whole main big large huge great famous important new former first last special official
    off out away down back together once instead ever always often soviet russian russia ussr
    communist communists party bolshevik bolsheviks member members leader leaders boss chief
    head marshal general tsar president secretary government govt goverment state country city
    town village region republic area province district capital river place land world nation
    mountains mountain north south east west northern southern eastern western central
    production industry industries work works making output manufacturing sector mine mines
    policy system idea theory plan group groups movement organisation organization committee
    department office agency force police court law article speech book newspaper paper title
    term word post job role position army side home defendants prisoners victims farmers
    peasants workers animals livestock crops murder death killing assassination trial period
    time times era day days month winter summer spring autumn event crisis politician communism
    rest others everyone russians soviets aged old young dead poor rich bad good awful terrible
    evil horrible brutal secret real modern full normal usual simple short long small hard heavy
    near class reason reasons""".split()
)
# Of these, what may be a second answer: "Russia and Ukraine".
COUNTRIES = frozenset("russia ussr russian russians soviets".split())
# Of these, a kind of thing that can be said to be "of" a right answer: the city of Moscow.
KINDS = frozenset(
    """city town country region republic area province district capital river state land policy
    system idea theory post job role name word term month year murder assassination""".split()
)
# These, before a right answer, say that it is another place, or in other company.
RELATIONS = frozenset("near outside beyond beside towards toward past versus vs".split())
# These turn the word beside them round, or make it another thing.
TURNING = frozenset(
    """anti non pseudo fake false opposite wrong incorrect minus nothing lack less bc bce
    century centuries decade decades ex counter untrue neo quasi semi pre post public toy wooden
    capitalist temporary fewer de un jewish catholic protestant islamic muslim buddhist hindu
    chinese american french japanese italian""".split()
)
NEGATIONS = frozenset(
    """not no never nobody noone none neither nor nope nah nay without nothing cannot isnt wasnt
    wasent werent wernt didnt didint dint doesnt dosnt dont arent aint cant couldnt wont wouldnt
    hasnt havent hadnt shouldnt isint nt nott npt noy nit nog mot nto hardly except excluding
    unlike wrong incorrect false untrue""".split()
)
# A negation that denies the sentence in which it stands, rather than the word after it.
DENYING = frozenset(w for w in NEGATIONS if w.endswith("nt")) | {"never", "cannot", "hardly"}
AUXILIARIES = frozenset("is was were are be been did does do has have had will would".split())
JOINTS = frozenset("and then nd adn nad amd anf abd annd & + plus".split())
NOT_BUT = (  # each comes to "not"
    *("anyone but", "anybody but", "anything but", "anywhere but", "everyone but", "all but"),
    *("other than", "apart from", "rather than", "instead of", "as opposed to", "opposite of"),
    *("nothing to do with", "no one", "can not", "wasn t", "isn t", "didn t"),
)
YES = frozenset("yes yeah yea ye yep yup y true correct aye certainly".split())
NO = frozenset("no nope nah n nay false never untrue".split())

MONTHS = tuple(
    """january february march april may june july august september october november december
    """.split()
)
MONTH_FORMS = {month: month for month in MONTHS} | {month[:3]: month for month in MONTHS}
MONTH_FORMS |= {
    "sept": "september", "febuary": "february", "feburary": "february", "janurary": "january",
}  # fmt: skip
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
# Parts of a year, with the months that they may mean.
PARTS_OF_YEAR = {
    **dict.fromkeys(("early", "start", "beginning", "begining"), (1, 2, 3, 4)),
    **dict.fromkeys(("mid", "middle"), (4, 5, 6, 7, 8, 9)),
    **dict.fromkeys(("late", "end"), (9, 10, 11, 12)),
    "spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11), "winter": (12, 1, 2),
}  # fmt: skip
UNITS = frozenset(
    """minute hour day week fortnight month year decade century tonne kilo gram pood pound
    rouble dollar mile kilometre metre hectare acre litre percent degree""".split()
)
_UNIT_FORMS = {
    "ton": "tonne", "yr": "year", "hr": "hour", "ruble": "rouble", "centurie": "century",
    "kg": "kilo", "kilogram": "kilo", "km": "kilometre", "kilometer": "kilometre", "min": "minute",
    "wk": "week", "mth": "month", "percentage": "percent", "lb": "pound", "tone": "tonne",
}  # fmt: skip

ABBREVIATIONS = {
    "gen": "general", "sec": "secretary", "gov": "government", "govt": "government",
    "goverment": "government", "dept": "department", "rev": "revolution", "perm": "permanent",
    "art": "article", "econ": "economic", "brit": "britain", "gb": "britain",
    "british": "britain", "brits": "britain", "finnish": "finland", "finns": "finland",
    "polish": "pole", "ppl": "people",
}  # fmt: skip
_HOW = "so too really very completely totally entirely quite fully 100% that even".split()
_IDLE = (
    rf"(?:i ?a?m )?not (?:(?:{'|'.join(_HOW)}) )*(?:sure|certain|positive|confident)",
    r"(?:i )?(?:really )?(?:dont|do not|cant|can not|cannot|couldnt|didnt) (?:really |even )?"
    r"(?:know|remember|rember|remeber|recall|spell)"
    r"(?: (?:it|that|this|how|if|exactly|for|sure|the spelling|properly|to|spell|u|you))*",
    r"no (?:idea|clue|doubt|joke|lie|cap)",
    r"not (?:gonna lie|joking|kidding)|of course|even though",
    r"(?:or|and|n) (?:some ?thing|somthing|sumthing|sumfin|smth|sth|whatever|so|somewhere|someone"
    r"|somebody|other|thereabouts|stuff|so on|that|all that|things)(?: like (?:that|it))?",
)
IDLE = rf"\b(?:{'|'.join(_IDLE)})(?!\w)"
"""A pattern of phrases that say only how sure a pupil is, such as "not sure" and "or something"."""

# After these a pupil says something else instead: "Mexico, no wait, Turkey".
INSTEAD = (
    r"\b(?:no[ ,]*(?:wait|sorry|actually|hang on|hold on|i mean)"
    r"|(?:wait|sorry|hang on|hold on)[ ,]*no|actually no|scratch that|scrap that|i mean)\b"
)


def unit_of(word: str) -> str:
    """The unit that a word names, in the singular; empty when it names none."""
    single = word.removesuffix("s")
    unit = _UNIT_FORMS.get(single, single)
    return unit if unit in UNITS else ""
