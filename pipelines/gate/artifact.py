"""The gate in Markdown, for a Prefect artifact. What may hold text from raw stands in code spans, where nothing is active."""

from pipelines.errors import QualityGateError, RejectedError
from pipelines.gate.verdict import Verdict, told
from pipelines.report import markdown_summary


def nothing_published(error: QualityGateError) -> str:
    """Why a run failed, and the summary of what was kept back, where something was."""
    said = f"# Nothing published\n\n{_code(str(error))}\n"
    return f"{said}\n{markdown_summary(error.report, error.release_id)}" if isinstance(error, RejectedError) else said


def markdown_gate(verdict: Verdict) -> str:
    """What the gate checked, beside which release."""
    lines = [
        f"- {'passed' if check.passed else '**accepted**'}: {_code(line)}"
        for check, line in zip(verdict.checks, told(verdict.checks), strict=True)
    ]
    return "\n".join(["", f"## Gate, beside {verdict.release_before or 'no release'}", "", *lines, ""])


def _code(text: str) -> str:
    return f"`{text.replace('`', '´')}`"
