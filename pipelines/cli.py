"""The command line. Only what a command needs is imported, and only when it runs: `--help` imports neither Prefect nor pandas."""

import argparse
import io
import json
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.arguments import make_parser
from pipelines.errors import ListingsError, OrchestrationError, RejectedError, StoppedError, UsageError
from pipelines.named_files import authority_of, gate_of, judgements_of

if TYPE_CHECKING:
    from pipelines.build import BuildResult, BuildSettings

DONE, FAILED, WRONG_USAGE = 0, 1, 2
MOST_OF_TAG = 2  # a name and a release


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 the data or a check failed, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):  # a terminal that knows less than Unicode shows the rest as escapes
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    options = make_parser(_RUNS).parse_args(arguments)
    try:
        code: int = options.run(options)
    except ListingsError as error:
        return _fail(error, as_json=options.json)
    except KeyboardInterrupt:
        return _fail(StoppedError("stopped; the release before stays in place"), as_json=options.json)
    except OSError as error:  # the disk or the terminal that should take what is printed
        return _fail(ListingsError(f"{error.filename or 'output'}: {error.strerror}"), as_json=False)
    return code


def _build(options: argparse.Namespace) -> int:
    from pipelines.flows.api import configured_api
    from pipelines.logs import say, say_ended, use_form
    from pipelines.memory.digests import digests_of_settings
    from pipelines.runs.folders import check_folders
    from pipelines.runs.nothing_new import answer_where_unchanged

    use_form(options.log_format)
    check_folders(options.raw, options.processed)
    judgements, gate, authority = judgements_of(options), gate_of(options), authority_of(options)
    if not (options.fresh or options.accept):
        digests = digests_of_settings(judgements, gate, options.keep, authority)
        answer = answer_where_unchanged(options.raw, options.processed, digests, as_json=options.json)
        if answer is not None:
            print(answer)
            return DONE
    api = configured_api(os.environ)
    is_flow = options.prefect if options.prefect is not None else api is not None
    how = _how(api, is_flow=is_flow, was_asked=options.prefect is not None)
    say("started", how, raw=str(options.raw), processed=str(options.processed))
    if not is_flow:
        from pipelines.arrow_alone import use_arrow_alone

        use_arrow_alone()
    from pipelines.build import BuildSettings

    settings = BuildSettings(
        options.raw,
        options.processed,
        judgements,
        options.keep,
        options.wait,
        gate,
        options.accept,
        options.fresh,
        authority,
    )
    result = _through_prefect(settings, options, api) if is_flow else _in_this_process(settings, options, how)
    for doubt in result.published.doubts:
        say("not_swept", doubt)
    say_ended(result.published.release_id, is_new=result.published.is_new)
    if options.json:
        print(json.dumps(_as_json(result, settings, how), indent=2))
    else:
        from pipelines.summary import show

        show(result, settings.processed)
    return DONE


def _review(options: argparse.Namespace) -> int:
    from pipelines.review.command import ReviewSettings, review, review_one

    if options.why is not None and options.judge is None:
        message = "--why belongs to --judge; on a terminal a reason is asked for"
        raise UsageError(message)
    settings = ReviewSettings(options.processed, judgements_of(options), options.by, options.limit, options.json)
    if options.judge:
        left, right, verdict = options.judge
        review_one(settings, (left, right), verdict, options.why)
    else:
        review(settings)
    return DONE


def _explain(options: argparse.Namespace) -> int:
    from pipelines.explain.command import explain

    explain(options.id, options.processed, judgements_of(options), is_json=options.json)
    return DONE


def _layout(options: argparse.Namespace) -> int:
    from pipelines.layout.command import list_layouts, try_file

    layouts: Path = options.layouts or options.raw / "layouts"
    if options.layouts and not layouts.is_dir():
        message = f"{layouts}: no such folder; --layouts names the folder that layouts are declared in"
        raise UsageError(message)
    if options.action == "list":
        return list_layouts(layouts, is_json=options.json)
    return try_file(options.file, options.raw, layouts, is_json=options.json)


def _verify(options: argparse.Namespace) -> int:
    from pipelines.verify.command import verify

    return DONE if verify(options.processed, options.release, is_json=options.json) else FAILED


def _releases(options: argparse.Namespace) -> int:
    from pipelines.upkeep.command import Where, show_releases, tag, untag

    where = Where(options.processed, options.wait, options.json)
    if options.untag:
        untag(where, options.untag)
    elif options.tag:
        if len(options.tag) > MOST_OF_TAG:
            message = "--tag takes the name of a tag and at most one release"
            raise UsageError(message)
        tag(where, *options.tag)
    else:
        show_releases(where)
    return DONE


def _rollback(options: argparse.Namespace) -> int:
    from pipelines.upkeep.command import Where, rollback

    rollback(Where(options.processed, options.wait, options.json), options.release)
    return DONE


def _prune(options: argparse.Namespace) -> int:
    from pipelines.upkeep.command import Where, prune

    where = Where(options.processed, options.wait, options.json)
    return FAILED if prune(where, options.keep, is_dry_run=options.dry_run) else DONE


def _diff(options: argparse.Namespace) -> int:
    from pipelines.compare.command import DiffSettings, diff

    diff(DiffSettings(options.processed, options.before, options.after, options.parquet, options.json))
    return DONE


def _accept(options: argparse.Namespace) -> int:
    from pipelines.gate.command import AcceptSettings, accept_release

    accept_release(AcceptSettings(options.processed, options.keep, options.wait, options.json), options.release)
    return DONE


def _serve(options: argparse.Namespace) -> int:
    from pipelines.flows.serving import serve
    from pipelines.runs.folders import check_folders
    from pipelines.schedule.parameters import parameters_of

    check_folders(options.raw, options.processed)
    parameters = parameters_of(options, judgements_of(options), gate_of(options), authority_of(options))
    serve(options.name, options.cron, options.timezone, parameters)
    return DONE


def _how(api: str | None, *, is_flow: bool, was_asked: bool) -> str:
    """Which way the build goes, and why."""
    if is_flow:
        return f"as a Prefect flow, with the API of {api}" if api else "as a Prefect flow, with an embedded server"
    return "in this process, without Prefect" + (
        "" if was_asked else " (no Prefect API is configured; --prefect runs it as a flow)"
    )


def _in_this_process(settings: "BuildSettings", options: argparse.Namespace, how: str) -> "BuildResult":
    from pipelines.engine import LocalEngine
    from pipelines.progress import shown_progress
    from pipelines.runs.building import Watch, build_watched

    with shown_progress(options.log_format) as tick:
        return build_watched(
            settings, LocalEngine(options.workers, tick), Watch(how, options.openlineage, options.notify)
        )


def _through_prefect(settings: "BuildSettings", options: argparse.Namespace, api: str | None) -> "BuildResult":
    from pipelines.flows.api import embed_server, send_nothing, server_home
    from pipelines.release import locked

    send_nothing()
    with ExitStack() as held:
        if api is None:
            # One embedded server at a time in one home; the build's own lock is taken within the flow, which is later.
            held.enter_context(locked(server_home(settings.processed), settings.wait))
            embed_server(settings.processed)
        return _run_flow(settings, options)


def _run_flow(settings: "BuildSettings", options: argparse.Namespace) -> "BuildResult":
    from pipelines.flows.listings import run
    from pipelines.flows.telling import prefect_says_json
    from pipelines.logs import JSON

    if options.log_format == JSON:
        prefect_says_json()
    try:
        return run(settings, options.workers, options.openlineage or "")
    except RuntimeError as error:  # what Prefect's client raises where no server answers
        message = f"Prefect: {error} (--no-prefect builds without it)"
        raise OrchestrationError(message) from error


def _as_json(result: "BuildResult", settings: "BuildSettings", how: str) -> dict[str, Any]:
    published = result.published
    current = settings.processed / "current"
    return {
        "status": "published" if published.is_new else "unchanged",
        "release_id": published.release_id,
        "is_new": published.is_new,
        "swept": list(published.swept),
        "how": how,
        "paths": {
            "current": str(current),
            "release": str(published.path),
            "report": str(current / "report.json"),
            "page": str(settings.processed / "report.html"),
        },
        "gate": result.verdict.as_json(),
        "run": result.run,
        "report": result.report,
    }


_RUNS = {
    "build": _build,
    "review": _review,
    "explain": _explain,
    "layout": _layout,
    "verify": _verify,
    "releases": _releases,
    "rollback": _rollback,
    "prune": _prune,
    "diff": _diff,
    "accept": _accept,
    "serve": _serve,
}


def _fail(error: ListingsError, *, as_json: bool) -> int:
    """Say what failed, in one line, and in JSON where a program reads."""
    from pipelines.logs import say

    code = WRONG_USAGE if isinstance(error, UsageError) else FAILED
    say("failed", str(error), level=logging.ERROR, error=type(error).__name__, exit_code=code)
    if as_json:
        said: dict[str, Any] = {
            "status": "failed",
            "error": type(error).__name__,
            "message": str(error),
            "exit_code": code,
        }
        if isinstance(error, RejectedError):
            said |= {"status": "rejected", "release_id": error.release_id, "paths": {"rejected": str(error.path)}}
        print(json.dumps(said, ensure_ascii=False, indent=2))
    return code
