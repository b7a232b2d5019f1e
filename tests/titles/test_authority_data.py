"""The data files of names, bodies, offices, states and genres: each form leads to one entry."""

import re
import tomllib
import unicodedata
from collections import Counter
from importlib.resources import files

import pytest

KINDS = {
    "authority.toml": {"person"},
    "bodies.toml": {"organ", "body"},
    "genres.toml": {"genre"},
    "offices.toml": {"office", "modifier", "field", "address"},
    "states.toml": {"state"},
}
KEYS = {
    "person": {"name", "family", "variants", "titled", "wikidata", "source"},
    "organ": {"name", "variants", "source"},
    "body": {"name", "kind", "state", "variants", "wikidata", "source"},
    "genre": {"code", "name", "definition", "words", "aat", "aat_term", "lcgft", "lcgft_term", "source"},
    "office": {"name", "variants", "kind", "source"},
    "modifier": {"name", "source"},
    "field": {"names", "source"},
    "address": {"name", "variants", "keep", "source"},
    "state": {"name", "variants", "adjectives", "capitals", "article", "wikidata", "source"},
}
GENRES = [
    "telegram", "letter", "memorandum_of_conversation", "minutes", "report", "memorandum", "note", "speech", "treaty",
    "diary_entry", "directive", "resolution", "statement", "protocol", "list", "interview", "article", "message",
    "dispatch", "summary", "briefing", "plan", "map", "questionnaire", "other",
]  # fmt: skip
BODY_KINDS = {
    "party", "government", "ministry", "agency", "armed_forces", "parliament", "organization", "alliance", "press", "other",
}  # fmt: skip
OFFICE_KINDS = {
    "diplomat", "head", "member", "military", "minister", "parliament", "staff", "sovereign", "church",
}  # fmt: skip
WIKIDATA = re.compile(r"Q[1-9]\d*")
AAT = re.compile(r"300\d{6}")
LCGFT = re.compile(r"gf20\d{8}")
# Family names that several persons of the field bear.
AMBIGUOUS = {
    "Kim", "Petrov", "Wang", "Smith", "Lee", "Nguyen", "Li", "Chen", "Liu", "Zhang", "Park", "Pak", "Choe", "Ivanov", "Kuznetsov",
    "Johnson", "Kennedy", "Bush", "Carter", "Ford", "Roosevelt", "Dulles", "Bundy", "Marshall", "Taylor", "Brown", "Gandhi", "Khan",
    "Nagy", "Péter", "Szabó", "Dimitrov", "Petkov", "Popović", "Todorov", "Kovalev", "Zhukov", "Malik", "Aliyev", "Filipov",
}  # fmt: skip


def load(name):
    return tomllib.loads(files("pipelines.titles").joinpath("data", name).read_text(encoding="utf-8"))


CONTENTS = {name: load(name) for name in KINDS}
ENTRIES = [(kind, entry) for content in CONTENTS.values() for kind, entries in content.items() for entry in entries]


def entries_of(kind):
    return [entry for its_kind, entry in ENTRIES if its_kind == kind]


def forms_of(entry):
    """Every form that stands for an entry, once for each time that it is written."""
    return [entry["name"], *entry.get("family", []), *entry.get("variants", []), *entry.get("titled", [])]


def twice(values):
    return sorted(value for value, times in Counter(values).items() if times > 1)


def name_of(form, *kinds):
    return {entry["name"] for kind in kinds for entry in entries_of(kind) if form in forms_of(entry)}


@pytest.mark.parametrize("file", sorted(KINDS))
def test_a_file_holds_the_kinds_that_it_says(file):
    assert set(CONTENTS[file]) == KINDS[file]


def test_every_entry_says_why_its_forms_are_one():
    assert [entry for _, entry in ENTRIES if not entry.get("source", "").strip()] == []


def test_an_entry_has_no_key_that_nobody_reads():
    assert [(entry, kind) for kind, entry in ENTRIES if not entry.keys() <= KEYS[kind]] == []


def test_no_form_of_a_person_a_body_an_organ_or_a_state_stands_twice():
    forms = [
        form for kind in ("person", "body", "organ", "state") for entry in entries_of(kind) for form in forms_of(entry)
    ]
    assert twice(forms) == []


def test_no_two_shapes_of_one_form_lead_to_two_entries():
    names: dict[str, set[str]] = {}
    for kind in ("person", "state"):
        for entry in entries_of(kind):
            for form in forms_of(entry):
                plain = "".join(letter for letter in unicodedata.normalize("NFD", form) if letter.isalnum()).casefold()
                names.setdefault(plain, set()).add(entry["name"])
    assert [found for found in names.values() if len(found) > 1] == []


@pytest.mark.parametrize("kind", ["office", "modifier", "address"])
def test_no_word_of_office_stands_twice_in_its_kind(kind):
    assert twice(form for entry in entries_of(kind) for form in forms_of(entry)) == []


def test_a_capital_or_an_adjective_leads_to_one_state():
    for key in ("capitals", "adjectives"):
        assert twice(form for state in entries_of("state") for form in state.get(key, [])) == [], key


def test_forms_are_written_with_single_spaces_and_composed_letters():
    texts = [form for kind, entry in ENTRIES if kind not in {"genre", "field"} for form in forms_of(entry)]
    texts += [word for genre in entries_of("genre") for word in genre["words"]]
    assert [text for text in texts if text != unicodedata.normalize("NFC", " ".join(text.split()))] == []


def test_ids_have_the_form_of_wikidata_and_stand_for_one_entry():
    ids = [entry["wikidata"] for _, entry in ENTRIES if "wikidata" in entry]
    assert [identifier for identifier in ids if not WIKIDATA.fullmatch(identifier)] == []
    assert twice(ids) == []


def test_a_family_name_that_several_bear_leads_to_nobody():
    assert [form for person in entries_of("person") for form in person.get("family", []) if form in AMBIGUOUS] == []


def test_a_titled_form_has_a_word_before_a_name_that_leads_to_nobody_alone():
    alone = {form for person in entries_of("person") for form in [person["name"], *person.get("family", [])]}
    titled = [form for person in entries_of("person") for form in person.get("titled", [])]
    assert [form for form in titled if " " not in form or form.rsplit(" ", 1)[1] in alone] == []


def test_bodies_are_of_known_kinds_and_states():
    states = {state["name"] for state in entries_of("state")}
    assert {body["kind"] for body in entries_of("body")} == BODY_KINDS
    assert {body["state"] for body in entries_of("body") if "state" in body} - states == set()


def test_offices_are_of_known_kinds_and_forms_of_address_say_whether_they_stay():
    assert {office["kind"] for office in entries_of("office")} == OFFICE_KINDS
    assert {address["name"]: address["keep"] for address in entries_of("address") if address["keep"]} == {
        "Dr.": True,
        "Sir": True,
    }


def test_the_vocabulary_of_genres_is_the_published_one():
    assert [genre["code"] for genre in entries_of("genre")] == GENRES


def test_a_phrase_names_one_genre_and_is_in_lower_case():
    words = [word for genre in entries_of("genre") for word in genre["words"]]
    assert twice(words) == []
    assert [word for word in words if word != word.lower()] == []


def test_terms_of_thesauri_have_their_form_and_a_label():
    for genre in entries_of("genre"):
        assert AAT.fullmatch(genre.get("aat", "300000000")), genre["code"]
        assert LCGFT.fullmatch(genre.get("lcgft", "gf2000000000")), genre["code"]
        assert "aat" not in genre or genre["aat_term"]
        assert "lcgft" not in genre or genre["lcgft_term"]
        assert genre["definition"].endswith(".")


@pytest.mark.parametrize("kind", ["person", "body", "organ", "state", "office", "modifier"])
def test_entries_are_sorted_by_name(kind):
    names = [entry["name"] for entry in entries_of(kind)]
    assert names == sorted(names, key=sorting_key)


def sorting_key(name):
    letters = unicodedata.normalize("NFD", name.translate(str.maketrans("łŁđĐøØıİ’", "lLdDoOiI'")))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("Filippov", "Joseph Stalin"),
        ("I.V. Stalin", "Joseph Stalin"),
        ("Mao Tse-tung", "Mao Zedong"),
        ("Chou En-lai", "Zhou Enlai"),
        ("Premier Zhou", "Zhou Enlai"),
        ("Teng Hsiao-p'ing", "Deng Xiaoping"),
        ("N.S. Khrushchev", "Nikita Khrushchev"),
        ("Vyshinskii", "Andrei Vyshinsky"),
        ("Kim Ir Sen", "Kim Il Sung"),
        ("Pak Hon-yong", "Pak Heon-yeong"),
        ("Hồ Chí Minh", "Ho Chi Minh"),
        ("Kadar", "János Kádár"),
        ("Kádár János", "János Kádár"),
        ("Gomulka", "Władysław Gomułka"),
        ("Ceausescu", "Nicolae Ceaușescu"),
        ("President Johnson", "Lyndon B. Johnson"),
    ],
)
def test_a_form_leads_to_its_person(form, name):
    assert name_of(form, "person") == {name}


@pytest.mark.parametrize("form", ["Kim", "Petrov", "Johnson", "Semenov", "Zhou", "Nguyen", "Nagy", "Khan"])
def test_a_name_that_many_bear_leads_to_no_person(form):
    assert name_of(form, "person") == set()


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("CPSU", "Communist Party of the Soviet Union"),
        ("VKP(b)", "All-Union Communist Party (Bolsheviks)"),
        ("CCP", "Chinese Communist Party"),
        ("MSzMP", "Hungarian Socialist Workers' Party"),
        ("PZPR", "Polish United Workers' Party"),
        ("KWP", "Workers' Party of Korea"),
        ("Albanian Party of Labor", "Party of Labor of Albania"),
        ("PLA", "People's Liberation Army"),
        ("MfS", "Ministry of State Security of the German Democratic Republic"),
        ("State Department", "Department of State"),
        ("Warsaw Pact", "Warsaw Treaty Organization"),
        ("CC", "Central Committee"),
        ("DPRK", "Democratic People's Republic of Korea"),
        ("USSR", "Soviet Union"),
    ],
)
def test_an_abbreviation_leads_to_its_body_or_state(form, name):
    assert name_of(form, "body", "organ", "state") == {name}
