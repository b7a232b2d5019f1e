"""What the command `report` is asked."""

import argparse

from pipelines.options import Commands, add_json, add_processed, add_wait, as_path, as_text


def add_report(commands: Commands) -> argparse.ArgumentParser:
    """`report`: the data-quality report of a release as a page."""
    report = commands.add_parser(
        "report",
        help="write the data-quality report of a release as a page",
        description="Write the report of a release, with what the quality gate said, what changed since the release before it, and how "
        "quality went: one page that needs no network. A release is named by its id, a tag, `current`, the id of a rejected one, or its "
        "folder.",
    )
    report.add_argument("release", nargs="?", type=as_text, metavar="RELEASE", help="the release (default: current)")
    add_processed(report)
    report.add_argument("--open", action="store_true", help="open the page in a browser")
    report.add_argument(
        "--output",
        type=as_path,
        metavar="FILE",
        help="write the page there (default: report.html in the folder of releases; of another release than the current one "
        "report-RELEASE.html)",
    )
    add_wait(report)
    add_json(report)
    report.set_defaults(run=_run)
    return report


def _run(options: argparse.Namespace) -> int:
    from pipelines.report.command import ReportSettings, report

    report(
        ReportSettings(
            options.processed, options.release, options.output, options.wait, opens=options.open, is_json=options.json
        )
    )
    return 0
