"""The catalogues of texts: complete, used, and the only place that the pages' words come from."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from markupsafe import Markup

from qa_service.web.texts import Catalogue, catalogues

WEB = Path(__file__).parent.parent / "qa_service" / "web"
TEMPLATES = sorted((WEB / "templates").glob("*.html"))
SCRIPTS = sorted((WEB / "static").glob("*.js"))
SOURCES = {path: path.read_text(encoding="utf-8") for path in [*TEMPLATES, *SCRIPTS, *WEB.glob("*.py")]}

ENGLISH = catalogues()["en"]
OTHERS = [catalogue for catalogue in catalogues().values() if catalogue is not ENGLISH]

KEY = re.compile(r"""["'`]([a-z][a-z_]*(?:\.[a-z0-9_]+)*)["'`]""")
BEGINNING = re.compile(r"""["'`]((?:[a-z_]+\.)+)(?:["'] *~|\$\{|\{|["'] *\+)""")  # "feedback.reason." ~ reason
BESIDE_WORDS = re.compile(
    r"\{#.*?#\}|\{% block page %\}\w+|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|&\w+;|<(kbd|code)>[^<]*</\1>", re.DOTALL
)
CALLED = re.compile(r"""(?:\b(?:t|around)|\.say)\(\s*["']([a-z0-9_.]+)["']\s*[,)]""")


def places(key: str, text: str) -> set[str]:
    """The places of a text; a singular may say its number in a word."""
    return set(re.findall(r"\{(\w+)\}", text)) - ({"n"} if key.endswith(".one") else set())


@pytest.mark.parametrize("other", OTHERS, ids=lambda catalogue: catalogue.code)
def test_every_language_has_the_same_texts_in_the_same_order(other: Catalogue) -> None:
    assert list(other.texts) == list(ENGLISH.texts)


@pytest.mark.parametrize("other", OTHERS, ids=lambda catalogue: catalogue.code)
def test_every_language_fills_the_same_places(other: Catalogue) -> None:
    different = [key for key, text in ENGLISH.texts.items() if places(key, text) != places(key, other.texts[key])]
    assert different == []


@pytest.mark.parametrize("path", sorted((WEB / "texts").glob("*.json")), ids=lambda path: path.stem)
def test_no_key_stands_twice_and_no_text_is_empty(path: Path) -> None:
    pairs = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=list)
    assert len(dict(pairs)) == len(pairs)
    assert [key for key, text in pairs if not text.strip()] == []


def test_what_has_a_singular_has_a_plural() -> None:
    singular = {key.removesuffix(".one") for key in ENGLISH.texts if key.endswith(".one")}
    assert [key for key in singular if f"{key}.other" not in ENGLISH.texts] == []


def test_every_text_is_used() -> None:
    everything = "\n".join(SOURCES.values())
    named, beginnings = set(KEY.findall(everything)), tuple(set(BEGINNING.findall(everything)))
    stems = {key: re.sub(r"\.(one|other)$", "", key) for key in ENGLISH.texts}
    unused = [key for key, stem in stems.items() if not {key, stem} & named and not key.startswith(beginnings)]
    assert unused == []


def test_every_text_that_is_asked_for_exists() -> None:
    asked = {key for source in SOURCES.values() for key in CALLED.findall(source)}
    assert asked
    assert [key for key in sorted(asked) if not {key, f"{key}.other"} & set(ENGLISH.texts)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no_words_of_its_own(path: Path) -> None:
    markup = BESIDE_WORDS.sub("", SOURCES[path])
    said = re.findall(r"""(?:aria-label|alt|title|placeholder|content)=("[^"]*")""", markup)
    assert [words for words in said if re.search("[A-Z]", words)] == []
    assert re.findall(r"[^\W\d_]{2,}[^<>]*", re.sub(r"<[^>]*>", "\n", markup)) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_holds_no_sentence_of_its_own(path: Path) -> None:
    code = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*|new DOMException\([^)]*\)", "", SOURCES[path], flags=re.S)
    literals = re.findall(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`', code)
    sentences = [
        text for pair in literals for text in pair if re.search(r"^[A-Z][a-z]+(?: [a-z]+)+|[a-z]\. [A-Z]", text)
    ]
    assert sentences == []


# Which language


@pytest.mark.parametrize(
    ("address", "cookie", "preference", "language"),
    [
        ("/docs", None, None, "en"),
        ("/docs", None, "de-AT,de;q=0.9,en;q=0.5", "de"),
        ("/docs", None, "fr", "en"),
        ("/docs", "de", "en", "de"),
        ("/docs?lang=de", "en", "en", "de"),
        ("/docs?lang=xx", "de", "en", "de"),
        ("/docs?lang=<script>", "</html>", "*", "en"),
        ("/nothing/here?lang=de", None, None, "de"),
    ],
)
def test_the_language_is_the_one_asked_for(
    client: FlaskClient, address: str, cookie: str | None, preference: str | None, language: str
) -> None:
    if cookie:
        client.set_cookie("qa_lang", cookie)
    headers = {"Accept": "text/html"} | ({"Accept-Language": preference} if preference else {})
    assert f'<html lang="{language}" dir="ltr">' in client.get(address, headers=headers).text


def test_a_chosen_language_is_remembered(client: FlaskClient) -> None:
    client.get("/docs?lang=de")
    assert '<html lang="de"' in client.get("/docs").text
    cookie = client.get_cookie("qa_lang")
    assert cookie is not None
    assert (cookie.value, cookie.path, cookie.same_site) == ("de", "/", "Lax")


def test_an_unknown_language_is_not_remembered(client: FlaskClient) -> None:
    client.get("/docs?lang=xx")
    assert client.get_cookie("qa_lang") is None


def test_choosing_a_language_keeps_the_place(client: FlaskClient) -> None:
    document = client.get("/documents?limit=1").json["documents"][0]["id"]  # type: ignore[index] # the body is there
    page = client.get(f"/documents/{document}/view?start=1&end=9&x=%22%3E&lang=en").text
    assert 'href="?start=1&amp;end=9&amp;x=%22%3E&amp;lang=de" hreflang="de"' in page


# How a text is filled in


def test_a_number_picks_its_form_and_is_grouped() -> None:
    german = catalogues()["de"]
    assert [ENGLISH.say("documents", n=n) for n in (0, 1, 2345)] == ["0 documents", "1 document", "2,345 documents"]
    assert [german.say("documents", n=n) for n in (1, 2345)] == ["1 Dokument", "2.345 Dokumente"]


def test_a_day_is_written_as_people_write_it() -> None:
    days = [catalogue.day(datetime.date(2017, 5, 12)) for catalogue in catalogues().values()]
    assert days == ["12 May 2017", "12. Mai 2017"]


def test_a_value_is_escaped_unless_it_is_markup() -> None:
    assert ENGLISH.say("reference.send", shape="<b>") == "Send &lt;b&gt; as JSON."
    assert ENGLISH.say("reference.send", shape=Markup("<b>")) == "Send <b> as JSON."


def test_a_value_that_looks_like_a_place_stays_text() -> None:
    assert ENGLISH.say("reference.send", shape="{shape}{n}") == "Send {shape}{n} as JSON."


def test_an_unknown_key_is_shown_rather_than_losing_the_page() -> None:
    assert ENGLISH.say("no.such.text") == "no.such.text"
