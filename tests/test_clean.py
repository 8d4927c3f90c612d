"""A page's text becomes its article: the samples word for word, invented pages of other shapes, and properties."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.errors import BadDocument
from qa_service.ingest.clean import clean_markdown, clean_page, document_id
from qa_service.ingest.credits import byline, dateline
from qa_service.ingest.dates import find_date
from qa_service.ingest.lines import kind_of
from qa_service.types import Document

SEEDS = Path(__file__).parents[1] / "seeds"


def seed(number: str) -> str:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return path.read_text("utf-8")


def read(page: str) -> Document:
    return clean_page(page, "page", "/somewhere/page.txt")


def paragraphs(page: str) -> list[str]:
    return read(page).text.split("\n\n")


# The samples: title, source, agency, place, date; then the first and last words of the text and its lines.
SAMPLES = [
    (
        "000",
        ("Trump voices desire to resolve disagreements with Moscow", "China Daily", "Xinhua", "Washington"),
        date(2017, 5, 12),
        ("WASHINGTON - US President Donald Trump emphasized", "including Ukraine, Syria and bilateral concerns.", 10),
    ),
    (
        "001",
        ("Pompeo: Trump strives to improve Russian-American relations", None, None, None),
        None,
        ("US President Donald Trump strives to improve", "with the visit of the US Secretary of State.", 9),
    ),
    (
        "002",
        ("Putin, Trump discuss rebuilding U.S.-Russia ties", "Action News", "Associated Press", None),
        None,
        ("A phone call between U.S. President Donald Trump and Russian", "by name and insisted on anonymity.", 10),
    ),
    (
        "003",
        (
            "Moscow, Washington seek cooperation amid tensions",
            "China Daily Global",
            "Xinhua - Agencies",
            "Helsinki, Finland",
        ),
        date(2021, 5, 21),
        (
            "HELSINKI, Finland-Russian Foreign Minister Sergei",
            "in Reykjavik, Iceland, on Wednesday. SAUL LOEB/REUTERS",
            13,
        ),
    ),
    (
        "004",
        ("Trump and Putin agree to work to improve ties", None, None, None),
        None,
        ("Russian President Vladimir Putin", "made no secret of their sympathy for Trump.", 14),
    ),
]


@pytest.mark.parametrize(("number", "about", "day", "text"), SAMPLES)
def test_a_sample_gives_its_article_and_what_its_page_says_about_it(
    number: str, about: tuple[str | None, ...], day: date | None, text: tuple[str, str, int]
) -> None:
    document = read(seed(number))
    first, last, count = text
    assert (document.title, document.source, document.agency, document.place) == about
    assert (document.published_at, document.author, document.url) == (day, None, None)
    assert document.text.startswith(first)
    assert document.text.endswith(last)
    assert len(document.text.split("\n\n")) == count


# Everything on the five pages that is not the article.
FURNITURE = {
    "000": [
        "US EUROPE AFRICA ASIA 中文",
        "China / Top Stories",
        "Trump voices desire to resolve disagreements with Moscow",
        "(China Daily) Updated: 2017-05-12 07:24",
        "Xinhua",
        "Highlights",
        "Hot Topics",
        "...",
    ],
    "001": [
        "Pompeo: Trump strives to improve Russian-American relations",
        "Share Button",
        "Leave a Reply",
        "Your email address will not be published. Required fields are marked *",
    ],
    "002": [
        "Putin, Trump discuss rebuilding U.S.-Russia ties - Action News",
        "Home WebMail Friday, November 22, 2024, 10:41 PM | Calgary | -11.4°C | Regions Advertise Login | Our platform "
        "is in maintenance mode. Some URLs may not be available. |",
        "World",
        "Putin, Trump discuss rebuilding U.S.-Russia ties",
        "With files from Associated Press",
    ],
    "003": [
        "Global EditionASIA 中文双语Français",
        "China Daily Global / 2021-05 / 21 / Page006",
        "Moscow, Washington seek cooperation amid tensions",
        "China Daily Global | Updated: 2021-05-21 00:00",
        "Xinhua - Agencies",
        "Most Viewed",
        "Top",
        "BACK TO THE TOP",
        "English",
        "Copyright 1995 - . All rights reserved. The content (including but not limited to text, photo, multimedia "
        "information, etc) published in this site belongs to China Daily Information Co (CDIC). Without written "
        "authorization from CDIC, such content shall not be republished or used in any form. Note: Browsers with "
        "1024*768 or higher resolution are suggested for this site.",
        "License for publishing multimedia online 0108263",
        "Registration Number: 130349",
        "FOLLOW US",
    ],
    "004": [
        "Trump and Putin agree to work to improve ties",
        "Leave a Reply",
        "This site uses Akismet to reduce spam. Learn how your comment data is processed.",
    ],
}


@pytest.mark.parametrize("number", FURNITURE)
def test_a_sample_loses_its_furniture_and_nothing_else(number: str) -> None:
    lines = [line.strip() for line in seed(number).split("\n") if line.strip()]
    assert [line for line in lines if line not in FURNITURE[number]] == paragraphs(seed(number))


@pytest.mark.parametrize("number", FURNITURE)
def test_every_line_of_a_text_is_on_its_page(number: str) -> None:
    assert all(line in seed(number) for line in paragraphs(seed(number)))


@pytest.mark.parametrize("number", FURNITURE)
def test_cleaning_the_text_once_more_changes_nothing(number: str) -> None:
    once = read(seed(number))
    again = read(f"{once.title}\n\n{once.text}")
    assert (again.title, again.text) == (once.title, once.text)


@pytest.mark.parametrize("number", FURNITURE)
def test_windows_line_ends_and_a_byte_order_mark_make_no_difference(number: str) -> None:
    page = seed(number)
    assert read("\ufeff" + page.replace("\n", "\r\n")) == read(page)


# Pages of other shapes, all invented.
TABLOID = """Skip to main content
Menu
Sign in
Subscribe
News | Sport | Weather | Business | Travel
Breaking: Storm closes airports

Harbour bridge to reopen after nine-month repair

By Ellen Marsh
Published: 14 March 2023, 06:15
Share this article
Facebook Twitter WhatsApp
3 comments

The bridge lost two cables in June. Photo: Tom Field

The harbour bridge will reopen to traffic on Monday after nine months of repairs, the city council said.

Advertisement

"It is stronger than it was before," engineer Paula Ortiz told reporters.

Read more: Ferry fares to rise in April

What happens next

Heavy lorries will have to wait until May, when the last tests are finished.

- Cars and buses from Monday
- Lorries from May

The work cost 41 million crowns.

Sign up for our daily newsletter
Get the latest news delivered to your inbox every morning.
Enter your email address
By signing up you agree to our Terms of Service and Privacy Policy.

Tags: bridge, harbour, council

Related articles
Council votes on new tram line
A tram line through the old town would cost twice as much as planned, a report says.

Ellen Marsh is a reporter for the Harbour Courier. She covers transport.
Comments (3)
Bob: I never liked that bridge anyway, it was always too narrow for my van.
Load more comments
© 2023 Harbour Courier. All rights reserved.
Privacy policy | Terms of use | Contact us
"""


def test_a_tabloid_page_keeps_caption_subhead_quotation_and_list() -> None:
    assert paragraphs(TABLOID) == [
        "The bridge lost two cables in June. Photo: Tom Field",
        "The harbour bridge will reopen to traffic on Monday after nine months of repairs, the city council said.",
        '"It is stronger than it was before," engineer Paula Ortiz told reporters.',
        "What happens next",
        "Heavy lorries will have to wait until May, when the last tests are finished.",
        "- Cars and buses from Monday",
        "- Lorries from May",
        "The work cost 41 million crowns.",
    ]


def test_a_tabloid_page_says_who_wrote_it_when_and_for_whom() -> None:
    document = read(TABLOID)
    assert document.title == "Harbour bridge to reopen after nine-month repair"
    assert (document.author, document.source) == ("Ellen Marsh", "Harbour Courier")
    assert document.published_at == date(2023, 3, 14)


COOKIES = """We use cookies to give you the best experience. By continuing you agree to our cookie policy.
Accept all
Manage preferences
Science Desk
HOME / SCIENCE / SPACE
Probe finds ice on small moon - Science Desk
Probe finds ice on small moon
4 min read
March 3, 2022 • Updated March 5, 2022
A probe that passed a small moon of Saturn has found ice below its surface, the agency said.
Image 1 of 4
The ice is at least three kilometres thick, according to the measurements.
Story continues below advertisement
"We did not expect so much of it," said Anna Lind, who leads the team.
You may also like
Ten things to know about Saturn
Follow us on Twitter
1 2 3 Next
"""


def test_a_page_without_blank_lines_behind_a_cookie_banner() -> None:
    document = read(COOKIES)
    assert (document.title, document.source) == ("Probe finds ice on small moon", "Science Desk")
    assert document.published_at == date(2022, 3, 3)
    assert document.text.startswith("A probe that passed")
    assert document.text.endswith("who leads the team.")
    assert "Image" not in document.text
    assert "advertisement" not in document.text


WIRE = """Daily Lantern / World
Ministers sign fishing deal
Source: Xinhua | 2019-05-15 08:02:21 | Editor: zhang
LIMA, May 14 (Xinhua) -- Ministers of four countries signed a fishing deal on Tuesday after two years of talks.
The deal sets quotas for anchovy and limits fleets to 300 boats each.
Back to top
"""


def test_a_wire_story_names_its_agency_and_keeps_its_dateline() -> None:
    document = read(WIRE)
    assert (document.title, document.agency, document.place) == ("Ministers sign fishing deal", "Xinhua", "Lima")
    assert document.published_at == date(2019, 5, 15)
    assert document.text.startswith("LIMA, May 14 (Xinhua) -- Ministers")


BLOG = """Home
About
The lighthouse keeper's last winter | Shore Notes

Posted on 2 February 2020

The lamp was lit for the last time in January, and nobody came to see it.

My grandfather kept it for thirty years, and he never once let it go out in a storm.

Share this:
Twitter
Facebook
Like this:
Like Loading...
2 thoughts on “The lighthouse keeper's last winter”
Old salt says:
I remember him well, he waved at us every evening when we came home from sea.
Leave a Reply Cancel reply
Powered by WordPress
"""


def test_a_blog_page_ends_before_its_comments() -> None:
    document = read(BLOG)
    assert (document.title, document.source) == ("The lighthouse keeper's last winter", "Shore Notes")
    assert document.published_at == date(2020, 2, 2)
    assert document.text.endswith("let it go out in a storm.")
    assert len(document.text.split("\n\n")) == 2


MENUS = "\n".join(
    [
        *("Home", "World", "Politics", "Business", "Asia", "Europe", "Sport", "Tennis", "Golf", "Weather", "Jobs") * 4,
        "Council raises parking fees",
        "By Jane Doe, Staff Writer",
        "Parking in the old town will cost twice as much from June, the council decided on Thursday.",
        "Shop owners said that they feared for their trade, and asked for a later start.",
        "The fees were last raised in 2011.",
        *("Most popular", "Council raises parking fees", "Storm closes airports", "Dogs may now ride trams for free"),
        *("Home", "World", "Politics", "Terms of use", "Privacy policy", "Imprint"),
    ]
)


def test_a_page_of_menus_yields_its_three_sentences() -> None:
    document = read(MENUS)
    assert (document.title, document.author) == ("Council raises parking fees", "Jane Doe")
    assert document.text.startswith("Parking in the old town")
    assert document.text.endswith("last raised in 2011.")


TIMELINE = """Timeline of the strike

The strike at the port lasted for three weeks.

3 May 2021

Dockers walk out over pay and night shifts.

24 May 2021

The dockers accept an offer of four percent.
"""


def test_dates_that_head_paragraphs_stay_and_are_no_publication_date() -> None:
    document = read(TIMELINE)
    assert "3 May 2021\n\nDockers walk out" in document.text
    assert document.published_at is None


WRAPPED = """Report on the harbour

The harbour bridge will reopen to traffic on Monday after nine months
of repairs, the city council said. It had lost two cables in June and
Paula Ortiz had closed it at once.

Heavy lorries will have to wait until May, when the last tests are
finished. The work cost 41 million crowns.
"""


def test_paragraphs_wrapped_by_hand_stay_whole() -> None:
    assert read(WRAPPED).text == WRAPPED.split("\n\n", 1)[1].strip()
    assert read(WRAPPED).title == "Report on the harbour"


def test_a_list_of_results_below_the_last_sentence_is_kept() -> None:
    rows = "\n".join(
        f"Group {name}: {points} points for the winner" for name, points in zip("ABCD", (9, 7, 7, 6), strict=True)
    )
    page = f"Cup draw\n\nThe last games of the first round were played on Sunday.\n\n{rows}\n\nRelated news\nMore"
    assert read(page).text.endswith("Group D: 6 points for the winner")


def test_a_page_of_one_headline_is_its_own_text() -> None:
    document = read("Ministers sign fishing deal")
    assert document.title == document.text == "Ministers sign fishing deal"


def test_a_text_without_a_title_is_called_by_its_first_words() -> None:
    text = "Ministers of four countries signed a fishing deal on Tuesday after two years of talks."
    assert read(text).title == "Ministers of four countries signed a fishing deal on Tuesday…"
    assert read(text).text == text


def test_a_date_above_the_title_is_the_moment_of_looking() -> None:
    page = "Friday, November 22, 2024\nTwo ferries collide\n\nTwo ferries collided in fog near the island on Monday."
    assert read(page).published_at is None
    assert read(page.replace("Friday", "Published: Friday")).published_at == date(2024, 11, 22)


def test_a_person_beside_a_date_is_no_publisher() -> None:
    page = "Two ferries collide\nJane Doe | Updated: 2021-05-21\nTwo ferries collided in fog near the island on Monday."
    assert read(page).source is None
    assert read(page.replace("Jane Doe", "The Daily Lantern")).source == "The Daily Lantern"


@pytest.mark.parametrize(
    ("head", "source", "agency", "author"),
    [
        ("By ZHANG WEI in Beijing | Daily Lantern | Updated: 2019-05-15 07:00", "Daily Lantern", None, "Zhang Wei"),
        ("(Xinhua) Updated: 2019-05-15 07:24", None, "Xinhua", None),
        ("By Jane Doe, Reuters\nMay 15, 2019 7:00 AM", None, "Reuters", "Jane Doe"),
        ("By\nJane Doe\n15 May 2019", None, None, "Jane Doe"),
        ("2019/05/15\nTASS", None, "TASS", None),
        ("Publisher: Shore Notes\nLast updated on 15th May 2019", "Shore Notes", None, None),
        ("Jane Doe - May 15, 2019, 10:31 pm CST", None, None, None),
    ],
)
def test_the_lines_below_a_title_say_who_and_when(
    head: str, source: str | None, agency: str | None, author: str | None
) -> None:
    document = read(f"Two ferries collide in fog\n{head}\n\nTwo ferries collided in fog near the island on Monday.")
    assert (document.source, document.agency, document.author) == (source, agency, author)
    assert document.published_at == date(2019, 5, 15)
    assert document.text == "Two ferries collided in fog near the island on Monday."


@pytest.mark.parametrize(
    "line",
    [
        "Shares fall in early trade",
        "Search for survivors",
        "Powered by hydrogen",
        "Copyright law in Europe was written before machines could read.",
        "By using drones, the army could see behind the hill.",
        "Already a star at twenty, she left the stage for good.",
        "Advertisement spending rose by five percent, the agency said.",
        "'Predictable relationship'",
        "“We agree.”",
        "Sign language for beginners",
        "Cookies allow sites to follow their readers, the court said.",
    ],
)
def test_prose_that_uses_the_words_of_interfaces_is_kept(line: str) -> None:
    before = "The first paragraph of the article says what happened, and to whom."
    after = "The last paragraph of the article says what the others had to say about it."
    assert line in paragraphs(f"A headline for the article\n\n{before}\n\n{line}\n\n{after}\n\nShare this")


@pytest.mark.parametrize(
    "line",
    [
        "Facebook Twitter WhatsApp",
        "Follow us on Instagram",
        "READ MORE: Council votes on tram",
        "Also read | Council votes on tram",
        "12 comments",
        "« Previous",
        "Page 2 of 5",
        "(Reporting by Jane Doe; editing by John Roe)",
        "Photo: Jane Doe / AFP",
        "This site is protected by reCAPTCHA and the Privacy Policy and Terms of Service apply.",
        "Your browser does not support this video.",
        "Already a subscriber? Log in",
        "London 12°C",
        "* * *",
        "\u200b",
    ],
)
def test_a_line_of_the_interface_inside_an_article_is_dropped(line: str) -> None:
    before = "The first paragraph of the article says what happened, and to whom."
    after = "The last paragraph of the article says what the others had to say about it."
    assert paragraphs(f"A headline for the article\n\n{before}\n\n{line}\n\n{after}") == [before, after]


@pytest.mark.parametrize(
    "page", ["", " \n\n", "Home\nLog in\nShare this\n© 2024 Lantern. All rights reserved.", "...\n---"]
)
def test_a_page_of_nothing_but_furniture_is_refused_by_name(page: str) -> None:
    with pytest.raises(BadDocument, match=r"^page\.txt has no text"):
        read(page)


@pytest.mark.parametrize("page", ["A page with a\0 in it.", "A page with \ud800 in it."])
def test_characters_that_no_text_has_are_refused(page: str) -> None:
    with pytest.raises(BadDocument, match=r"^page\.txt holds characters"):
        read(page)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PORT-AU-PRINCE, Haiti (AP) — Police said", ("Port-au-Prince, Haiti", "Associated Press")),
        ("BEIJING, Nov. 5, 2019 (Xinhua) --China", ("Beijing", "Xinhua")),
        ("NEW YORK (Reuters) - Oil prices", ("New York", "Reuters")),
        ("Beirut, Lebanon (CNN) — Crowds", ("Beirut, Lebanon", None)),
        ("ST. PETERSBURG, Fla. - A bridge", ("St. Petersburg, Fla.", None)),
        ("NATO-Russia talks began", (None, None)),
        ("U.S. - Russian ties", (None, None)),
        ("EXCLUSIVE - The minister", (None, None)),
    ],
)
def test_a_dateline_gives_place_and_agency(text: str, expected: tuple[str | None, str | None]) -> None:
    assert dateline(text) == expected


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jane Doe, Staff Writer", "Jane Doe"),
        ("BY JANE DOE AND JOHN ROE", "Jane Doe And John Roe"),
        ("By Jane Doe May 3, 2019", "Jane Doe"),
        ("By Jane Doe, John Roe and Mary Major", "Jane Doe, John Roe and Mary Major"),
        ("Author: Jane van der Berg", "Jane van der Berg"),
        ("By the time he came", None),
        ("By Monday, the river had risen", None),
    ],
)
def test_a_byline_gives_the_author(line: str, author: str | None) -> None:
    assert byline(line) == author


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12th of May, 2017", date(2017, 5, 12)),
        ("Tue, Nov 19 20197:05 AM EST", date(2019, 11, 19)),
        ("12.05.2017", date(2017, 5, 12)),
        ("23/04/2019", date(2019, 4, 23)),
        ("04/23/2019", date(2019, 4, 23)),
        ("03/04/2019", None),
        ("2017-02-30", None),
        ("May 2017", None),
    ],
)
def test_a_date_is_read_only_where_it_is_plain(text: str, day: date | None) -> None:
    assert find_date(text) == day


def test_an_id_depends_on_source_and_text_and_on_their_border() -> None:
    ids = {document_id(*pair) for pair in [("a", "bc"), ("ab", "c"), (None, "abc"), ("a", "bd")]}
    assert len(ids) == 4
    assert document_id("a", "bc") == document_id("a", "bc")
    assert all(len(name) == 20 and name.startswith("doc_") for name in ids)


MARKDOWN = """---
title: "Harbour report"
source: Harbour Courier
date: 2023-03-14
url: https://example.org/harbour
author: Ellen Marsh
---

# Harbour report

The bridge **reopens** on Monday.

## What happens next
- lorries from May
"""


def test_markdown_takes_its_fields_from_front_matter_and_leaves_the_rest_alone() -> None:
    document = clean_markdown(MARKDOWN, "harbour", "/x/harbour.md")
    assert (document.title, document.source, document.author) == ("Harbour report", "Harbour Courier", "Ellen Marsh")
    assert (document.url, document.published_at) == ("https://example.org/harbour", date(2023, 3, 14))
    assert document.text == "The bridge **reopens** on Monday.\n\n## What happens next\n- lorries from May"


@pytest.mark.parametrize(
    ("raw", "title", "text"),
    [
        ("# Title #\ntext", "Title", "text"),
        ("title: Given\n\n# Heading\ntext", "Given", "# Heading\ntext"),
        ("Intro.\n\n## Later\ntext", "Later", "Intro.\n\n## Later\ntext"),
        ("```\n# comment\n```\ntext", "``` # comment ``` text", "```\n# comment\n```\ntext"),
        ("---\nno end of it", "--- no end of it", "---\nno end of it"),
    ],
)
def test_markdown_without_front_matter_is_titled_by_its_first_heading(raw: str, title: str, text: str) -> None:
    document = clean_markdown(raw, "m", "m.md")
    assert (document.title, document.text) == (title, text)


@pytest.mark.parametrize("raw", ["# Only a title", "---\ntitle: x\n---\n", "url: javascript:alert(1)\n\ntext"])
def test_markdown_without_text_or_with_a_dangerous_link_is_refused(raw: str) -> None:
    with pytest.raises(BadDocument, match=r"^m\.md"):
        clean_markdown(raw, "m", "/x/m.md")


LINES = st.lists(st.sampled_from([*TABLOID.split("\n"), *COOKIES.split("\n"), *seed("003").split("\n"), "x" * 300]))


@given(LINES)
def test_a_text_is_made_of_lines_of_its_page_in_their_order(lines: list[str]) -> None:
    try:
        document = read("\n".join(lines))
    except BadDocument:
        return
    rows = iter(line.strip() for line in lines)
    assert all(line in rows for line in document.text.split("\n") if line)
    assert document.title.strip()


@given(st.text())
def test_any_text_becomes_a_document_or_is_refused(page: str) -> None:
    try:
        document = read(page)
    except BadDocument:
        return
    plain = page.replace("\r\n", "\n").replace("\r", "\n")
    assert all(line in plain for line in document.text.split("\n"))
    assert document.id == document_id(document.source, document.text)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "a",
            "A ",
            "1",
            "a.",
            "A.",
            "- ",
            "| ",
            "\xa0",
            "© ",
            "By A ",
            "(",
            '"',
            "’",
            "中",
            "by clicking ",
            "copyright ",
        ),
        *("A\n", "By A\n", "1 May 2020\n", "x | y\n", "a b c. \n", "follow ", "2017-", "A-", "AB, AB (", "get "),
    ],
)
def test_long_hostile_pages_are_read_to_their_end(piece: str) -> None:
    page = f"A title\n\n{piece * (50_000 // len(piece))}\n\nA sentence stands at the end of the page."
    assert read(page).id
    assert clean_markdown(page, "m", "m.md").id


def test_a_quotation_of_a_few_words_is_a_sentence_and_a_menu_is_none() -> None:
    assert kind_of("“We are ready to talk.”") == "sentence"
    assert kind_of("Home | News | Sport") == "menu"
    assert kind_of("Terms of use") == "menu"
