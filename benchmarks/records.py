"""Labelled records for deduplication: listings of documents, with the truth in two columns beside them.

    python benchmarks/records.py --entries 100000 [--seed 1] [--noise plain|hard] [--density 1] --out FILE.parquet

One row a listing: record, page, date (EDTF), title, summary, url; and document, kind, noise, which no system may read.
Deterministic for its arguments. Only the shapes are those of real pages; every word is from the lists below.

A document is listed on one to five pages, at most once on each. Its first listing is clean; each other one is noised on its
own: typography, another transliteration, a bracket dropped, a typing error (never in a number), another word for the kind
of document, a summary that is missing, short or re-worded, a title printed twice; rarely a lost title or date. `hard` has
each two to three times as often, and one listing in twenty is retitled. What alone tells a document from its look-alikes is
never lost. Look-alikes come in families, named in `kind`:

    serial     one title on several dates
    twin       one date and title, told apart by summaries that clearly differ
    numbered   one date and pair of correspondents, other telegram numbers
    swapped    one date, sender and receiver exchanged
    circular   one date, sender and summary, other receivers
    issued     report numbers such as 8/1 and 8/2 with one summary
    parts      parts, annexes and drafts of one document, with one summary or nearly
    diary      one date of record, other dates or hours inside the titles
    coarse     one title under one year or month, other summaries
    opening    one date and kind of title, summaries that share their first sentence
    plain      none made on purpose
"""

from __future__ import annotations

import argparse
import random
import re
import unicodedata
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

CHUNK = 50_000
BRACKETS = re.compile(r" ?\[[^\]]*+\]")
FIRST_YEAR, YEARS = 1919, 80
COPIES = (1,) * 48 + (2,) * 27 + (3,) * 13 + (4,) * 8 + (5,) * 4
ENTRIES_A_PAGE = (5, 5, 10, 10, 10, 20, 20)
SCHEMA = pa.schema([
    (name, pa.string())
    for name in ("record", "page", "date", "title", "summary", "url", "document", "kind", "noise")
])  # fmt: skip

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
PROMINENT = (
    "Ferenc Halmosi", "Wu Tsung-ming", "Chang Hsüeh-wen", "Tseng Kuo-hua", "Abd al-Karim Nasiri", "Husayn Fakhri Bey",
    "Muhammad Zaki Pasha", "Aleksei Chernyshev", "Nikolai Yezhemsky", "Dmitri Khodorov", "Grigori Tchavadze", "Yun Chi-sŏng",
    "Pak Tong-jin", "Ōkubo Shigeru", "Nguyễn Văn Thiệm", "Stanisław Wróblicki", "Jiří Dvořáček", "Gheorghe Brătescu",
    "Enver Görgülü", "İsmail Hakkı Öztan", "Mirza Taqi Khan Ardalan", "Sir Hubert Claymore", "Lady Aveline Tarrant",
    "Colonel Rutger van Aalst", "Dr. Henrik Søndergaard", "Matti Räikälä", "Émile Courvoisier", "Hélène d’Aubigny",
    "Ludwig von Brannfels", "Käthe Ohlendorff", "Giacomo Bellincioni", "José María Etxeberria", "Brother Anselm [Kowalik]",
    "Orlov [Feldman]", "“Uncle” [Captain Reyes]", "Ambassador Thistlewood", "Haile Wolde-Mikael", "Kwabena Asante-Boadu",
    "Rao Bahadur Venkataraman", "U Thein Maung Gyi", "Sardar Iqbal Durrani", "Patriarch Grigorios", "Consul Amundsen",
    "General Pizarro Ochoa", "President Larrañaga", "Minister Kalnbērziņš", "Secretary Whitcombe", "Comrade Danyluk",
)  # fmt: skip
# The same person in other systems of writing or other catalogues.
OTHER_WRITING = {
    "Wu Tsung-ming": "Wu Zongming", "Chang Hsüeh-wen": "Zhang Xuewen", "Tseng Kuo-hua": "Zeng Guohua",
    "Abd al-Karim Nasiri": "Abdul Kerim Nasiry", "Husayn Fakhri Bey": "Hussein Fahri Bey",
    "Muhammad Zaki Pasha": "Mohammed Zeki Pasha", "Aleksei Chernyshev": "Alexey Tchernyshov",
    "Nikolai Yezhemsky": "Nikolay Ezhemskii", "Dmitri Khodorov": "Dimitry Hodorov", "Grigori Tchavadze": "Grigory Chavadze",
    "Yun Chi-sŏng": "Yoon Ji-seong", "Pak Tong-jin": "Park Dong-jin", "Ōkubo Shigeru": "Okubo Shigeru",
    "Nguyễn Văn Thiệm": "Nguyen Van Thiem", "Enver Görgülü": "Enver Gorgulu", "İsmail Hakkı Öztan": "Ismail Hakki Oztan",
    "Mirza Taqi Khan Ardalan": "Mirza Taghi Khan Ardelan", "Matti Räikälä": "Matti Raikala",
    "Dr. Henrik Søndergaard": "Dr. Henrik Soendergaard", "Ludwig von Brannfels": "Ludwig v. Brannfels",
    "Sardar Iqbal Durrani": "Sirdar Ikbal Durrani", "Haile Wolde-Mikael": "Hayle Welde Mikael",
    "Patriarch Grigorios": "Patriarch Gregorios", "Comrade Danyluk": "Comrade Daniliuk",
}  # fmt: skip
SURNAMES = (
    "Abernathy", "Adamczyk", "Albrechtsen", "Alvarado", "Andreescu", "Arslanian", "Bachmann", "Balodis", "Beauregard", "Bielski",
    "Bondarenko", "Brandvold", "Caetano", "Castellani", "Cheung", "Chikwanda", "Czerny", "Damianou", "Delacroix", "Dragoumis",
    "Eklund", "Esterházy", "Fairweather", "Fernandes", "Fitzgibbon", "Galstyan", "Gantumur", "Goldfarb", "Grzybowski", "Gutiérrez",
    "Hagopian", "Haraldsson", "Hashimoto", "Hernández", "Hoang", "Horváth", "Ibáñez", "Ilyinsky", "Jaramillo", "Jovanović",
    "Kapadia", "Karamanlis", "Kessler", "Kipkemboi", "Kjellberg", "Kobayashi", "Kristiansen", "Kurzweil", "Lagerqvist", "Lindholm",
    "Ljubičić", "Lobzhanidze", "MacAllister", "Makarenko", "Markopoulos", "Matsumoto", "Mazurkiewicz", "Mbeki", "Mészáros", "Mihailović",
    "Mukherjee", "Nakagawa", "Ndlovu", "Nieminen", "O'Flaherty", "Obradović", "Olafsen", "Osterman", "Özdemir", "Paderewska",
    "Papadakis", "Pellegrini", "Petkanov", "Quintana", "Radziwill", "Ramanujan", "Rasmussen", "Rosenthal", "Sahakyan", "Salazar",
    "Schimmel", "Sepúlveda", "Shevardin", "Škvorecký", "Solomonidis", "Stavropoulos", "Steinmetz", "Szymański", "Takahashi", "Tchekhov",
    "Thorvaldsen", "Tymoshenko", "Urquhart", "Valdivieso", "Vanderbeek", "Vasconcelos", "Villanueva", "Weatherby", "Wickremesinghe",
    "Yamashita", "Yevstigneev", "Zelenka", "Zimmerman", "Żeromska",
)  # fmt: skip
INITIALS = "ABCDEFGHJKLMNOPRSTWZ"
PLACES = (
    "Alexandria", "Trieste", "Smyrna", "Riga", "Tabriz", "Salonika", "Bergen", "Lagos", "Rangoon", "Harbin", "Valparaíso", "Trebizond",
    "Kraków", "Lwów", "Danzig", "Memel", "Tiflis", "Baku", "Bukhara", "Kashgar", "Aden", "Djibouti", "Zanzibar", "Lourenço Marques",
    "Malmö", "Tromsø", "Reykjavík", "Gibraltar", "Tangier", "Oran", "Port Said", "Jaffa", "Aleppo", "Mosul", "Basra", "Bushire",
    "Colombo", "Penang", "Batavia", "Manila", "Amoy", "Vladivostok", "Callao", "Guayaquil", "Paramaribo", "Veracruz", "Halifax",
)  # fmt: skip
BODIES = (
    "Ministry of Waterways", "Council of the Straits", "Office of Weights and Measures", "Board of Epizootics", "Railway Commission",
    "Joint Sanitary Board", "Central Seismic Bureau", "Committee on Refugees", "Legation", "General Staff", "Tariff Commission",
    "State Grain Office", "Ministry of Posts and Telegraphs", "Caisse des Dettes", "Permanent Mandates Section", "Naval Mission",
    "Academy of Sciences", "Executive Bureau", "Inter-Departmental Committee on Quarantine", "Directorate of Mines",
)  # fmt: skip
SUBJECTS = (
    "the wheat loan", "the tramway strike", "typhus vaccine", "the demarcation of the steppe frontier", "whaling licences", "opium revenue",
    "the gauge of the mountain railway", "telegraph cables", "the repatriation of settlers", "pilgrim ships", "customs receipts",
    "the lease of the coaling station", "a dam on the upper river", "the language of instruction", "silver currency", "locust control",
    "the neutral zone", "the election of the assembly", "caravan tolls", "the concession for oil", "wireless masts", "the census of herdsmen",
    "the arrest of two consuls", "seed potatoes", "passports for stateless persons", "cotton prices", "the straits regime", "air mail",
    "the disarmament of the militia", "a floating dock", "the boycott of foreign goods", "the observatory", "nomad pastures", "tin quotas",
    "the mixed courts", "the evacuation of the hospital", "church property", "the bridge at the border", "guano islands", "the salt tax",
    "the exchange of archives", "rinderpest", "a treaty of friendship", "the coal shortage", "the student riots", "minority schools",
    "the lighthouse dues", "the radio station", "a shipment of rifles", "the monopoly of matches", "the debt conference", "fur auctions",
    "the sleeping sickness survey", "the harbour mole", "the sale of four destroyers", "a non-aggression pact", "the plebiscite",
)  # fmt: skip
SETTINGS = (
    "in {}", "near {}", "between {} and the coast", "before the autumn session", "under the protocol of {}", "for the province of {}",
    "during the blockade of {}", "", "", "", "",
)  # fmt: skip
# What an author does to a subject, and what another cataloguer calls it.
ACTS = (
    ("reports on", "gives an account of"), ("asks for instructions regarding", "requests guidance on"), ("protests against", "objects to"),
    ("sums up the state of", "summarizes"), ("argues for a delay in", "urges postponement of"), ("welcomes progress on", "notes advances in"),
    ("raises doubts about", "questions"), ("sets out terms for", "lists conditions for"), ("forwards a petition on", "transmits an appeal about"),
    ("compares two drafts on", "discusses two versions of"), ("denies any knowledge of", "claims to know nothing of"),
    ("warns of foreign interest in", "cautions about outside interest in"), ("accepts the compromise on", "agrees to the settlement of"),
    ("inquires about the cost of", "asks what would be paid for"), ("describes local feeling about", "relates what people say of"),
)  # fmt: skip
TAILS = (
    "A map is enclosed.", "The reply has not been found.", "He adds that “nothing can be promised before spring.”",
    "The other side is said to be divided.", "Marginal notes are in another hand.", "Two delegates abstained.",
    "The figures are given by district.", "It was decided to wait for the next courier.", "The text breaks off after the third page.",
    "She asks that the source be protected.", "The annexes list ships, crews and cargoes.", "Further talks were set for the following week.",
    "The estimate is put at some 40,000 in gold.", "Copies went to three ministries.",
)  # fmt: skip


class Form(NamedTuple):
    """How a document is titled: as first listed, with another word for its kind, and by another archivist."""

    first: str
    reworded: str
    retitled: str


# {a} and {b} are persons, {n} a number, {d} a day or hour that only diaries name.
DIRECTED = (
    Form("Cable, {a} to {b}", "Telegram, {a} to {b}", "Cipher Telegram No. {n} from {a} to {b}"),
    Form("Letter from {a} to {b}", "Letter, {a} to {b}", "{a} Writes to {b} on {s}"),
    Form("Cipher Telegram from {a} to {b}", "Ciphered Telegram from {a} to {b}", "Cable, {a} to {b}"),
    Form("Personal Message, {a} to {b}", "Private Message, {a} to {b}", "Note No. {n} from {a} to {b}"),
    Form("Dispatch from {a} in {p} to {b}", "Despatch from {a} in {p} to {b}", "Telegram No. {n}, {a} to {b}"),
)
MEETINGS = (
    Form(
        "Record of Conversation between {a} and {b}",
        "Memorandum of Conversation between {a} and {b}",
        "Talk of {a} with {b}, {p}",
    ),
    Form(
        "Minutes of a Conversation: {a} with {b}",
        "Notes of a Conversation: {a} with {b}",
        "Record of a Meeting of {a} and {b}",
    ),
    Form(
        "Telephone Conversation, {a} and {b} [Excerpts]",
        "Telephone Call, {a} and {b} [Excerpts]",
        "Transcript: {a}, {b}",
    ),
)
PAPERS = (
    Form("{o}, ‘{s}’", "The {o}, ‘{s}’", "‘{s}’"),
    Form("Report of the Legation in {p}, “{s}”", "Report from the Legation in {p}, “{s}”", "{a}, “{s}”"),
    Form("{a}, “Note on {s}”", "{a}, “Memorandum on {s}”", "{o}, {a}, “Note on {s}”"),
    Form("Minutes of the {o}: {s} (Excerpt)", "Record of the {o}: {s} (Excerpt)", "{o}, Session No. {n}, {s}"),
    Form("Memorandum by {a} concerning {s}", "Memo by {a} concerning {s}", "Aide-mémoire of the {o} concerning {s}"),
    Form(
        "Draft Agreement on {s} with Comments by {a}",
        "Draft Treaty on {s} with Comments by {a}",
        "Draft Agreement on {s} [{p}]",
    ),
    Form("Speech by {a} in {p} on {s}!", "Address by {a} in {p} on {s}!", "{a} Speaks in {p}"),
    Form(
        "Extract from Protocol No. {n} of the {o}",
        "Excerpt from Protocol No. {n} of the {o}",
        "Decision of the {o} on {s}, Protocol No. {n}",
    ),
    Form(
        "Intelligence Summary for {p} [Translated from French]",
        "Intelligence Digest for {p} [Translated from French]",
        "{o}: Situation in {p}",
    ),
)
PERIODICALS = (
    Form("Daily Bulletin of the {o}, {p}", "Daily Digest of the {o}, {p}", "Bulletin of the {o} for {p}"),
    Form("Weekly Review of the Press in {p}", "Weekly Survey of the Press in {p}", "Press Review by {a}, {p}"),
    Form("Situation Report of the {o}", "Situation Summary of the {o}", "{a}, Situation Report"),
)
NUMBERED = (
    Form("Telegram No. {n}, {a} to {b}", "Cable No. {n}, {a} to {b}", ""),
    Form("Cipher Telegram {n}/sh from {a} to {b}", "Ciphered Telegram {n}/sh from {a} to {b}", ""),
    Form("Airgram A-{n} from the Legation in {p} to the {o}", "Airgram A-{n}, Legation in {p} to the {o}", ""),
    Form("Resolution {n} of the {o}", "Decree {n} of the {o}", ""),
)
ISSUED = (
    Form("{o} Paper {n}, “{s}”", "{o} Document {n}, “{s}”", ""),
    Form("Report by the {o}, OWM {n}, on {s}", "Study by the {o}, OWM {n}, on {s}", ""),
    Form("Note by the Secretary, C.P. {n}: {s}", "Memorandum by the Secretary, C.P. {n}: {s}", ""),
)
DIARIES = (
    Form(
        "From the Diary of {a}: Conversation with {b} on {d}",
        "From the Journal of {a}: Conversation with {b} on {d}",
        "",
    ),
    Form(
        "Record of a Talk with {b}, {d} (from {a}’s Diary)", "Memorandum of a Talk with {b}, {d} (from {a}’s Diary)", ""
    ),
    Form("{o}, Log of Events, {d}", "{o}, Record of Events, {d}", ""),
)
PLAIN = (*DIRECTED, *DIRECTED, *MEETINGS, *MEETINGS, *PAPERS, *PERIODICALS)
PARTS = (
    (" (Part I)", " (Part II)", " (Part III)"), (" (1)", " (2)", " (3)"), (", Annex A", ", Annex B", ", Annex C"),
    (", First Draft", ", Second Draft", ", Third Draft"), (" - Volume 1", " - Volume 2", " - Volume 3"),
)  # fmt: skip

Values = dict[str, str]


class Document(NamedTuple):
    """What one document is, before anybody listed it."""

    kind: str
    date: str | None
    form: Form
    values: Values
    ending: str
    summary: str


class Licence(NamedTuple):
    """The noise that a kind of document bears without becoming one of its look-alikes."""

    retitled: bool = False
    undated: bool = False
    untitled: bool = False
    bracket: bool = False
    summary_lost: bool = True
    summary_cut: bool = True


LICENCES = {
    "plain": Licence(retitled=True, undated=True, untitled=True, bracket=True),
    "serial": Licence(retitled=True, untitled=True, bracket=True),
    "twin": Licence(bracket=True, summary_lost=False, summary_cut=False),
    "coarse": Licence(bracket=True, summary_lost=False, summary_cut=False),
    "opening": Licence(bracket=True, summary_cut=False),
}
TITLE_TELLS = Licence()


Things = TypeVar("Things")


def pick(chance: random.Random, things: Sequence[Things]) -> Things:
    """The same as `random.choice`, in a third of its time."""
    return things[int(chance.random() * len(things))]


def edtf(day: date, precision: str = "day") -> str:
    """A date in EDTF."""
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]


class Archive:
    """A source of documents in families of look-alikes."""

    def __init__(self, chance: random.Random, density: int) -> None:
        """With what chance documents are made, and into how small a part of the years they are put."""
        self.chance = chance
        self.days = max(int(YEARS * 365.2425 / density), 1)
        self.makers: list[Callable[[], list[Document]]] = []
        shares = {
            self.plain: 100, self.serial: 10, self.twin: 3, self.numbered: 7, self.swapped: 5, self.circular: 5,
            self.issued: 5, self.parts: 3, self.diary: 5, self.coarse: 3, self.opening: 4,
        }  # fmt: skip
        for maker, share in shares.items():
            self.makers += [maker] * share

    def family(self) -> list[Document]:
        """One document, or a few that look alike."""
        return pick(self.chance, self.makers)()

    def day(self) -> date:
        """A day of the years that documents are put into."""
        return date(FIRST_YEAR, 1, 1) + timedelta(days=int(self.chance.random() * self.days))

    def person(self) -> str:
        """Few persons often, many seldom."""
        chance = self.chance.random
        if chance() < 0.45:
            return PROMINENT[int(chance() * chance() * len(PROMINENT))]
        return f"{pick(self.chance, INITIALS)}. {pick(self.chance, SURNAMES)}"

    def persons(self, count: int, other_than: str = "") -> list[str]:
        """Persons whose last names differ, also from that of another one."""
        found: dict[str, str] = {}
        while len(found) < count:
            person = self.person()
            if person.split()[-1] not in other_than:
                found[person.split()[-1]] = person
        return list(found.values())

    def subject(self) -> str:
        """What a document is about."""
        setting = pick(self.chance, SETTINGS)
        return f"{pick(self.chance, SUBJECTS)} {setting.format(pick(self.chance, PLACES))}".rstrip()

    def values(self) -> Values:
        """What a title may name."""
        one, other = self.persons(2)
        return {
            "a": one, "b": other, "p": pick(self.chance, PLACES), "o": pick(self.chance, BODIES),
            "s": self.subject(), "n": str(int(10 ** (1.5 + 3.4 * self.chance.random()))),
        }  # fmt: skip

    def sentence(self, who: str | None = None) -> str:
        """One sentence of a summary."""
        chance = self.chance
        shape, who, act, subject = chance.random(), who or self.person(), pick(chance, ACTS)[0], self.subject()
        if shape < 0.5:
            return f"{who} {act} {subject}."
        if shape < 0.65:
            return f"{who} {act} {subject} and {pick(chance, SUBJECTS)}."
        if shape < 0.8:
            return f"The {pick(chance, BODIES)} {act} {subject}, {pick(chance, MONTHS)} {FIRST_YEAR + int(chance.random() * YEARS)}."
        if shape < 0.9:
            return f"Discussion of {subject} with {who} and the {pick(chance, BODIES)}."
        return f"According to {who}, the people of {pick(chance, PLACES)} care little for {subject}."

    def summary(self, who: str | None = None) -> str:
        """One to four sentences."""
        chance = self.chance.random
        sentences = [self.sentence(who)]
        if chance() < 0.55:
            sentences.append(self.sentence())
        if chance() < 0.15:
            sentences.append(self.sentence())
        if chance() < 0.45:
            sentences.append(pick(self.chance, TAILS))
        return " ".join(sentences)

    def plain(self) -> list[Document]:
        """Nothing that looks like it is made on purpose."""
        coarse, day = self.chance.random(), self.day()
        when = edtf(day, "year" if coarse < 0.02 else "month" if coarse < 0.06 else "day")
        return [Document("plain", when, pick(self.chance, PLAIN), self.values(), "", self.summary())]

    def serial(self) -> list[Document]:
        """One title on several dates."""
        day, values = self.day(), self.values()
        form = pick(self.chance, PERIODICALS if self.chance.random() < 0.5 else PLAIN)
        step = pick(self.chance, (1, 2, 3, 7, 14, 30, 31, 365))
        days = [day + timedelta(days=step * number) for number in range(pick(self.chance, (2, 3, 4)))]
        return [Document("serial", edtf(one), form, values, "", self.summary()) for one in days]

    def twin(self) -> list[Document]:
        """One title and date, told apart by their summaries."""
        when, form, values = edtf(self.day()), pick(self.chance, PLAIN), self.values()
        return [Document("twin", when, form, values, "", self.summary()) for _ in range(2)]

    def numbered(self) -> list[Document]:
        """One date and pair of correspondents, other numbers."""
        when, form, values, shared = edtf(self.day()), pick(self.chance, NUMBERED), self.values(), self.summary()
        first = 100 + int(self.chance.random() * 60_000)
        numbers = sorted({first + pick(self.chance, (0, 1, 2, 9, 110, 1_204)) for _ in range(3)})
        differ = self.chance.random() < 0.6
        return [
            Document(
                "numbered",
                when,
                form,
                {**values, "n": str(number)},
                "",
                self.summary(values["a"]) if differ else shared,
            )
            for number in numbers
        ]

    def swapped(self) -> list[Document]:
        """One date, sender and receiver exchanged."""
        when, form, values = edtf(self.day()), pick(self.chance, DIRECTED[:4]), self.values()
        back = {**values, "a": values["b"], "b": values["a"]}
        return [
            Document("swapped", when, form, values, "", self.summary(values["a"])),
            Document("swapped", when, form, back, "", self.summary(values["b"])),
        ]

    def circular(self) -> list[Document]:
        """One date, sender and summary, other receivers."""
        when, form, values, summary = edtf(self.day()), pick(self.chance, DIRECTED[:4]), self.values(), self.summary()
        receivers = self.persons(pick(self.chance, (2, 3, 4)), values["a"])
        return [Document("circular", when, form, {**values, "b": one}, "", summary) for one in receivers]

    def issued(self) -> list[Document]:
        """Numbers of one paper's issues, with one summary."""
        day, form, values, summary = self.day(), pick(self.chance, ISSUED), self.values(), self.summary()
        paper = 1 + int(self.chance.random() * 400)
        step = 0 if self.chance.random() < 0.6 else pick(self.chance, (1, 5, 20))
        return [
            Document(
                "issued",
                edtf(day + timedelta(days=step * issue)),
                form,
                {**values, "n": f"{paper}/{issue}"},
                "",
                summary,
            )
            for issue in range(1, pick(self.chance, (3, 3, 4)))
        ]

    def parts(self) -> list[Document]:
        """Parts, annexes and drafts of one document."""
        when, form, values = edtf(self.day()), pick(self.chance, PAPERS), self.values()
        summary, own = self.summary(), self.chance.random() < 0.3
        endings = pick(self.chance, PARTS)[: pick(self.chance, (2, 2, 3))]
        return [
            Document("parts", when, form, values, ending, f"{summary} {self.sentence()}" if own else summary)
            for ending in endings
        ]

    def diary(self) -> list[Document]:
        """One date of record, other dates or hours inside the titles."""
        day, form, values, shared = self.day(), pick(self.chance, DIARIES), self.values(), self.summary()
        style, alike = self.chance.random(), self.chance.random()
        insides = []
        for number in range(pick(self.chance, (2, 3))):
            that = day - timedelta(days=1 + 3 * number)
            if style < 0.6:
                insides.append(f"{that.day} {MONTHS[that.month - 1]} {that.year}")
            elif style < 0.8:
                insides.append(f"{9 + 2 * number}:{pick(self.chance, ('00', '15', '30'))}")
            else:
                insides.append(f"{1 + 7 * number}-{7 + 7 * number} {MONTHS[that.month - 1]} {that.year}")
        return [
            Document(
                "diary",
                edtf(day),
                form,
                {**values, "d": inside},
                "",
                shared if alike < 0.2 else self.summary(values["a"]),
            )
            for inside in insides
        ]

    def coarse(self) -> list[Document]:
        """One title under one year or month, or under a day of it; other summaries."""
        day, precision = self.day(), pick(self.chance, ("year", "month"))
        form, values = pick(self.chance, PLAIN), self.values()
        dates = [edtf(day, precision), edtf(day, precision if self.chance.random() < 0.6 else "day")]
        return [Document("coarse", when, form, values, "", self.summary()) for when in dates]

    def opening(self) -> list[Document]:
        """One date and kind of title, summaries that share their first sentence."""
        when, form, values = (
            edtf(self.day()),
            pick(self.chance, (PAPERS[0], PAPERS[2], PAPERS[3], PAPERS[4])),
            self.values(),
        )
        first = self.sentence()
        subjects = {self.subject() for _ in range(3)}
        return [
            Document("opening", when, form, {**values, "s": subject}, "", f"{first} {self.summary()}")
            for subject in sorted(subjects)
        ]


STRAIGHT = str.maketrans("‘’“”", "''\"\"")
Printed = tuple[str | None, str | None, str | None]  # date, title, summary
Listing = tuple[str, str, str | None, str | None, str | None, str]  # document, kind, what is printed, noise


def mistyped(chance: random.Random, text: str) -> str:
    """One letter dropped, doubled, changed or exchanged inside a word of five letters or more; never a digit."""
    words = text.split(" ")
    at = [number for number, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
    if not at:
        return text
    number = pick(chance, at)
    word, kind = words[number], chance.random()
    letter = 1 + int(chance.random() * (len(word) - 2))
    before, after = word[:letter], word[letter + 1 :]
    if kind < 0.3:
        middle = ""
    elif kind < 0.5:
        middle = word[letter] * 2
    elif kind < 0.75:
        middle = pick(chance, "aeionrst")
    else:
        middle, after = after[0] + word[letter], after[1:]
    words[number] = before + middle + after
    return " ".join(words)


def typeset(chance: random.Random, title: str, noise: list[str]) -> str:
    """A title as another hand or machine would set it."""
    if chance.random() < 0.15:
        title = title.replace(" ", "  ", 1)
        noise.append("spaces")
    if chance.random() < 0.15:
        changed = (
            title.replace(" ", "\u00a0", 1), title.replace("No. ", "№ "), title.replace("-", "–"), title + ".",
            title.replace(" [", "["), title.title() if title.isascii() and "'" not in title else title.upper(),
            title.rstrip("’”'\""), title.replace("‘", "‘‘"), title.replace(" to ", " To "),
        )[int(chance.random() * 9)]  # fmt: skip
        if changed != title:
            title = changed
            noise.append("typesetting")
    return title


def otherwise_named(values: Values) -> Values:
    """The same persons in another system of writing."""
    changed = dict(values)
    for role in ("a", "b"):
        name = values[role]
        changed[role] = OTHER_WRITING.get(name) or _without_accents(name)
    return changed


def _without_accents(name: str) -> str:
    if name.isascii():
        return name
    letters = unicodedata.normalize("NFKD", name.translate(str.maketrans("łøŁØ’", "loLO'")))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def reworded(chance: random.Random, summary: str) -> str:
    """A summary in partly other words: a sentence left out, a verb exchanged, a letter mistyped."""
    kind = chance.random()
    sentences = summary.split(". ")
    if kind < 0.3 and len(sentences) > 2:
        del sentences[1 + int(chance.random() * (len(sentences) - 1))]
        return ". ".join(sentences).rstrip(".") + "."
    if kind < 0.7:
        for one, other in ACTS:
            if one in summary:
                return summary.replace(one, other, 1)
    return mistyped(chance, summary)


def title_again(chance: random.Random, document: Document, values: Values, more: float, noise: list[str]) -> str:
    """The title on another page, and in `noise` what was done to it."""
    licence, random = LICENCES.get(document.kind, TITLE_TELLS), chance.random
    form = document.form.first
    if random() < 0.03 * more:
        form = document.form.reworded
        noise.append("kind re-worded")
    title = form.format_map(values) + document.ending
    if licence.bracket and random() < 0.06 * more and "[" in title:
        title = BRACKETS.sub("", title).strip()
        noise.append("bracket dropped")
    if random() < 0.04 * more:
        title = mistyped(chance, title)
        noise.append("title mistyped")
    if random() < 0.002 * more:
        title = f"{title} {title}"
        noise.append("title twice")
    return typeset(chance, title, noise)


def summary_again(chance: random.Random, summary: str, licence: Licence, more: float, noise: list[str]) -> str | None:
    """The summary on another page, and in `noise` what was done to it."""
    random = chance.random
    if licence.summary_lost and random() < 0.05 * more:
        noise.append("no summary")
        return None
    if licence.summary_cut and random() < 0.05 * more and len(summary) > 100:
        noise.append("short summary")
        return summary[: 70 + int(random() * (len(summary) - 80))].rstrip() + pick(chance, ("…", "...", ""))
    if more > 1 and random() < 0.15:
        noise.append("summary re-worded")
        return reworded(chance, summary)
    return summary


def listed_again(chance: random.Random, document: Document, more: float, noise: list[str]) -> Printed:
    """What another page prints, and in `noise` what was done to it."""
    licence, random = LICENCES.get(document.kind, TITLE_TELLS), chance.random
    when, values, summary = document.date, document.values, document.summary
    if random() < 0.08 * more and (changed := otherwise_named(values)) != values:
        for role in ("a", "b"):
            summary = summary.replace(values[role], changed[role]) if random() < 0.5 else summary
        values = changed
        noise.append("transliteration")
    is_straight = random() < 0.5
    if is_straight:
        summary = summary.translate(STRAIGHT)
    if licence.untitled and random() < 0.003 * more:
        noise.append("no title")
        return when, None, summary
    if more > 1 and licence.retitled and random() < 0.05:
        noise.append("retitled")
        title = document.form.retitled.format_map(values)
        return when, title.translate(STRAIGHT) if is_straight else title, summary
    title = title_again(chance, document, values, more, noise)
    if is_straight:
        title = title.translate(STRAIGHT)
        noise.append("quotes")
    said = summary_again(chance, summary, licence, more, noise)
    if licence.undated and said and random() < 0.006 * more:
        noise.append("no date")
        return None, title, said
    return when, title, said


def listings(archive: Archive, count: int, first: int, more: float) -> list[Listing]:
    """Listings of documents, shuffled: document, kind, date, title, summary, noise."""
    chance = archive.chance
    found: list[Listing] = []
    number = first
    while len(found) < count:
        for document in archive.family():
            label = f"d{number:08d}"
            title = document.form.first.format_map(document.values) + document.ending
            found.append((label, document.kind, document.date, title, document.summary, ""))
            for _ in range(pick(chance, COPIES) - 1):
                noise: list[str] = []
                printed = listed_again(chance, document, more, noise)
                found.append((label, document.kind, *printed, ";".join(noise)))
            number += 1
    del found[count:]
    chance.shuffle(found)
    return found


def on_pages(chance: random.Random, found: Iterable[Listing]) -> Iterator[list[Listing]]:
    """The listings page by page; what a page already lists waits for a later one."""
    waiting = deque(found)
    while waiting:
        size = pick(chance, ENTRIES_A_PAGE)
        page: list[Listing] = []
        seen: set[str] = set()
        for _ in range(len(waiting)):
            if len(page) == size:
                break
            listing = waiting.popleft()
            if listing[0] in seen:
                waiting.append(listing)
            else:
                seen.add(listing[0])
                page.append(listing)
        yield page


def make_records(entries: int, seed: int = 1, noise: str = "plain", density: int = 1) -> Iterator[pa.Table]:
    """The records in tables of some ten thousands; each holds all listings of its documents."""
    more = {"plain": 1.0, "hard": 2.5}[noise]
    record = page = document = 0
    for part, start in enumerate(range(0, entries, CHUNK)):
        chance = random.Random(f"{seed}/{part}/{noise}/{density}")
        found = listings(Archive(chance, density), min(CHUNK, entries - start), document, more)
        document = max(int(listing[0][1:]) for listing in found) + 1
        columns: list[list[str | None]] = [[] for _ in SCHEMA]
        for listed in on_pages(chance, found):
            for label, kind, when, title, summary, done in listed:
                row = (f"r{record:08d}", f"p{page:07d}", when, title, summary, None, label, kind, done)
                for column, value in zip(columns, row, strict=True):
                    column.append(value)
                record += 1
            page += 1
        yield pa.table([pa.array(column, pa.string()) for column in columns], schema=SCHEMA)


def write_records(path: Path, entries: int, seed: int = 1, noise: str = "plain", density: int = 1) -> None:
    """Write the records into one Parquet file."""
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        for table in make_records(entries, seed, noise, density):
            writer.write_table(table)


def main() -> None:
    """Write what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--noise", choices=("plain", "hard"), default="plain")
    parser.add_argument("--density", type=int, default=1, help="10: the dates of all are in one tenth of the years")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    write_records(options.out, options.entries, options.seed, options.noise, options.density)
    print(f"{options.entries} records -> {options.out}")


if __name__ == "__main__":
    main()
