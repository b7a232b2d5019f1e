import pytest

from pipelines.build import BuildSettings, build
from pipelines.descriptors import make_descriptors
from pipelines.engine import LocalEngine
from pipelines.parquet import write_table
from pipelines.release.durable import fingerprint, json_text
from schemas.declared import table_names
from schemas.derive import arrow_schema


@pytest.fixture(scope="session")
def release(tmp_path_factory, sample):
    """A release of the sample."""
    processed = tmp_path_factory.mktemp("descriptors")
    build(BuildSettings(sample, processed), LocalEngine())
    return (processed / "current").resolve()


@pytest.fixture
def described(tmp_path):
    """Writes tables, those not given empty, with their descriptors; returns the folder."""

    def write(tables):
        files = {}
        for name in table_names():
            path = tmp_path / f"{name}.parquet"
            write_table(name, tables.get(name, arrow_schema(name).empty_table()), path)
            files[path.name] = fingerprint(path)
        for name, descriptor in make_descriptors(files, "0").items():
            (tmp_path / name).write_text(json_text(descriptor), encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture(scope="session")
def sample(pytestconfig):
    return pytestconfig.rootpath / "raw" / "sample"
