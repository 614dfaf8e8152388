import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.card import Point
from stalin_study.domain.markup import plain
from stalin_study.domain.self_test.blurt import LONGEST_TEXT, recognised
from stalin_study.domain.self_test.word_forms import CardWords, group_of, is_form_of
from stalin_study.paths import find_paths
from stalin_study.services.library import load_deck

DECK = load_deck(find_paths().deck).deck
# What pupils write of a card, after the numbers of the points, from 1, that they may tick for it.
# A line goes on where the next is indented; // is a new line of the pupil's.
WRITTEN = """
[rivals-mistakes]
1: stalin teamed up with zinoviev and kamenev in the troika to stop trotsky
2: everyone thought trotsky would become a military dictator like napoleon bc he ran the red army
3: they underestimated stalin, thought he was just a boring office guy
4: lenin wrote a testament saying get rid of stalin as general secratary
5: zinoviev and kamenev said stalin should keep his job when the testiment was read out in may
    1924
6: the testement never got published to ordinary people only read to delegates at the party
    congress
7: then he used the right wing bukharin rykov and tomsky to get rid of zinoviev + kamenev
9: trotsky joined the bolsheviks late, only in 1917, so the old bolsheviks didnt trust him
10: trotsky was really arrogant and people didnt like him
11: trotsky believed in permanant revolution, it had to spread to other countries
12: trotsky didnt go to lenins funeral which looked disrespectful
14: 46 communists signed a declaration to the politburo
16: accused of factionalism which lenin had banned in 1921
19: he lost his job as war commissar in jan 1925 and frunze got it
20: kicked out of the politburo in oct 1926
21: kicked out of the party in november 1927 with zinoviev
-: kicked out of the party in november 1925 with zinoviev
22: exiled to alma ata in kazakhstan
23: then turkey in 1929, only country that would have him
24: murdered in mexico 1940 by ramon mercador
-: zinoviev kamenev bukharin rykov tomsky trotsky lenin stalin
-: in 1924 and 1925 and 1926 and 1927 things got worse for trotsky
-: trotsky was a bolshevik and stalin was his rival
-: idk he was just better than them lol
1 10 12 22 23 24: trotsky was arrogent, missed lenins funeral in january 1924. stalin made the
    troika with kamenev and zinoviev. later trotsky was exiled to alma ata then deported to turkey
    and killed in mexico in 1940 with an ice pick
1 6 19 20 21: - troika with zinoviev and kamenev against trotsky // - testament not published // -
    trotsky lost war commissar 1925 // - politburo 1926 // - expelled from party nov 1927
[purges-begin]
1: stalin was scared of the old bolsheviks because they knew lenin and knew he wasnt that
    important in 1917
2: shakhty trial in 1928, 53 engineers accused of sabotage
2: wreckers got blamed for shortages
3: they called them enemies of the people but most of them were innocent
5: historians say stalin was paranoid, figes
6: he signed 357 lists of people to be killed
8: 3 people voted against stalin but rumours say 300
9: some delegates asked kirov to take over but he said no
10: yagoda became head of the nkvd in july 1934
11: kirov was shot by nikolaev on 1st december 1934 in leningrad
-: kirov was shot by nikolaev in 1936
12: nobody knows if stalin ordered it, conquest thinks he did but lenoe says nikolaev did it on
    his own
13: new law, cases had to be done in 10 days with no appeal and executed straight away
15: zinovev and kamanev were arrested and put on trial in january 1935
16: zinoviev got ten years and kamenev got 5
16: they said they had moral responsibility for the murder
14: 117 people were shot
-: stalin kirov zinoviev kamenev nkvd 1934 1935 1936
-: the purges were when stalin got rid of people
-: kirov was popular and he was murdered so stalin could start killing everyone he didnt like
11 13 15 16: kirov head of leningrad was shot by nikolaev 1 dec 1934. stalin brought in a law so
    no appeal and execution at once. zinoviev and kamenev arrested and tried jan 1935 zinoviev got
    10 years
[five-year-plans]
1: first plan started october 1928
2: 1st plan was all about heavy industry like coal iron and steel
3: it finished early in december 1932, 9 months early, but didnt hit the targets
4: coal went up from 35 to 64 million tons
-: coal went up from 35 to 128 million tons
6: oil did the best nearly reached its target
8: magnitogorsk was a new industrial city
9: second plan 1933-37 more tractors and transport
-: second plan 1928-32 more tractors
10: the three good years were 1934 to 1936 when rationing ended
12: the third plan started in 1938
13: third plan promised consumer goods but people didnt get many
14: defence spending went up to 57 billion because of the threat of war
15: then germany invaded in june 1941 so it stopped
-: plan plan plan coal oil iron
-: there were three plans and they lasted five years each
[cult-of-personality]
2: his 50th birthday in december 1929 was the start of the cult
3: pictures showed him with lenin first then on his own by 1935
5: posters of stalin with happy workers smiling everywhere
6: tsaritsyn got renamed stalingrad
7: streets and even a mountain were named after him
8: stalin means man of steel
9: newspapers called him father of nations and great leader
11: big parades in red square on 7 november and he watched from lenins tomb
13: moscow metro opened 1935, palaces for the people
14: magnitogorsk steel city showed off what stalins plan could do
15: the people who built it were kulaks living in tents
10: on his 60th birthday pravda was nearly all about him
-: stalin was a great leader who was in moscow
-: everyone loved stalin
-: stalin lenin pravda moscow magnitogorsk 1929 1935 1937
[collectivisation-process]
1: in november 1929 stalin said peasants were joining collective farms so the party ordered mass
    collectivisation
2: 25 million farms became 240000 kolkhozes
4: dizzy with success article march 1930 he blamed local officials
5: loads of families left the collective farms, only 22% by august 1930
6: by 1937 93% of households were in
8: they had to sell grain to the state at a low price
9: they got paid by labour days, in food not money
10: MTS gave them tractors and they paid in grain
11: machine tractor stations spied on villages for the party
12: stalin announced liquidation of the kulaks as a class in december 1929
14: kulaks split into three groups, killed or sent to prison, exiled or moved nearby
15: peasants killed their animals and ate them instead of giving them up
16: women led protests and riots, 2 million people in 1930
17: cattle fell from 67 to 48 million
-: grain grain grain peasants party farms
-: stalin made all the peasants join together
-: stalin announced liquidation of the kulaks as a class in 1934
4 5 15 17: collectivisation started in 1929 peasants were forced into kolkhozes. stalin wrote
    dizzy with success in march 1930 saying officials went too far so lots of families left.
    peasants killed and ate their animals. cattle went from 67 million to 48 million
[great-terror]
2: order 00447 gave every region a quota of people to shoot or put in camps
4: troikas sentenced loads of people without even seeing them, no appeal
5: prisoners werent allowed to sleep (the conveyor) or got beaten till they confessed
6: stalin stopped it in nov 1938 and beria took over from yezhov
7: neighbours denounced each other because they were scared
8: you could grass on your neighbour to get their room in the communal flat
9: most victims were normal people, kulaks and priests and poles
15: 681,692 people shot according to nkvd records
20: about 18 million people went through the gulag
18: white sea canal was dug by prisoners by hand and 12000 died
1: 1937-38 called yezhovshchina after yezhov
11: astronomers and historians got arrested too
-: nkvd gulag stalin yezhov beria 1937 1938
-: lots of people died it was horrible
-: the terror was in 1932-33 and called the yezhovshchina
[stalins-strengths]
2: stalin became general secretary in april 1922 and it was his most powerful job
1: he was commissar for nationalities in 1917
4: he could choose who got jobs so they voted for him at congresses
5: he was hard working and patient
7: lenin said he was too rude
9: pravda was edited by bukharin who was stalins friend
10: he was put in charge of keeping lenin away from letters when he was ill
12: when lenin died trotsky was in the caucasus
13: trotsky had a fever and was going south to get better
14: they told trotsky the funeral was on the 26th but it was on sunday 27th
16: lenin enrolment brought in 638000 new members most of them workers
19: foundations of leninism lectures made lenins ideas simple
20: socialism in one country - build up ussr first
21: people were tired of war so they liked it
-: lenin stalin trotsky bukharin krupskaya
-: stalin was clever and won
2 5 15 19 20: He was General Secretary, which let him pick people for jobs. He was hard working
    and good at comittees. He gave lectures called the Foundations of Leninism in 1924 and came up
    with socialism in one country. Trotsky was ill and missed Lenin's funeral because Stalin
    tricked him about the date
[religion-nationalities]
1: marx said religion is opium of the people
2: law in april 1929 made churches register and they couldnt teach kids
3: 1936 constitution said you could worship
4: the census in 1937 showed 57% still believed so stalin hid it
6: only four bishops left by 1939
7: mosques and islamic schools were shut
9: yiddish schools closed
10: korenizatsia meant using local languages and leaders from 1923
12: russification, russian had to be learnt in every school from 1938
13: latin alphabet swapped for cyrillic
14: executed renaissance = ukrainian writers who got killed
15: all 17 ukrainian government members were arrested
17: villages that missed quotas were blacklisted and got no goods
18: 3.5 million died in famine in ukraine
-: religion was bad under stalin
-: church party russian ukraine
[industrial-successes]
1: coal went from 35 to 128 million tonnes by 1937
3: magnitogorsk had 25 people and then 250000
8: dnieper dam opened in 1932 for electricity
9: moscow metro opened may 1935 and foreigners thought it was amazing
10: moscow volga canal dug by prisoners
12: women workers went from 3 million to 11 million
13: 81% could read by 1939
17: stakhanov cut 102 tonnes of coal 14x his target
18: 1500 factories moved east in 1941 to help beat germany
19: real wages were half what they were in 1928
21: houses were really crowded in moscow only 6% had more than 1 room
22: you could go to prison for leaving your job without permission
15: students had to pay fees from 1940
6: the great depression was happening in the west
-: ussr got lots of industry and people worked hard
-: stalin moscow urals siberia coal
-: dnieper dam opened in 1937
[arts-and-sciences]
1: in 1932 all writers had to be in one union
3: maxim gorky was head of the writers union
4: socialist realism was the rule, art had to show a bright socialist future
5: writers were engineers of human souls
6: books had to be optimistic with soviet heroes
7: film lenin in october made stalin look more important
8: eisensteins film bezhin meadow got banned
9: alexander nevsky was about russia beating german knights
10: trotsky left out of paintings
12: worker and kolkhoz woman statue by mukhina in paris
14: pravda attacked shostakovichs opera, muddle instead of music
16: lysenko said genetics was wrong but the party supported him
17: vavilov was arrested and died in prison 1943
-: writers artists film makers musicians
-: they all had to do what stalin said
[show-trials]
6: in august 1936 zinoviev kamenev and 14 others got shot for plotting to kill stalin
1: vyshinsky was the prosecutor
2: confessions were rehearsed and were the main evidence
3: they kept them awake and beat them and threatened there families
10: tomsky shot himself before he could be arrested
9: bukharin and rykov were shot in march 1938
-: bukharin and rykov were shot in march 1936
8: 17 people in january 1937, 13 shot
13: yezhov the bloody dwarf was only 151cm
15: of 1966 delegates at the congress 1108 got arrested
16: party members went down from 3.5 million to 1.9 million
18: even kalinins wife was put in a camp
5: the trials were on the radio and in newspapers
22: they made people scared and blamed wreckers for failures
-: stalin trial nkvd yezhov yagoda bukharin
-: the trials were unfair
[economy-by-1929]
1: lenin brought in the nep in march 1921
2: peasants paid tax in food and sold what was left over
3: land belonged to the state not the peasants because of the land code 1922
4: state kept the commanding heights like banks and big industry
5: nepmen got rich and workers hated them
6: harvest went from 36 million to 73 million tonnes
7: 3/4 of grain was sown by hand in 1928
8: kulaks were better off peasants, only 4% hired workers
11: industry was only back to the level of 1913 by 1926
12: they needed machines from the west and had to pay with grain
14: britain broke off relations in 1927 so there was a war scare
-: harvest went from 36 million to 93 million tonnes
-: the economy was not very good
-: lenin nep kulaks nepmen grain
"""


def rows_of(written):
    """Card ids with what is written and the numbers of its points, from 0."""
    card_id = ""
    for line in re.sub(r"\n {4}", " ", written).strip().splitlines():
        if line.startswith("["):
            card_id = line.strip("[]")
        else:
            numbers, _, text = line.partition(": ")
            expected = {int(number) - 1 for number in numbers.replace("-", "").split()}
            yield card_id, text.replace(" // ", "\n"), expected


ROWS = list(rows_of(WRITTEN))
CARD_IDS = sorted({card_id for card_id, _, _ in ROWS})
NOTHING = [(card_id, text) for card_id, text, expected in ROWS if not expected]


def ticked(card_id, text):
    return recognised(DECK.cards_by_id[card_id].points, text)


def make_points(*texts):
    return tuple(Point(f"p{number}", text, ()) for number, text in enumerate(texts))


def precision_and_recall(results):
    right = sum(len(found & expected) for found, expected in results)
    found = sum(len(found) for found, _ in results)
    expected = sum(len(expected) for _, expected in results)
    return right / found, right / expected


def test_the_table_is_large_enough():
    assert len(ROWS) >= 150
    assert len(CARD_IDS) >= 8
    assert len(NOTHING) >= 25
    assert len({(card_id, text) for card_id, text, _ in ROWS}) == len(ROWS)


def test_a_tick_is_nearly_always_earned_and_most_points_are_seen():
    results = [(ticked(card_id, text), expected) for card_id, text, expected in ROWS]
    precision, recall = precision_and_recall(results)
    assert precision >= 0.95
    assert recall >= 0.85


def test_on_no_card_are_many_ticks_unearned_or_points_missed():
    for card_id in CARD_IDS:
        rows = [row for row in ROWS if row[0] == card_id]
        results = [(ticked(card_id, text), expected) for _, text, expected in rows]
        precision, recall = precision_and_recall(results)
        assert precision >= 0.85, card_id
        assert recall >= 0.7, card_id


@pytest.mark.parametrize("joint", [" ", ". ", "\n- ", " and then ", "; "])
def test_it_does_not_matter_how_statements_are_strung_together(joint):
    results = []
    for card_id in CARD_IDS:
        rows = [(text, found) for other, text, found in ROWS if other == card_id and found]
        random.Random(card_id).shuffle(rows)
        text = joint.join(text.replace("\n", " ") for text, _ in rows)
        results.append((ticked(card_id, text), set().union(*(found for _, found in rows))))
    precision, recall = precision_and_recall(results)
    assert precision >= 0.95
    assert recall >= 0.8


@pytest.mark.parametrize("card", DECK.cards, ids=lambda card: card.id)
def test_the_text_of_a_point_is_that_point(card):
    for number, point in enumerate(card.points):
        found = recognised(card.points, plain(point.text).text)
        assert number in found
        assert len(found) <= 2


@pytest.mark.parametrize("card", DECK.cards, ids=lambda card: card.id)
def test_a_whole_card_written_out_is_every_point(card):
    text = " ".join(plain(point.text).text for point in card.points)
    assert recognised(card.points, text) == set(range(len(card.points)))
    assert recognised(card.points, text.upper()) == set(range(len(card.points)))


def with_another_year():
    for card_id, text, expected in ROWS:
        years = re.findall(r"\b1[89]\d\d\b(?!-)", text)
        points = DECK.cards_by_id[card_id].points
        of_year = {
            number for number in expected if len(years) == 1 and years[0] in points[number].text
        }
        for year in ("1915", "1922", "1931", "1935", "1940"):
            if of_year and not any(year in points[number].text for number in of_year):
                yield card_id, text.replace(years[0], year), of_year


def test_a_wrong_year_is_never_ticked():
    wrong = list(with_another_year())
    assert len(wrong) >= 150
    assert [row for row in wrong if ticked(row[0], row[1]) & row[2]] == []


@pytest.mark.parametrize("card", DECK.cards, ids=lambda card: card.id)
def test_a_list_of_all_names_and_years_is_not_the_card(card):
    everything = " ".join(plain(point.text).text for point in card.points)
    names = re.findall(r"(?<=[a-z] )[A-Z]\w+|\b\d{4}\b", everything)
    random.Random(1).shuffle(names)
    for joint in (" ", ", ", "\n"):
        assert len(recognised(card.points, joint.join(names))) <= 0.25 * len(card.points)


def test_a_list_of_all_that_is_bold_is_little_of_a_card():
    ticks = points = 0
    for card in DECK.cards:
        shown = [plain(point.text) for point in card.points]
        bold = [one.text[run.start : run.end] for one in shown for run in one.runs if run.bold]
        random.Random(1).shuffle(bold)
        ticks += len(recognised(card.points, ", ".join(bold)))
        points += len(card.points)
    assert ticks <= 0.15 * points


def test_little_of_another_card_is_taken_for_this_one():
    taken = asked = 0
    for card, other in zip(DECK.cards, DECK.cards[7:] + DECK.cards[:7], strict=True):
        for point in other.points:
            taken += bool(recognised(card.points, plain(point.text).text))
            asked += 1
    assert taken <= 0.06 * asked


NAMES = make_points(
    "In 1925 Stalin used **Bukharin**, **Rykov** and **Tomsky** to defeat Zinoviev.",
    "The **Politburo** removed **Trotsky** in **October 1926**.",
    "**Lenin's Testament** asked comrades to remove Stalin as **General Secretary**.",
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bukharin rykov tomsky zinoviev stalin", set()),
        ("bukharin, rykov, lenin, trotsky, kirov, kamenev, 1925", set()),
        ("it was bukharin and rykov and tomsky with stalin", {0}),
        ("in the testament lenin said that stalin should not be general secretary", {2}),
        ("trotsky politburo 1926", {1}),
        ("trotsky lenin stalin rykov tomsky politburo 1926 1925", set()),
    ],
)
def test_names_are_signs_where_a_sentence_is_about_them(text, found):
    assert recognised(NAMES, text) == found


POINTS = make_points(
    "Trotsky argued for **permanent revolution** in **1924**.",
    "In **1929** he was sent to **Turkey**, a country that would take him.",
    "**Coal** rose to **64 million tonnes**, said Trotsky.",
    "The **Yezhovshchina** frightened ordinary workers.",
    "About **46** leading Communists signed a **declaration** in October 1923.",
    "The **harvest** grew from **36 million** tonnes to **73 million**.",
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("trotsky argued for permanent revolution", {0}),
        ("Permanant revolusion was what Trotski argued for!!", {0}),
        ("revolution permanent: trotsky", {0}),
        ("1924 - permanent revolution, trotsky", {0}),
        ("trotsky argued for permanent revolution in 1925", set()),
        ("trotsky", set()),
        ("permanent revolution", set()),
        ("he was sent to turkey", {1}),
        ("he was sending to turkey in nineteen twenty nine", {1}),
        ("they threw him out to turkey in 1929", {1}),
        ("he was sent to turkey in 1930", set()),
        ("coal grew to 64 million tons", {2}),
        ("coal went up to 64m tonnes", {2}),
        ("coal rose to sixty four million", {2}),
        ("coal rose to 46 million tonnes", set()),
        ("normal workers were scared in the ezhovshchina", {3}),
        ("forty six communists signed a declaration", {4}),
        ("46 comunists signed the decleration in oct 1923", {4}),
        ("64 communists signed a declaration", set()),
        ("the harvest grew from 36 million to 73 million", {5}),
        ("the harvest grew from 36 million to 93 million", set()),
        ("trotsky argued for permanent revolution in 1924 and was sent to turkey in 1929", {0, 1}),
        ("he was sent to turkey\ncoal rose to 64 million\n", {1, 2}),
        ("", set()),
        ("   \n\n  ...  ", set()),
        ("🙂 🙃 ثورة דמוקרטיה", set()),
    ],
)
def test_what_is_recognised(text, found):
    assert recognised(POINTS, text) == found


def test_words_must_stand_together():
    near = "trotsky argued for permanent revolution"
    far = f"trotsky argued {'with friends about many other matters ' * 8} permanent revolution"
    assert recognised(POINTS, near) == {0}
    assert recognised(POINTS, far) == set()
    assert recognised(POINTS, "trotsky argued. it was permanent") == set()


def test_what_another_point_explains_is_no_sign_of_this_one():
    points = make_points(
        "Zinoviev and Kamenev **attacked** Stalin at the **congress** and lost.",
        "Zinoviev and Kamenev were **expelled** after they had **attacked** him.",
    )
    assert recognised(points, "zinoviev and kamenev attacked stalin at the congress") == {0}
    text = (
        "zinoviev and kamenev attacked stalin at the congress. they attacked him and got expelled"
    )
    assert recognised(points, text) == {0, 1}


def test_a_number_that_another_point_explains_is_not_against_this_one():
    assert recognised(POINTS, "he was sent to turkey and it was 1923") == set()
    text = "he was sent to turkey, a country that took him, after the declaration of 1923"
    assert recognised(POINTS, text) == {1, 4}


def test_a_card_without_points_and_one_point_alone():
    assert recognised((), "anything at all") == set()
    assert recognised(POINTS[:1], "trotsky argued for permanent revolution") == {0}


def test_a_very_long_text_is_read_as_far_as_there_is_a_limit():
    said = "trotsky argued for permanent revolution. "
    assert recognised(POINTS, "x " * (LONGEST_TEXT // 4) + "\n" + said) == {0}
    assert recognised(POINTS, "x " * LONGEST_TEXT + "\n" + said) == set()


@pytest.mark.parametrize("text", ["9" * 500, "፩ ² ①", "999 " * 300, "1/13/1999", "x" * 5000, "½"])
def test_strange_numbers_are_read(text):
    assert recognised(POINTS, text) == set()
    assert recognised(POINTS, f"{text}\nhe was sent to turkey") == {1}


SCRAPS = st.lists(
    st.sampled_from(
        ["trotsky", "1924", "permanent", "revolution", "64 million", ".", "\n", "-", "he was", "፩"]
    )
    | st.text(max_size=8)
).map(" ".join)


@given(SCRAPS | st.text())
def test_any_text_is_read(text):
    assert recognised(POINTS, text) <= set(range(len(POINTS)))


@given(SCRAPS, st.lists(st.text(alphabet="Kirov 12*.ab", max_size=30), max_size=4))
def test_any_card_is_read(text, texts):
    points = make_points(*texts)
    assert recognised(points, text) <= set(range(len(points)))


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("publish", "published", True),
        ("ban", "banned", True),
        ("collective", "collectivisation", True),
        ("plan", "planning", True),
        ("post", "poster", False),
        ("part", "party", False),
        ("secret", "secretary", False),
        ("war", "warm", False),
        ("coal", "goal", False),
    ],
)
def test_forms_of_a_word(one, other, is_same):
    assert is_form_of(one, other) is is_same
    assert is_form_of(other, one) is is_same


def test_words_for_the_same_share_their_group():
    assert group_of("murdered") == group_of("shootings") == group_of("executed")
    assert group_of("sacked") == group_of("expelled") != group_of("murdered")
    assert group_of("poster") is group_of("kirov") is None


def test_a_word_is_found_however_it_is_written():
    words = CardWords()
    yezhov, murder, famine = words.add("yezhov"), words.add("murder"), words.add("kolkhoz")
    assert words.find("ezhov") == yezhov
    assert words.find("shot") == murder
    assert words.find("kolkhozes") == words.find("kolkoz") == famine
    assert words.find("kolk") is words.find("shout") is None
