"""Requests as a table. Every sort of request to every sort of file is in the JSON lines."""
from .report import TITLES, lines
from .result import STEPS

__all__ = ["lines", "section"]

MIB = 1 << 20
SORTS = ("list", "look", "read", "write", "delete")


def section(course, results):
    """A heading and a table."""
    table = [
        f"## {course.title}\n",
        "| | | requests | lists | looks | reads | writes | deletions | MiB up | MiB down |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for step in STEPS:
        for result in results:
            table.append("| " + " | ".join([TITLES[step], result.contender, *_cells(result, step)]) + " |")
    table += ["", "A look is a `HEAD`, a read gets a file or a part of one. What was made before the first backup is not counted."]
    return "\n".join(table) + "\n\n"


def _cells(result, step):
    if result.failure:
        return ["no figures: " + result.failure.partition("\n")[0].replace("|", "/")] + [""] * 7
    if not result.steps[step]:
        return [result.without[step]] + [""] * 7
    counted = result.steps[step][0]
    sorts = [
        sum(count for what, count in counted["requests"].items() if what.partition(" ")[0] == sort) for sort in SORTS
    ]
    sizes = [f"{counted[way] / MIB:,.1f}" for way in ("up_bytes", "down_bytes")]
    return [f"{sum(counted['requests'].values()):,}", *(f"{sort:,}" for sort in sorts), *sizes]
