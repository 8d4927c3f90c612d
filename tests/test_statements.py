"""Who says what."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading import Reading, read, seeds

WORDS = (
    'Orla Kelmet Tomas said told added saying "Wheat “wheat wheat” wheat." he it she according to the Kremlin by was '
    "Minister Mr. , . and who that with ( ) ''"
).split()
NEWS_LIKE = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
INTRODUCED = "Minister Orla Kelmet spoke. "


def who(text: str) -> list[tuple[str, ...]]:
    (reading,) = read(text)
    return reading.speakers()


def speaker_of(reading: Reading, beginning: str) -> str:
    """The outermost speaker of the sentence that begins so."""
    index = next(s.index for s in reading.sentences if reading.text.startswith(beginning, s.start))
    return next(s.speaker for s in reading.statements if s.sentence == index)


@pytest.mark.parametrize(
    "text",
    [
        "Minister Orla Kelmet said wheat was dear.",
        "Mayor of London Orla Kelmet said wheat was dear.",
        'Team leader Orla Kelmet told the Washington Post, "Wheat is dear."',
        "Orla Kelmet, who grew up in Riga and owns a farm, said wheat was dear.",
        "Orla Kelmet, a senior fellow at the Riga Wheat Institute and a former envoy to Norway, said wheat was dear.",
        "Rep. Orla Kelmet (R-Ohio), a panel member, said wheat was dear.",
        "In a statement, Orla Kelmet said wheat was dear.",
        "OSLO -- Orla Kelmet, opening the fair in Riga on Monday, said wheat was dear.",
        "Orla Kelmet was quoted as saying wheat was dear.",
        "They were told by Emergencies Minister Orla Kelmet that wheat was dear.",
        '"Wheat is dear," said Orla Kelmet.',
        '"Wheat is dear," said UCL chemist Orla Kelmet of Riga.',
        '"Wheat is dear," Orla Kelmet, a farmer, said of bread.',
        "Wheat, which nobody in the country has to buy, is dear, Orla Kelmet said on Monday.",
        "According to Orla Kelmet, wheat is dear.",
        "Trading went on, with Orla Kelmet stressing that wheat was dear.",
        "Orla Kelmet: Wheat is dear",
        "''Wheat in Oslo is dear,'' said Orla Kelmet.",
    ],
)
def test_one_sentence_has_this_speaker(text: str) -> None:
    assert [speakers[0] for speakers in who(text)] == ["Orla Kelmet"]


@pytest.mark.parametrize(
    "text",
    [
        "Orla Kelmet was told that wheat was dear.",
        "Trading went on with Orla Kelmet.",
        "Orla Kelmet has a plan.",
        "Image: Orla Kelmet.",
        "Oslo launched a program dubbed “Wheat”.",
        "They were also searched and questioned for hours.",
        "The unrest continued through the night.",
        "There were 41 confirmed cases in Riga.",
        "Power was restored by 20:21 that day.",
        "The best bread I know of is gone.",
    ],
)
def test_nobody_speaks(text: str) -> None:
    assert who(text) == [()]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Wheat is dear for Orla Kelmet, officials said.", "officials"),
        ("Proponents, including Orla Kelmet, have said so.", "Proponents"),
        ("Orla Kelmet's sister said wheat was dear.", "Orla Kelmet's sister"),
        ("According to her publicist, Orla Kelmet left.", "her publicist"),
        ("The bakers I asked said wheat was dear.", "The bakers"),
        ("Two farmers who came from Riga said wheat was dear.", "Two farmers"),
        ('"Wheat is dear," said a spokesman for the union.', "a spokesman for the union"),
        ("A report obtained by the paper says that wheat is dear.", "A report"),
        ("The latest poll found that bakers are tired.", "The latest poll"),
        ("Nobody who has to buy wheat buys it, records show.", "records"),
        ("Six in 10 say that wheat is dear.", "Six in 10"),
        ("Bakers are confident that wheat will be dear.", "Bakers"),
    ],
)
def test_someone_without_a_name_speaks(text: str, speaker: str) -> None:
    (statement,) = read(text)[0].statements
    assert (statement.speaker, statement.speaker_key) == (speaker, "")


def test_who_speaks_for_a_body_is_shown_as_written_with_its_key() -> None:
    statements = read("The Kremlin was closed. A spokesman for the Kremlin said wheat was dear.")[0].statements
    assert [(s.speaker, s.speaker_key) for s in statements] == [("A spokesman for the Kremlin", "kremlin")]


def test_names_that_are_joined_both_speak() -> None:
    text = "Minister Orla Kelmet and farmer Tomas Brandeis said wheat was dear."
    assert who(text) == [("Orla Kelmet", "Tomas Brandeis")]


def contents(text: str) -> list[tuple[str, str, list[str]]]:
    """Speaker, cue and the stretches of the content of every statement."""
    statements = read(text)[0].statements
    return [(s.speaker, s.cue, [text[start:end] for start, end in s.content]) for s in statements]


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("Orla Kelmet said wheat was dear.", "said", ["wheat was dear"]),
        ("Orla Kelmet said on Monday that wheat was dear.", "said", ["that wheat was dear"]),
        ("Orla Kelmet told reporters in Riga that wheat was dear.", "told", ["that wheat was dear"]),
        (
            "Wheat, which all buy, was dear, Orla Kelmet said in a statement.",
            "said",
            ["Wheat, which all buy, was dear"],
        ),
        ('"Wheat is dear," Orla Kelmet said on Monday.', "said", ['"Wheat is dear,"']),
        ('"Wheat," Orla Kelmet said, "is dear."', "said", ['"Wheat,"', '"is dear."']),
        ("Orla Kelmet said: “Wheat is dear.”", "said", ["“Wheat is dear.”"]),
        ("According to Orla Kelmet, wheat is dear.", "According to", ["wheat is dear"]),
        ("Wheat is dear in all of Riga, according to Orla Kelmet.", "according to", ["Wheat is dear in all of Riga"]),
        ("As Orla Kelmet said, wheat is dear.", "said", ["wheat is dear"]),
        ("After Orla Kelmet said wheat was dear, bakers came.", "said", ["wheat was dear"]),
        ("Orla Kelmet plans to grow wheat.", "plans", ["to grow wheat"]),
        ("Orla Kelmet called for cheaper bread.", "called for", ["cheaper bread"]),
        ("Orla Kelmet: Wheat is dear", ":", ["Wheat is dear"]),
        ("They were accused by Orla Kelmet of greed.", "accused", ["They", "of greed"]),
        ("Orla Kelmet's claim that wheat is dear went round.", "claim", ["that wheat is dear went round"]),
    ],
)
def test_content_is_what_is_said_without_cue_and_speaker(text: str, cue: str, content: list[str]) -> None:
    assert contents(text)[0] == ("Orla Kelmet", cue, content)


def test_each_sentence_of_a_quotation_has_its_own_content() -> None:
    text = 'Minister Orla Kelmet said wheat was dear. "Bread is dearer." Nobody came.'
    first, second = contents(text)
    assert first == ("Orla Kelmet", "said", ["wheat was dear"])
    assert second == ("Orla Kelmet", "", ['"Bread is dearer."'])


def test_what_is_said_within_what_is_said_ends_with_it() -> None:
    outer, inner = contents("Minister Orla Kelmet stressed the price of wheat in the country, the White House said.")
    assert outer[2] == ["Minister Orla Kelmet stressed the price of wheat in the country"]
    assert inner[2] == ["the price of wheat in the country"]


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("Minister Orla Kelmet told reporters that wheat was dear.", "reporters"),
        ("Mr. Tomas Brandeis left. Minister Orla Kelmet told Brandeis that wheat was dear.", "Tomas Brandeis"),
        ("Minister Orla Kelmet said in an interview with the Kremlin that wheat was dear.", "the Kremlin"),
        ("Minister Orla Kelmet said that wheat was dear.", ""),
    ],
)
def test_the_addressee_is_the_one_told(text: str, addressee: str) -> None:
    assert read(text)[0].statements[-1].addressee == addressee


@pytest.mark.parametrize(
    "text",
    [
        '"Wheat is dear," she said.',
        "She added that wheat was dear.",
        '"Tomas Brandeis grows wheat," she told the court.',
        "The minister said wheat was dear.",
        "Ms. Kelmet said wheat was dear.",
    ],
)
def test_pronouns_and_offices_mean_the_one_before(text: str) -> None:
    assert who(INTRODUCED + text)[1] == ("Orla Kelmet",)


def test_he_is_not_someone_called_mrs() -> None:
    speakers = who("Mr. Tomas Brandeis met Mrs. Orla Kelmet. Mrs. Kelmet said no. He said yes.")
    assert speakers[1:] == [("Orla Kelmet",), ("Tomas Brandeis",)]


def test_a_quotation_goes_on_with_its_speaker() -> None:
    assert who('Minister Orla Kelmet said no. "Wheat is dear." Nobody came.') == [("Orla Kelmet",)] * 2 + [()]


def test_a_long_quotation_keeps_its_speaker_to_its_end() -> None:
    quotation = "“" + "Wheat in Oslo was dear when we came here. " * 20 + "It is.”"
    speakers = who(f"Minister Orla Kelmet said: {quotation} Nobody in Riga came.")
    assert set(speakers[:-1]) == {("Orla Kelmet",)}
    assert speakers[-1] == ()


def test_the_outermost_speaker_comes_first() -> None:
    text = "Minister Orla Kelmet stressed the price of wheat in the country, the White House said."
    assert who(text) == [("the White House", "Orla Kelmet")]


def test_verbs_that_are_joined_share_their_subject() -> None:
    assert who("Minister Orla Kelmet met Tomas Brandeis and warned of hunger.") == [("Orla Kelmet",)]


def test_a_body_goes_on_as_it() -> None:
    assert who("The White House said no. It added that wheat was dear.") == [("the White House",)] * 2


def test_a_body_means_itself_within_what_it_says() -> None:
    assert who("The White House closed. The White House said it believes wheat is dear.")[1] == ("the White House",) * 2


def test_a_pronoun_goes_on_past_the_names_in_between() -> None:
    text = INTRODUCED + "She met Lena Brandeis and Mira Olsen. She said wheat was dear."
    assert who(text)[-1] == ("Orla Kelmet",)


def test_an_office_means_whoever_bears_it_by_that_word() -> None:
    text = "President Tomas Brandeis wrote to President-elect Orla Kelmet. The president said no."
    assert who(text)[-1] == ("Tomas Brandeis",)


def test_the_author_speaks_where_a_text_is_told_by_one() -> None:
    assert who("I buy wheat. I think it is dear. I know bakers.")[1] == ("I",)
    assert who("The best wheat is gone. I think it is dear.")[1] == ()


def test_a_surname_that_two_bear_means_the_one_named_last() -> None:
    text = 'Minister Orla Kelmet left. Then farmer Tomas Kelmet came. "Wheat is dear," Kelmet said.'
    assert [name for _, name in read(text)[0].mentioned()][-1] == "Tomas Kelmet"
    assert who(text)[-1] == ("Tomas Kelmet",)


@pytest.mark.parametrize(
    "unit", ["Orla Kelmet said ", "said by ", "the US ", "''a ", "he said, ", '"Orla', "and said ", "“a said "]
)
def test_long_nonsense_is_read_to_its_end(unit: str) -> None:
    assert who(unit * (100_000 // len(unit)) + "\nMinister Orla Kelmet left.")[-1] == ()


@pytest.mark.parametrize(
    ("beginning", "speaker"),
    [
        ("US President Donald Trump strives", "Mike Pompeo"),
        ("“President Trump will do his best", "Mike Pompeo"),
        ("According to Pompeo", "Mike Pompeo"),
        ("As he said, Washington", "Mike Pompeo"),
        ("According to the US Secretary", "Mike Pompeo"),
        ("He pointed out", "Mike Pompeo"),
        ("Prior to the talks, Pompeo wrote", "Mike Pompeo"),
        ("Lavrov expressed his hope", "Sergei Lavrov"),
        ("As he said, the problems", "Sergei Lavrov"),
        ("According to his words", "Sergei Lavrov"),
        ("“We are ready to do this.", "Sergei Lavrov"),
        ("He believed that the revival", "Sergei Lavrov"),
        ("Dmitry Pescov", "Dmitry Pescov"),
        ("As he said, the Russian President", "Dmitry Pescov"),
    ],
)
def test_who_speaks_in_sochi(beginning: str, speaker: str) -> None:
    assert speaker_of(seeds()[1], beginning) == speaker


@pytest.mark.parametrize(
    ("document", "beginning", "speaker"),
    [
        (0, "WASHINGTON - US President", "the White House"),
        (0, "After the meeting, Lavrov told", "Sergei Lavrov"),
        (2, "Weekend phone call", "Sergei Lavrov"),
        (2, "In a brief statement", "the White House"),
        (3, '"Our position is very simple,"', "Sergei Lavrov"),
        (3, '"We are ready to discuss', "Sergei Lavrov"),
        (3, "For his part, Blinken", "Antony Blinken"),
        (4, "“President-elect Trump noted", "Donald Trump’s office"),
        (4, "Trump’s office said that Putin", "Donald Trump’s office"),
        (4, "“During the call, the two leaders", "Donald Trump’s office"),
        (4, "The Kremlin said that Putin", "the Kremlin"),
        (4, "In its statement, the Kremlin", "the Kremlin"),
        (4, "“They spoke for active", "the Kremlin"),
        (4, "It said that Putin and Trump", "the Kremlin"),
        (4, "Putin and Trump also agreed", "the Kremlin"),
    ],
)
def test_who_speaks_in_the_other_seeds(document: int, beginning: str, speaker: str) -> None:
    assert speaker_of(seeds()[document], beginning) == speaker


@settings(deadline=None)
@given(st.lists(st.text() | NEWS_LIKE, max_size=3))
def test_statements_cover_sentences_in_order(texts: list[str]) -> None:
    for reading in read(*texts):
        spans = {(s.index, s.start, s.end) for s in reading.sentences}
        assert all((s.sentence, s.start, s.end) in spans for s in reading.statements)
        assert [s.sentence for s in reading.statements] == sorted(s.sentence for s in reading.statements)
        assert all(s.speaker_key in ("", *reading.names) and s.speaker for s in reading.statements)


@settings(deadline=None)
@given(NEWS_LIKE)
def test_contents_lie_in_their_sentences_in_order(text: str) -> None:
    for s in read(text)[0].statements:
        places = [place for span in s.content for place in span]
        assert places == sorted(places)
        assert all(s.start <= place <= s.end for place in places)
