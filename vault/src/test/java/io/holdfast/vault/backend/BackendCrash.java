package io.holdfast.vault.backend;

/**
 * The process "died" here, see {@link FaultyBackend}. An {@link Error}, so that no handling of
 * exceptions takes it for a failure that it could clean up after.
 */
public final class BackendCrash extends Error {
  private static final long serialVersionUID = 1L;

  BackendCrash(String message) {
    super(message);
  }
}
