package io.holdfast.vault.s3;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.contract.BackendContract;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract of storages, on S3Proxy; each test has a prefix of its own. */
class S3ProxyContractTest extends BackendContract {
  private static final AtomicInteger TESTS = new AtomicInteger();

  private static ProxyStore store;

  private final String prefix = "some dir/vault+" + TESTS.incrementAndGet();

  @BeforeAll
  static void start() throws Exception {
    store = new ProxyStore();
  }

  @AfterAll
  static void stop() throws Exception {
    store.close();
  }

  @Override
  protected Backend open() {
    S3Settings of = store.settings("x");
    return new S3Backend(
        new S3Settings(
            new S3Address(of.address().endpoint(), of.address().bucket(), prefix),
            of.region(),
            of.addressing(),
            of.conditional(),
            of.credentials(),
            of.http(),
            of.clock()));
  }

  @Override
  public void putForeign(FileType type, String name) {
    store.put(prefix + "/" + type.word() + "/" + name, "foreign");
  }

  /**
   * S3Proxy keeps directories: it removes one that got empty with its last object, under the hands
   * of a request that is about to store the next one there, and answers that one with status 500.
   * So none gets empty here.
   */
  @Override
  @Test
  public void manyThreads() throws Exception {
    for (FileType type : FileType.values()) {
      putForeign(type, "never-empty");
    }
    super.manyThreads();
  }
}
