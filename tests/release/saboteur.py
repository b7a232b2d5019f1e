"""Publishes, and fails or dies where it is told to. Each order, one line of JSON, is carried out by a fork.

Pages are read once; what an order repeats is the lock, the history and the publishing, all through `build`.
"""

import errno
import fcntl
import json
import os
import resource
import signal
import sys
import time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq

import pipelines.build
import pipelines.gate.publishing
import pipelines.release.contents
from pipelines.build import BuildSettings
from pipelines.memory.remembered import Recalled
from pipelines.release import Published
from tests.release.once import once

STEPS = [
    *((os, name) for name in ("mkdir", "open", "fsync", "rename", "replace", "link", "symlink", "readlink")),
    *((os, name) for name in ("unlink", "rmdir", "stat", "lstat", "truncate")),
    *((Path, name) for name in ("open", "write_text", "write_bytes", "read_bytes")),
    *((pq, name) for name in ("write_table", "read_table")),
    (fcntl, "flock"),
]


class RememberingEngine:
    def __init__(self):
        self.results = {}

    def call(self, stage, function):
        if stage == "publish":
            return function()
        if stage not in self.results:
            self.results[stage] = function()
        return self.results[stage]

    def map(self, stage, function, pieces):
        return self.call(stage, lambda: [function(piece) for piece in pieces])


class Forgetful:
    """In the place of what a build remembers: nothing."""

    def open(self, *_settings, **_options):
        return self

    def before(self):
        return None

    def titles_before(self, _before):
        return None

    def recall(self, sources, _beside):
        return Recalled({}, list(sources))

    def keep(self, _sources, readings, _beside):
        return readings

    def finish(self, *_):
        return None


class Sabotage:
    def __init__(self, harm, at, *, lasts):
        self.harm, self.at, self.lasts = harm, at, lasts
        self.steps, self.is_within_step = [], False

    def start(self):
        for owner, name in STEPS:
            setattr(owner, name, self.step(name, getattr(owner, name)))

    def step(self, name, original):
        def run(*arguments, **options):
            is_idle = name == "mkdir" and os.access(arguments[0], os.F_OK)
            if is_idle or self.is_within_step:
                return original(*arguments, **options)
            self.steps.append(name)
            is_harmed = self.is_harmed(len(self.steps) - 1)
            if is_harmed and not name.startswith("write_"):
                self.do_harm(arguments)
            self.is_within_step = True
            try:
                result = original(*arguments, **options)
                if is_harmed:
                    cut_in_half(arguments[1 if name == "write_table" else 0])
            finally:
                self.is_within_step = False
            if is_harmed:
                self.do_harm(arguments)
            return result

        return run

    def is_harmed(self, number):
        return self.at is not None and (number == self.at or (self.lasts and number > self.at))

    def do_harm(self, arguments):
        if self.harm == "SIGKILL":
            os.kill(os.getpid(), signal.SIGKILL)
        number = getattr(errno, self.harm)
        raise OSError(
            number, os.strerror(number), *(str(path) for path in arguments[:1] if isinstance(path, str | Path))
        )


def cut_in_half(path):
    os.truncate(path, path.stat().st_size // 2)


def naive_publisher(example):
    """What a publisher without staging does: the same files, written where readers already look."""

    def publish(processed, _tables, _report, _keep):
        release = processed / "releases" / example.name
        release.mkdir(parents=True, exist_ok=True)
        (processed / "current").unlink(missing_ok=True)
        (processed / "current").symlink_to(f"releases/{example.name}")
        for path in sorted(example.iterdir()):
            (release / path.name).write_bytes(path.read_bytes())
        return Published(example.name, release, is_new=True)

    return publish


def attempt(order, engine, raw, example):
    sabotage = Sabotage(order.get("harm"), order.get("step"), lasts=order.get("lasts", False))
    if order.get("naive"):
        pipelines.gate.publishing.publish = naive_publisher(example)
    if limit := order.get("limit"):
        kind, most = getattr(resource, limit[0]), limit[1]
        resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))
    sabotage.start()
    try:
        pipelines.build.build(BuildSettings(raw, Path(order["processed"])), engine)
    except BaseException as error:  # noqa: BLE001 every error is an answer
        return {"error": type(error).__name__, "message": str(error), "steps": sabotage.steps}
    return {"error": None, "message": "", "steps": sabotage.steps}


def carry_out(order, *rest):
    reading, writing = os.pipe()
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        os.write(writing, json.dumps(attempt(order, *rest)).encode())
        os._exit(0)
    os.close(writing)
    if "killed_after" in order:
        time.sleep(order["killed_after"])
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reading) as answer:
        text = answer.read()
    status = os.waitpid(child, 0)[1]
    answer = json.loads(text) if text else {}
    return {**answer, "signal": os.WTERMSIG(status), "seconds": time.monotonic() - started}


def main():
    raw, engine = Path(sys.argv[1]), RememberingEngine()
    # What lies in raw is not to be published, so reading it is not harmed here: a fault there is an issue of the release. Nor
    # is what a build remembers of the one before: a fault there costs time alone, which tests/memory holds.
    pipelines.build.Remembered, pipelines.build.digests_of_settings = Forgetful(), lambda *_: {}
    # The page beside the releases is no part of one: a fault there is told, which tests/report holds.
    pipelines.build.refresh_after_build = lambda *_: ()
    pipelines.build.read_raw = cache(pipelines.build.read_raw)
    # Names are data of the program, as its modules are.
    pipelines.build.read_authority = cache(pipelines.build.read_authority)
    # What is said of the same tables is the same each time, and to make it takes most of publishing; it touches no file.
    pipelines.release.contents.make_pages = once(pipelines.release.contents.make_pages)
    pipelines.release.contents.make_descriptors = once(pipelines.release.contents.make_descriptors)
    with TemporaryDirectory() as folder:
        example = pipelines.build.build(BuildSettings(raw, Path(folder)), engine).published.path
        for line in sys.stdin:
            sys.stdout.write(json.dumps(carry_out(json.loads(line), engine, raw, example)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
