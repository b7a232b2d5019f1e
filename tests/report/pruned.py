"""A report of few items that has every section: what axe-core looks at, for it takes half a minute for a hundred items."""


def pruned(value, most=3):
    """The first items of every list in a value of JSON, but for the one that others lead to."""
    if isinstance(value, dict):
        return {name: inner if name == "compared" else pruned(inner, most) for name, inner in value.items()}
    return [pruned(inner, most) for inner in value[:most]] if isinstance(value, list) else value
