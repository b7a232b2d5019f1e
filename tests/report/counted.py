"""The report of a release, counted anew in SQL: no line of it is shared with what makes the report."""

import duckdb
import pyarrow.parquet as pq

from pipelines.problems import PROBLEMS

FATES = ("entry", "furniture", "issue", "blank")
ENTRY = (
    "{'source_path': source_path, 'entry_id': entry_id, 'document_id': document_id, 'line_first': line_first, 'line_last': line_last, "
    "'date_text': date_text, 'title': e.title, 'summary': summary}"
)


class Counted:
    """A release as views of DuckDB."""

    def __init__(self, release):
        self.release = release
        self.names = sorted(path.stem for path in release.glob("*.parquet"))
        self.database = duckdb.connect()
        for name in self.names:
            self.database.sql(f"CREATE VIEW {name} AS FROM '{release}/{name}.parquet'")

    def one(self, query):
        return self.database.sql(query).fetchall()[0][0]

    def rows(self, query):
        found = self.database.sql(query)
        return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]

    def tally(self, table, column, where="true"):
        query = f"SELECT coalesce({column}, 'none'), count(*) FROM {table} WHERE {where} GROUP BY 1 ORDER BY 1"
        return dict(self.database.sql(query).fetchall())

    def report_version(self):
        return "1.1"

    def counts(self):
        return {name: self.one(f"SELECT count(*) FROM {name}") for name in self.names}

    def reconciliation(self):
        sums = ", ".join(f"coalesce(sum({name}_line_count), 0)::BIGINT AS {name}_line_count" for name in FATES)
        return {
            "lines": self.rows(f"SELECT coalesce(sum(line_count), 0)::BIGINT AS line_count, {sums} FROM pages")[0],
            "entries": self.rows(
                "SELECT (SELECT count(*) FROM entries) AS entry_count, (SELECT count(*) FROM documents) AS document_count, "
                "(SELECT count(*) FROM entries WHERE NOT is_representative) AS merged_entry_count"
            )[0],
        }

    def pages(self):
        cut = "source_path, line_count, entry_count, pager_first, pager_last, pager_total"
        return {
            "by_layout": self.tally("pages", "layout"),
            "by_kind": self.tally("pages", "kind"),
            "cut_page_count": self.one("SELECT count(*) FROM pages WHERE is_cut"),
            "cut": self.rows(f"SELECT {cut} FROM pages WHERE is_cut ORDER BY source_path, page_id LIMIT 50"),
        }

    def documents(self):
        return {
            "by_date_precision": self.tally("documents", "date_precision"),
            "on_several_pages": self.one("SELECT count(*) FROM documents WHERE page_count > 1"),
            "with_variants": self.one("SELECT count(*) FROM documents WHERE has_variants"),
            "undated_document_count": self.one("SELECT count(*) FROM documents WHERE date_start IS NULL"),
            **self.periods("true"),
            "by_genre": self.tally("documents", "genre"),
            "by_number_kind": self.tally("documents", "number_kind"),
        }

    def periods(self, where):
        dated = (
            f"(SELECT year(date_start) AS y, date_precision FROM documents WHERE date_start IS NOT NULL AND {where})"
        )
        ((low, high),) = self.database.sql(f"SELECT min(y), max(y) FROM {dated}").fetchall()
        if low is None:
            return {"years_per_period": 1, "by_period": []}
        unit = 1 if high - low < 120 else 10 if high // 10 - low // 10 < 120 else 100
        kinds = ", ".join(
            f"count(y) FILTER ({'date_precision IS NULL' if name == 'other' else f'date_precision = {name!r}'}) AS {name}_count"
            for name in ("day", "month", "year", "other")
        )
        query = (
            f"SELECT p * {unit} AS year_first, p * {unit} + {unit - 1} AS year_last, {kinds}, count(y) AS document_count "
            f"FROM range({low // unit}, {high // unit + 1}) AS periods(p) LEFT JOIN {dated} ON y // {unit} = p GROUP BY p ORDER BY p"
        )
        return {"years_per_period": unit, "by_period": self.rows(query)}

    def columns(self):
        return [
            {
                "table": name,
                "column": field.name,
                **self.rows(f'SELECT count(*) AS row_count, count("{field.name}") AS filled_count FROM {name}')[0],
            }
            for name in self.names
            for field in pq.read_schema(self.release / f"{name}.parquet")
            if field.nullable
        ]

    def collections(self):
        ranked = "(SELECT *, row_number() OVER (ORDER BY document_count DESC, title, collection_id) AS rank FROM collections)"
        sets = self.rows(
            f"WITH listed AS (SELECT document_id, list_sort(list(rank) FILTER (rank <= 8)) AS ranks, bool_or(rank > 8) AS with_others "
            f"FROM document_collections JOIN {ranked} USING (collection_id) GROUP BY document_id) "
            "SELECT coalesce(ranks, []) AS ranks, with_others, count(*) AS document_count, "
            "coalesce(list_sum([1 << (rank - 1)::INTEGER FOR rank IN ranks]), 0) + 256 * with_others::INTEGER AS bits "
            "FROM listed GROUP BY ALL ORDER BY document_count DESC, bits"
        )
        compared = [row["collection_id"] for row in self.rows(f"FROM {ranked} ORDER BY rank LIMIT 8")]
        return {
            "items": self.rows(
                "SELECT collection_id, title, year_start, year_end, page_count, document_count FROM collections "
                "ORDER BY document_count DESC, title, collection_id LIMIT 100"
            ),
            "unlisted_document_count": self.one(
                "SELECT count(*) FROM documents ANTI JOIN document_collections USING (document_id)"
            ),
            "compared": compared,
            "set_count": len(sets),
            "sets": [
                {
                    "collection_ids": [compared[rank - 1] for rank in row["ranks"]],
                    "with_others": row["with_others"],
                    "document_count": row["document_count"],
                }
                for row in sets[:24]
            ],
        }

    def parties(self):
        named = "(SELECT *, coalesce(name_normalized, name) AS party FROM document_parties)"
        letters = "document_id IN (SELECT document_id FROM document_parties GROUP BY 1 HAVING bool_or(role = 'from') AND bool_or(role = 'to'))"
        pairs = self.rows(
            f'SELECT a.party AS "from", b.party AS "to", count(DISTINCT document_id) AS document_count FROM {named} AS a '
            f"JOIN {named} AS b USING (document_id) WHERE a.role = 'from' AND b.role = 'to' GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2"
        )
        names = self.rows(
            f"SELECT party, count(DISTINCT document_id) AS document_count FROM {named} GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        return {
            "document_count": self.one("SELECT count(DISTINCT document_id) FROM document_parties"),
            "normalized_party_count": self.one("SELECT count(name_normalized) FROM document_parties"),
            "by_role": self.tally("document_parties", "role"),
            "by_kind": self.tally("document_parties", "party_kind"),
            "name_count": len(names),
            "names": names[:30],
            "letter_count": self.one(f"SELECT count(*) FROM documents WHERE {letters}"),
            "pair_count": len(pairs),
            "pairs": pairs[:60],
            "undated_letter_count": self.one(f"SELECT count(*) FROM documents WHERE date_start IS NULL AND {letters}"),
            **self.periods(letters),
        }

    def entries(self, where, order):
        query = f"SELECT {ENTRY} AS entry FROM entries AS e JOIN pages USING (page_id) WHERE {where} ORDER BY {order}"
        return [row["entry"] for row in self.rows(query)]

    def matches(self):
        review = self.rows("FROM matches WHERE decision = 'review' ORDER BY left_entry_id, right_entry_id LIMIT 100")
        for pair in review:
            for side in ("left", "right"):
                (entry,) = self.entries(f"entry_id = '{pair[f'{side}_entry_id']}'", "1")
                pair |= {side: entry, f"{side}_place": f"{entry['source_path']}:{entry['line_first']}"}
        return {
            "by_decision": self.tally("matches", "decision"),
            "by_rule": self.tally("matches", "rule"),
            "review": review,
            "merged": self.merged(),
        }

    def merged(self):
        reasons = (
            "(SELECT document_id, rule, score, decided_by, evidence, row_number() OVER (ORDER BY rule = 'same_text', score, rule, "
            "left_entry_id, right_entry_id) AS rank FROM matches JOIN entries ON entry_id = left_entry_id WHERE decision = 'same')"
        )
        items = self.rows(
            f"SELECT document_id, title, date_text, entry_count, page_count, coalesce(reason_count, 0) AS reason_count, "
            f"coalesce(reasons, [])[:4] AS reasons FROM documents LEFT JOIN (SELECT document_id, min(rank) AS rank, count(*) AS reason_count, "
            "list({'rule': rule, 'score': score, 'decided_by': decided_by, 'evidence': evidence} ORDER BY rank) AS reasons "
            f"FROM {reasons} GROUP BY 1) USING (document_id) WHERE entry_count > 1 "
            "ORDER BY rank NULLS LAST, entry_count DESC, document_id LIMIT 40"
        )
        for item in items:
            item["entries"] = self.entries(f"document_id = '{item['document_id']}'", "source_path, line_first")[:8]
        return {
            "document_count": self.one("SELECT count(*) FROM documents WHERE entry_count > 1"),
            "entry_count": self.one(
                "SELECT coalesce(sum(entry_count), 0)::BIGINT FROM documents WHERE entry_count > 1"
            ),
            "with_reasons_count": self.one(f"SELECT count(DISTINCT document_id) FROM {reasons}"),
            "items": items,
        }

    def issues(self):
        columns = "severity, problem, source_path, line_first, line_last, message, issue_id, raw_text, value"
        order = "severity, coalesce(source_path, ''), coalesce(line_first, 0), message"
        told = (
            f"SELECT * FROM (SELECT {columns} FROM issues WHERE severity IN ('error', 'warning') ORDER BY severity, issue_id LIMIT 100) "
            f"ORDER BY {order}"
        )
        notes = f"SELECT * FROM (SELECT {columns} FROM issues WHERE severity = 'info' ORDER BY issue_id LIMIT 50) ORDER BY {order}"
        by_problem = self.tally("issues", "problem")
        return {
            "by_problem": by_problem,
            "by_severity": self.tally("issues", "severity"),
            "problems": [
                {"problem": name, **PROBLEMS[name]._asdict(), "issue_count": count}
                for name, count in by_problem.items()
            ],
            "items": self.rows(told),
            "notes": self.rows(notes),
        }

    def missing(self):
        """Numbers on no saved page, by a table of every number of every listing."""
        asked = (
            "(SELECT page_id, list_sort(list(DISTINCT {'field': field, 'value': value}) FILTER (field <> 'page')) AS filters "
            "FROM page_filters GROUP BY page_id)"
        )
        listings = self.rows(
            f"SELECT if(asked.page_id IS NULL, 'printed', 'address') AS told_by, coalesce(filters, []) AS filters, "
            "min_by(kind, source_path) AS kind, min_by({'x': pages.heading}, source_path).x AS heading, min(source_path) AS source_path, "
            "min_by({'x': url}, source_path).x AS url, count(*) AS page_count, max(pager_total) AS total_entry_count, "
            "flatten(list(range(pager_first, pager_last + 1)) FILTER (pager_last > 0)) AS saved "
            f"FROM pages LEFT JOIN {asked} AS asked USING (page_id) WHERE pager_total IS NOT NULL "
            "GROUP BY 1, 2, if(asked.page_id IS NOT NULL, '', kind || '|' || coalesce(pages.heading, '') || '|' || pager_total)"
        )
        found = []
        for listing in listings:
            lacking = sorted(set(range(1, listing["total_entry_count"] + 1)) - set(listing.pop("saved") or []))
            firsts = [number for number in lacking if number - 1 not in set(lacking)]
            lasts = [number for number in lacking if number + 1 not in set(lacking)]
            gaps = [{"first": first, "last": last} for first, last in zip(firsts, lasts, strict=True)]
            if lacking:
                found.append(
                    {**listing, "missing_entry_count": len(lacking), "gap_count": len(gaps), "gaps": gaps[:20]}
                )
        found.sort(key=lambda listing: (-listing["missing_entry_count"], listing["source_path"]))
        targets = self.rows(
            "SELECT relation, target_title AS title, count(DISTINCT c.title) AS named_by_count, "
            "list_sort(list(DISTINCT c.title))[:20] AS named_by FROM collection_links JOIN collections AS c USING (collection_id) "
            "WHERE target_collection_id IS NULL GROUP BY 1, 2 ORDER BY relation <> 'related', 3 DESC, 2"
        )
        return {
            "listing_count": len(found),
            "entry_count": sum(listing["missing_entry_count"] for listing in found),
            "listings": found[:50],
            "target_count": len(targets),
            "targets": targets[:100],
        }

    def checks(self):
        return {
            "check_count": self.one("SELECT count(*) FROM quality"),
            "failed_check_count": self.one("SELECT count(*) FROM quality WHERE NOT passed"),
            "by_severity": self.tally("quality", "severity"),
            "failed_by_severity": self.tally("quality", "severity", "NOT passed"),
            "failed": self.rows("FROM quality WHERE NOT passed"),
        }
