"""The list of scenarios."""
from . import holdfast, subject
from .course import Course
from .peers import Archive, Borg, Restic
from .traffic import Traffic


def courses(workspace, scale, launcher):
    def course(name, title, subject, component=holdfast.directory):
        return Course(name, title, subject, lambda: [holdfast.Holdfast(launcher, component), Restic(), Borg(), Archive()])

    return [
        course("tree", "A tree of texts, binaries and media", subject.Tree(workspace.tree)),
        course("sqlite", "A SQLite database with a live -wal", subject.Database(workspace), holdfast.sqlite),
        course("small", f"{scale.few_files:,} small files", subject.few(workspace)),
        course("large", f"{scale.repeated_bytes / (1 << 30):.3g} GiB in large files, two fifths of it repeated",
               subject.repeated(workspace, scale)),
        Traffic("requests", "Requests to the backend", subject.asked(workspace, scale),
                lambda: [holdfast.Holdfast(launcher, holdfast.directory), Restic()]),
    ]
