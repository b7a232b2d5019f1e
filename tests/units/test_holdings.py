from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.collection_pages import group_pages, kind_of, number_of
from pipelines.holdings import Collection, by_heading, described_twice, find_collections, read_links
from pipelines.identifiers import identifier
from pipelines.records import Frame, Issue, Ledger, Page, PageReading

RELATED = [
    ("For other collections on fish, see Herring, 1950-1959.", ["Herring, 1950-1959"]),
    ("For another collection on fish, see Herring, 1950-1959.", ["Herring, 1950-1959"]),
    ("For other collections on fish see Herring, 1950-1959.", ["Herring, 1950-1959"]),
    ("For other collections on fish, see also Herring, 1950-1959.", ["Herring, 1950-1959"]),
    ("For other collections on fish, see: Herring, 1950-1959.", ["Herring, 1950-1959"]),
    ("For other collections on fish, please see Herring, 1950-1959.", ["Herring, 1950-1959"]),
    ("For other collections on fish, see Herring, 1950-1959", ["Herring, 1950-1959"]),
    ("For other collections on fish, see Herring.", ["Herring"]),
    ("For other collections on fish, see Herring. More about fish.", ["Herring"]),
    ("For other collections on fish, see Herring.\nMore about fish.", ["Herring"]),
    ("Papers on ice. For other collections on fish, see Herring.", ["Herring"]),
    (
        "For other collections on fish, see Herring, 1950-1959; and Cod, 1960-1984.",
        ["Herring, 1950-1959", "Cod, 1960-1984"],
    ),
    ("For other collections on fish, see Herring, 1950-1959; Cod, 1969.", ["Herring, 1950-1959", "Cod, 1969"]),
    (
        "For other collections on fish, see Herring, 1950-1959 and Cod, 1960-1984.",
        ["Herring, 1950-1959", "Cod, 1960-1984"],
    ),
    (
        "For other collections on fish, see Herring, 1950-1959, and Cod, 1960-1984",
        ["Herring, 1950-1959", "Cod, 1960-1984"],
    ),
    ("For other collections on fish, see Herring, 1950-1959 and “Cod”.", ["Herring, 1950-1959", "“Cod”"]),
    (
        "For other collections on fish, see Herring, 1950-1959; Cod, 1960-1984; and Salt, 1969.",
        ["Herring, 1950-1959", "Cod, 1960-1984", "Salt, 1969"],
    ),
    ("For other collections on fish, see Herring;\nCod; and\nSalt.", ["Herring", "Cod", "Salt"]),
    ("For other collections on fish, see Herring and Cod.", ["Herring and Cod"]),
    ("For other collections on fish, see Herring and Cod, 1950-1959.", ["Herring and Cod, 1950-1959"]),
    (
        "For other collections on fish, see Herring and Cod, 1950-1959; and Salt and Ice, 1969.",
        ["Herring and Cod, 1950-1959", "Salt and Ice, 1969"],
    ),
    (
        "For other collections on fish, see Salt, Ice and Herring, 1950-1959; and Cod.",
        ["Salt, Ice and Herring, 1950-1959", "Cod"],
    ),
    (
        "For other collections on fish, see Herring: A History, 1950-1959; and Cod: Salt and Ice.",
        ["Herring: A History, 1950-1959", "Cod: Salt and Ice"],
    ),
    (
        "For other collections on fish, see The U.S. Herring, 1950-1959; and U.S. and Cod, 1960.",
        ["The U.S. Herring, 1950-1959", "U.S. and Cod, 1960"],
    ),
    ("For other collections on fish, see Herring in the U.S.", ["Herring in the U.S."]),
    ("For other collections on fish, see Herring 2.0, 1950-1959.", ["Herring 2.0, 1950-1959"]),
    ("For other collections on fish, see Herring, 1950-1959.(Image: A boat. At sea)", ["Herring, 1950-1959"]),
    ("For other collections on fish, see Herring, 1950-1959. (Image: A boat)", ["Herring, 1950-1959"]),
    ("For other collections on fish, see Herring, 1950-1959.[Image: A boat]", ["Herring, 1950-1959"]),
    ("For other collections on the South Sea, see Herring.", ["Herring"]),
    ("For other collections on fish, see Cod; Herring; Cod.", ["Cod", "Herring"]),
]

GUIDES = [
    ("For a collections resource guide see The Herring, 70 Years Later.", "The Herring, 70 Years Later"),
    ("For a collections resource guide see The Herring, 70 Years Later", "The Herring, 70 Years Later"),
    ("For a collection resource guide, see The Herring.", "The Herring"),
    ("For the collections resource guide, see: The Herring: A Guide.", "The Herring: A Guide"),
    ("For a collections resource guide see Herring; and Cod.", "Herring; and Cod"),
    ("For a collections resource guide see The Herring.(Image: A boat.)", "The Herring"),
    ("For a collections resource guide see The U.S. Herring. More about fish.", "The U.S. Herring"),
]

WITHOUT_LINKS = [
    "",
    "Papers on herring.",
    "See also Herring.",
    "For collections on fish, see Herring.",
    "For further collections on fish, see Herring.",
    "For other collections on fish, ask at the port.",
    "For other collections on fish, see",
    "For other collections on herring, seek Cod.",
    "Before other collections, see Herring.",
    "For a guide see The Herring.",
    "For a collections resource guide write to the port.",
]


@pytest.mark.parametrize(("description", "titles"), RELATED)
def test_a_description_names_related_collections_in_its_order(description, titles):
    assert read_links(description) == tuple(("related", title) for title in titles)


@pytest.mark.parametrize(("description", "title"), GUIDES)
def test_a_description_names_a_resource_guide_as_one_title(description, title):
    assert read_links(description) == (("guide", title),)


@pytest.mark.parametrize("description", WITHOUT_LINKS)
def test_a_description_that_points_nowhere_has_no_links(description):
    assert read_links(description) == ()


def test_related_collections_come_before_the_guide():
    description = (
        "Letters about fish. For other collections on fish, see Herring, 1950-1959; Cod, 1960-1984; and Salt, 1969. "
        "For a collections resource guide see The Herring, 70 Years Later.(Image: Two boats in a port, 1949.)"
    )
    assert read_links(description) == (
        ("related", "Herring, 1950-1959"),
        ("related", "Cod, 1960-1984"),
        ("related", "Salt, 1969"),
        ("guide", "The Herring, 70 Years Later"),
    )


def test_two_sentences_about_other_collections_are_both_read():
    description = "For other collections on fish, see Herring. For another collection on ice, see Salt, 1969."
    assert read_links(description) == (("related", "Herring"), ("related", "Salt, 1969"))


@pytest.mark.parametrize(
    ("description", "links"),
    [
        (
            "For other collections on fish, see Herring, 1950-1959 (Image: A boat)",
            (("related", "Herring, 1950-1959"),),
        ),
        ("For a collections resource guide see The Herring(Image: A boat)", (("guide", "The Herring"),)),
        (
            "For other collections on fish, see Letters of Dr. Wolf, 1950-1959.",
            (("related", "Letters of Dr. Wolf, 1950-1959"),),
        ),
        (
            "For other collections on fish, see Cod in the U.S. For a collections resource guide see Herring.",
            (("related", "Cod in the U.S."), ("guide", "Herring")),
        ),
        ("For other collections ask at the port. There you see herring.", ()),
    ],
)
def test_a_title_ends_where_its_sentence_or_the_caption_after_it_says(description, links):
    assert read_links(description) == links


@given(st.text(st.characters()))
def test_no_description_raises(description):
    read_links(description)


@given(
    st.lists(
        st.sampled_from(
            [
                *["For other collections on fish", "For a collections resource guide", ", see ", " see also: ", "; "],
                *["; and ", "Herring", ", 1950-1959", " and ", ".", " ", "U.S.", "(Image: A boat)", "\n"],
            ],
        ),
    ).map("".join),
)
def test_every_title_stands_in_the_description_and_is_trimmed(description):
    for link in read_links(description):
        assert link.title
        assert link.title == link.title.strip()
        assert link.title in " ".join(description.split())


def reading(
    path: str,
    heading: str | None,
    description: str | None = None,
    caption: str | None = None,
    *,
    kind="collection",
    url=None,
) -> PageReading:
    page = Page(f"p1-{path}", path, "0" * 64, 1, "utf-8", url=url)
    return PageReading(page, "O3", Frame(kind, heading, description, caption), (), (), (), Ledger(0, 0, 0, 0, 0))


def test_no_pages_are_about_no_collection():
    assert find_collections([]) == []


def test_a_collection_is_read_from_one_page():
    page = reading("old", "Herring, 1950-1959", "Papers. For other collections on fish, see Cod, 1969.", "A boat")
    assert find_collections([page]) == [
        Collection(
            collection_id=identifier("c", "herring 1950 1959"),
            title="Herring, 1950-1959",
            year_start=1950,
            year_end=1959,
            description="Papers. For other collections on fish, see Cod, 1969.",
            image_caption="A boat",
            page_ids=("p1-old",),
            links=(("related", "Cod, 1969"),),
        ),
    ]


def test_one_collection_on_several_pages_of_both_generations_is_one():
    pages = [
        reading("old-1", "Herring’s Port, 1950-1959", "Papers of the port."),
        reading("old-2", "Herring's Port, 1950-1959", "Papers of the port."),
        reading("new-1", "HERRING'S  PORT, 1950–1959", "Papers of the port.", "A boat"),
    ]
    (found,) = find_collections(pages)
    assert found.page_ids == ("p1-new-1", "p1-old-1", "p1-old-2")
    assert found.collection_id == identifier("c", "herring s port 1950 1959")
    assert found.image_caption == "A boat"


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_of_the_pages_changes_nothing(order):
    pages = [
        reading("a", "Herring, 1950-1959", "Papers.", "A boat"),
        reading("b", "HERRING, 1950-1959", "Papers of the port.", "A port"),
        reading("c", "Cod, 1969", "For other collections on fish, see Herring, 1950-1959."),
    ]
    assert find_collections([pages[at] for at in order]) == find_collections(pages)


def test_the_fullest_description_is_kept():
    pages = [
        reading("a", "Herring", "Papers."),
        reading("b", "Herring", "Papers of the port."),
        reading("c", "Herring"),
    ]
    (found,) = find_collections(pages)
    assert found.description == "Papers of the port."


def test_collections_with_other_headings_are_other_collections():
    pages = [reading("a", "Herring, 1950-1959"), reading("b", "Herring, 1960-1984")]
    assert sorted(found.title for found in find_collections(pages)) == ["Herring, 1950-1959", "Herring, 1960-1984"]


def test_collections_are_sorted_by_their_id():
    pages = [reading(name, name) for name in ("Herring", "Cod", "Salt", "Ice", "Sugar")]
    ids = [found.collection_id for found in find_collections(pages)]
    assert ids == sorted(ids)


def test_a_page_that_does_not_say_what_it_is_about_joins_the_collection_of_its_heading():
    pages = [reading("old", "Herring, 1950-1959", "Papers."), reading("new", "Herring, 1950–1959", kind="unknown")]
    (found,) = find_collections(pages)
    assert found.page_ids == ("p1-new", "p1-old")


def test_a_page_that_does_not_say_what_it_is_about_is_a_collection_where_another_page_points_to_it():
    pages = [
        reading("old", "Herring, 1950-1959", "For other collections on fish, see The Cod Papers."),
        reading("new", "The Cod Papers", "Letters.", kind="unknown"),
    ]
    assert {found.title: found.page_ids for found in find_collections(pages)} == {
        "Herring, 1950-1959": ("p1-old",),
        "The Cod Papers": ("p1-new",),
    }


def test_a_page_with_the_title_of_a_guide_is_no_collection():
    pages = [
        reading("old", "Herring, 1950-1959", "For a collections resource guide see The Cod Papers."),
        reading("new", "The Cod Papers", kind="unknown"),
    ]
    assert [found.title for found in find_collections(pages)] == ["Herring, 1950-1959"]


def test_a_page_that_does_not_say_what_it_is_about_and_that_nothing_names_is_no_collection():
    pages = [reading("old", "Herring, 1950-1959"), reading("new", "Cod", kind="unknown")]
    assert [found.title for found in find_collections(pages)] == ["Herring, 1950-1959"]


def test_what_an_unknown_page_points_to_makes_no_collection():
    pages = [
        reading("a", "Herring", "For other collections on fish, see Cod.", kind="unknown"),
        reading("b", "Cod", kind="unknown"),
    ]
    assert find_collections(pages) == []


@pytest.mark.parametrize("kind", ["search", "topic", "place", "person"])
def test_a_page_about_something_else_joins_no_collection_of_its_heading(kind):
    (found,) = find_collections([reading("a", "Herring"), reading("b", "Herring", kind=kind)])
    assert found.page_ids == ("p1-a",)


@pytest.mark.parametrize("kind", ["collection", "unknown"])
def test_a_page_without_a_heading_is_about_no_collection(kind):
    assert find_collections([reading("a", None, "Papers.", kind=kind)]) == []


@pytest.mark.parametrize(
    ("title", "start", "end"),
    [
        ("Herring, 1950-1959", 1950, 1959),
        ("Herring, 1950–1959", 1950, 1959),
        ("Herring, 1950 - 1959", 1950, 1959),
        ("Herring, 1969", 1969, 1969),
        ("Herring, Cod, 1945-1946, 1950-1959", 1950, 1959),
        ("Herring 1950-1959", None, None),
        ("Herring, 70 Years Later", None, None),
        ("Herring, 1950-1959 (Part 2)", None, None),
        ("Herring, 19501", None, None),
        ("Herring", None, None),
    ],
)
def test_the_years_of_a_collection_stand_at_the_end_of_its_title(title, start, end):
    (found,) = find_collections([reading("a", title)])
    assert (found.year_start, found.year_end) == (start, end)


def test_links_of_all_pages_are_kept_once_and_in_order():
    pages = [
        reading("a", "Herring", "For other collections on fish, see Salt; and Cod’s Port."),
        reading(
            "b", "Herring", "For another collection on fish, see Cod's Port. For a collections resource guide see Ice."
        ),
    ]
    (found,) = find_collections(pages)
    assert [(link.relation, link.title.replace("’", "'")) for link in found.links] == [
        ("guide", "Ice"),
        ("related", "Cod's Port"),
        ("related", "Salt"),
    ]


def test_a_link_has_the_id_of_the_collection_that_it_points_to():
    pages = [
        reading("a", "Herring", "For other collections on fish, see Cod’s Port, 1969."),
        reading("b", "Cod's Port, 1969"),
    ]
    found = {collection.title: collection for collection in find_collections(pages)}
    assert found["Herring"].links == (("related", "Cod’s Port, 1969"),)
    assert found["Cod's Port, 1969"].collection_id == identifier("c", "cod s port 1969")


def test_two_descriptions_that_differ_in_typography_alone_are_no_issue():
    pages = [
        reading("a", "Herring", "The port’s papers."),
        reading("b", "Herring", "The port's papers"),
        reading("c", "Herring"),
    ]
    assert list(described_twice(find_collections(pages), pages)) == []


def test_a_second_description_in_other_words_is_an_issue_of_its_page():
    pages = [
        reading("a", "Herring", "Papers of the port, in full."),
        reading("b", "Herring", "Letters.\nMore letters."),
    ]
    issue = Issue(
        "collection_described_twice",
        "b:1: another description of Herring: Letters. More letters.",
        source_path="b",
        page_id="p1-b",
        table="collections",
        column="description",
        value="Letters. More letters.",
    )
    assert list(described_twice(find_collections(pages), pages)) == [issue]


SITE = "https://archive.example"


def found_in_every_order(*pages):
    """Title and pages of each collection, by id; the same whatever the order of the pages."""
    every = [find_collections(order) for order in permutations(pages)]
    assert all(found == every[0] for found in every)
    return {found.collection_id: (found.title, [page_id[3:] for page_id in found.page_ids]) for found in every[0]}


def test_one_number_is_one_collection_under_other_headings_and_slugs():
    found = found_in_every_order(
        reading("a", "Herring, 1950-1959", url=f"{SITE}/collection/7/herring"),
        reading("b", "The Herring Papers, 1950-1959", url=f"{SITE}/collection/7/herring-papers/2"),
        reading("c", "Herring, 1950–1959"),
    )
    assert found == {identifier("c", "herring 1950 1959"): ("Herring, 1950-1959", ["a", "b", "c"])}


def test_a_page_without_a_heading_joins_the_collection_of_its_number():
    found = found_in_every_order(
        reading("a", "Herring", url=f"{SITE}/collection/7/herring"),
        reading("b", None, kind="unknown", url="http://www.archive.example/collection/007/x/2?utm_id=1"),
    )
    assert found == {identifier("c", "herring"): ("Herring", ["a", "b"])}


def test_two_numbers_under_one_heading_are_two_collections_and_a_page_without_a_number_is_of_neither():
    found = found_in_every_order(
        reading("a", "Herring", url=f"{SITE}/collection/7/herring"),
        reading("b", "HERRING", url=f"{SITE}/collection/8/herring"),
        reading("c", "Herring"),
    )
    assert found == {
        identifier("c", "herring", "7", "archive.example"): ("Herring", ["a"]),
        identifier("c", "herring", "8", "archive.example"): ("HERRING", ["b"]),
        identifier("c", "herring"): ("Herring", ["c"]),
    }


def test_a_staging_host_gives_the_numbers_of_the_live_one():
    found = found_in_every_order(
        reading("a", "Herring", url=f"{SITE}/collection/7/herring"),
        reading("b", "Cod", url="https://staging.archive.example/collection/7/herring"),
    )
    assert found == {identifier("c", "cod"): ("Cod", ["a", "b"])}


def test_one_number_of_two_sites_is_one_collection_only_under_one_heading():
    found = found_in_every_order(
        reading("a", "Herring", url=f"{SITE}/collection/7/herring"),
        reading("b", "Cod", url="https://library.example/collection/7/cod"),
        reading("c", "Herring", url="https://mirror.example/collection/9/herring"),
    )
    assert sorted(found.values()) == [("Cod", ["b"]), ("Herring", ["a", "c"])]


def test_another_site_does_not_make_one_of_two_numbers():
    found = found_in_every_order(
        reading("a", "Herring", url=f"{SITE}/collection/7/herring"),
        reading("b", "Herring", url="https://library.example/collection/1/fish"),
        reading("c", "Cod", url="https://library.example/collection/1/fish"),
        reading("d", "Cod", url=f"{SITE}/collection/8/cod"),
    )
    assert sorted(pages for _, pages in found.values()) == [["a"], ["b", "c"], ["d"]]
    assert len(found) == 3


def test_a_heading_that_two_collections_have_leads_to_neither():
    pages = [
        reading("a", "Herring", url=f"{SITE}/collection/7/herring"),
        reading("b", "Herring", url=f"{SITE}/collection/8/herring"),
        reading("c", "Cod", url=f"{SITE}/collection/9/cod"),
        reading("d", "The Cod Papers", url=f"{SITE}/collection/9/cod"),
    ]
    assert by_heading(find_collections(pages)) == {
        "cod": identifier("c", "cod"),
        "the cod papers": identifier("c", "cod"),
    }


@pytest.mark.parametrize(
    ("kind", "path", "said"),
    [
        ("unknown", "/topics/herring", "topic"),
        ("unknown", "/people/orlov", "person"),
        ("unknown", "/places/port-ansel", "place"),
        ("unknown", "/search?page=2", "search"),
        ("unknown", "/collection/7/herring", "collection"),
        ("unknown", "/research", "unknown"),
        ("person", "/topics/herring", "person"),
        ("search", "/collection/7/herring", "search"),
    ],
)
def test_the_address_tells_what_a_page_is_about_where_the_page_does_not(kind, path, said):
    assert kind_of(reading("a", "Herring", kind=kind, url=f"{SITE}{path}")) == said


def test_without_an_address_the_page_alone_tells():
    page = reading("a", "Herring", kind="unknown")
    assert (kind_of(page), number_of(page)) == ("unknown", None)


@pytest.mark.parametrize(
    "path", ["/topics/herring", "/search?f[0]=collection:7", "/collections/herring", "/collection/x7"]
)
def test_only_the_old_address_of_a_collection_has_a_number(path):
    assert number_of(reading("a", "Herring", url=f"{SITE}{path}")) is None


def test_a_topic_by_its_address_joins_no_collection_of_its_heading():
    pages = [reading("a", "Herring"), reading("b", "Herring", kind="unknown", url=f"{SITE}/topics/herring")]
    assert [found.page_ids for found in find_collections(pages)] == [("p1-a",)]


HEADINGS = st.sampled_from([None, "Herring", "HERRING", "Cod"])
URLS = st.sampled_from(
    [None, *(f"https://{host}/collection/{number}/x" for host in ("a.example", "b.example") for number in (1, 2))]
)


@given(st.lists(st.tuples(HEADINGS, URLS), max_size=7), st.randoms(use_true_random=False))
def test_no_order_of_pages_matters_and_two_numbers_of_a_site_stay_two(made, chance):
    pages = [reading(str(at), heading, url=url) for at, (heading, url) in enumerate(made)]
    found = find_collections(pages)
    groups = group_pages(pages)
    chance.shuffle(pages)
    assert find_collections(pages) == found
    assert len({collection.collection_id for collection in found}) == len(found)
    for group in groups:
        numbers = {number for page in group if (number := number_of(page))}
        assert len(numbers) == len({number.site for number in numbers})
    of_number = [number for group in groups for number in {number_of(page) for page in group} - {None}]
    assert len(of_number) == len(set(of_number))
