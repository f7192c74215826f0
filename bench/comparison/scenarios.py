"""The list of scenarios."""
from . import contender as peers
from .holdfast import Holdfast, directory, sqlite
from .scenario import Scenario
from .subject import Bulk, Database, Tree


def scenarios(workspace, scale, launcher):
    tree, database = Tree(workspace), Database(workspace)
    result = [
        Scenario(
            "tree-plain", "A tree, stored as plain files", tree,
            [Holdfast(launcher, "none", directory), peers.COPY, peers.COPY_SYNC],
        ),
        Scenario(
            "tree-zstd", "A tree, stored as .tar.zst", tree,
            [Holdfast(launcher, "zstd", directory), peers.TAR_ZSTD, peers.TAR_ZSTD_SYNC],
        ),
        Scenario(
            "tree-gzip", "A tree, stored as .tar.gz", tree,
            [Holdfast(launcher, "gzip", directory), peers.TAR_PIGZ, peers.TAR_PIGZ_SYNC],
        ),
        Scenario(
            "sqlite-vacuum", "A SQLite database with a live -wal, rebuilt (`method: vacuum`)", database,
            [Holdfast(launcher, "none", sqlite("vacuum"), "; integrity_check"), peers.VACUUM, peers.VACUUM_SYNC],
        ),
        Scenario(
            "sqlite-backup", "A SQLite database with a live -wal, copied as it is (`method: backup`)", database,
            [Holdfast(launcher, "none", sqlite("backup"), "; integrity_check"), peers.BACKUP],
        ),
    ]
    if scale.memory:
        result += [
            Scenario(
                "memory-many", f"{scale.many_files:,} small files in the launcher's heap", Bulk(workspace, "many"),
                [Holdfast(launcher, "zstd", directory)], most_runs=1, warm=False,
            ),
            Scenario(
                "memory-large", f"One file of {scale.large_bytes:,} bytes in the launcher's heap", Bulk(workspace, "large"),
                [Holdfast(launcher, "zstd", directory)], most_runs=1, warm=False,
            ),
        ]
    return result
