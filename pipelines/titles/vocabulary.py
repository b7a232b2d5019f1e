"""Words that titles are made of, beside those that say who and what."""

from pipelines.dates import MONTHS

__all__ = [
    "CARDINALS", "CONVERSATION", "ENDS_OF_NAMES", "FORMS", "KINDS", "MONTHS", "NO_WORDS", "NUMBERED", "ORDINALS", "PARTS", "RECORDS",
    "STOP_WORDS", "words_of",
]  # fmt: skip


def words_of(text: str) -> frozenset[str]:
    """A list of words, as written."""
    return frozenset(text.split())


_KINDS = (
    "cable cables", "telegram telegrams cryptogram", "letter letters", "note notes", "record records", "memorandum memoranda memo",
    "minutes", "report reports", "message messages", "transcript transcripts stenogram", "dispatch despatch dispatches", "summary",
    "information", "communication", "account", "protocol protocols", "memoire", "speech speeches address", "agreement treaty",
    "diary journal", "conversation conversations talk talks discussion discussions meeting meetings call interview",
)  # fmt: skip
# Kinds of document, each word with the kind it stands for: another archivist chooses another word for the same sheet of
# paper. What a word says of the cipher or the shorthand alone (Ciphered Telegram) is no kind of its own.
KINDS = {word: words.split()[0] for words in _KINDS for word in words.split()}
# Kinds that are one where a conversation is recorded.
RECORDS = frozenset({"record", "memorandum", "minutes", "note", "transcript"})
CONVERSATION = "conversation"

# Words that say nothing of who and what; `to` and `from` are read as directions before they are left out.
STOP_WORDS = words_of(
    "a an and as at by concerning for from in into its no nr number of on regarding re s sent the their to upon with between "
    "comrade comrades cde cdes mr mrs dr his her dated vol volume untitled title unknown ciphered coded cipher deciphered encrypted "
    "stenographic verbatim aide private personal confidential secret top urgent"
)
# A part, or another state, of a document is a document of its own.
PARTS = words_of(
    "draft drafts reply replies response responses answer answers attachment attachments attached enclosure enclosures enclosed annex annexes appendix "
    "supplement supplementary addendum part cover corrected revised final continuation continued preliminary erratum errata "
    "corrigendum corrigenda correction"
)
# What a capture may leave out: how much of the document, and in what form, is shown.
FORMS = words_of("excerpt excerpts extract extracts translation translated copy abridged")
# A letter behind one of these is a number: Annex A, Annex B.
NUMBERED = "annex|appendix|attachment|enclosure|part|section|copy|version|vol|volume|item|tape|reel|folder|box"
CARDINALS = {word: str(number) for number, word in enumerate(("one", "two", "three", "four", "five", "six"), 1)}
ORDINALS = {
    word: str(number)
    for number, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], 1
    )
}
NO_WORDS = KINDS.keys() | STOP_WORDS | PARTS | FORMS | ORDINALS.keys()

# Words that begin another thought, and so end the name of a correspondent.
ENDS_OF_NAMES = words_of(
    "regarding concerning on about containing with in via re through during at for dated requesting summarizing forwarding "
    "transmitting sent"
)
