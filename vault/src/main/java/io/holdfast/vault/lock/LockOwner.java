package io.holdfast.vault.lock;

/**
 * Whose locks they are.
 *
 * @param hostname the machine
 * @param username the user, for people
 * @param pid the process
 */
public record LockOwner(String hostname, String username, long pid) {}
