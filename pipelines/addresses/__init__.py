"""What an address tells by itself: which document it leads to, what a listing page was asked for, which addresses are one.

Values only: nothing is fetched, and no address, whatever it holds, raises.
"""

from pipelines.addresses.documents import are_comparable, document_link, is_document
from pipelines.addresses.identity import PageAddress, page_address
from pipelines.addresses.listings import Address, Filter, read_address
from pipelines.addresses.parts import LONGEST_ADDRESS

__all__ = [
    "LONGEST_ADDRESS",
    "Address",
    "Filter",
    "PageAddress",
    "are_comparable",
    "document_link",
    "is_document",
    "page_address",
    "read_address",
]
