"""Every layout that is read. A new one is one more module and one more name here."""

from pipelines.extract.layout import Layout
from pipelines.extract.new_facets import N4
from pipelines.extract.new_listing import N1, N2, N3, N5
from pipelines.extract.new_topic import N6
from pipelines.extract.old_dashed import O5
from pipelines.extract.old_listing import O1, O2, O3, O4

LAYOUTS: tuple[Layout, ...] = (O1, O2, O3, O4, O5, N1, N2, N3, N4, N5, N6)
