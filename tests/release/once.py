"""For programs that publish the same tables a hundred times: what is said of the same tables is made once, as it touches no file."""


def once(make):
    made = {}

    def again(first, *others):
        told = repr([(name, getattr(value, "num_rows", value)) for name, value in first.items()])
        if told not in made:
            made[told] = make(first, *others)
        return made[told]

    return again
