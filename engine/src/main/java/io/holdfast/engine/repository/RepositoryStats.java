package io.holdfast.engine.repository;

/**
 * What a repository holds and takes.
 *
 * @param backups backups of Holdfast
 * @param otherSnapshots snapshots that other programs made
 * @param files regular files in all of them, each counted in each
 * @param logicalBytes of these files: what restoring each of them somewhere would take
 * @param uniqueBytes of what is different among them, before compression; -1 where nothing is
 *     shared
 * @param storedBytes what all files of the repository take
 * @param packs files that hold content; 0 where there are none
 * @param indexes files that tell where content is
 * @param unusedBytes stored and needed by nothing: what a prune could free, at most
 */
public record RepositoryStats(
    int backups,
    int otherSnapshots,
    long files,
    long logicalBytes,
    long uniqueBytes,
    long storedBytes,
    int packs,
    int indexes,
    long unusedBytes) {}
