"""What every page looks like: colours and type in `base.css`, read by what renders a page."""

from importlib.resources import files


def base_style() -> str:
    """The style sheet that the pages share."""
    return (files("pipelines.look") / "base.css").read_text(encoding="utf-8")
