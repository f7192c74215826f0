package io.holdfast.testkit.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts that an operation was refused for the right reason, naming the right path. */
final class Refusal {
  private Refusal() {}

  static void refused(Reason reason, FilePath path, ThrowingCallable operation) {
    refused(List.of(reason), path, operation);
  }

  /** Where file systems differ in what they say. */
  static void refused(List<Reason> reasons, FilePath path, ThrowingCallable operation) {
    assertThatThrownBy(operation)
        .isInstanceOfSatisfying(
            FileLayerException.class,
            refusal -> {
              assertThat(refusal.reason()).as(refusal.getMessage()).isIn(reasons);
              assertThat(refusal.path()).isEqualTo(path);
              assertThat(refusal.operation()).isNotBlank();
              assertThat(refusal).hasMessageContaining(path.toString());
            });
  }
}
