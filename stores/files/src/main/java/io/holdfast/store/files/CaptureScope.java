package io.holdfast.store.files;

import io.holdfast.engine.component.CaptureContext;
import io.holdfast.engine.component.CaptureContext.Purpose;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.run.Cancellation;

/**
 * What everything that reads live files needs to know. Thread-safe.
 *
 * @param files the file layer
 * @param purpose what the capture is for
 * @param cancellation asked at every block
 * @param warnings where to tell of what is not as it should be
 */
record CaptureScope(
    FileLayer files, Purpose purpose, Cancellation cancellation, Warnings warnings) {

  static CaptureScope of(FileLayer files, CaptureContext context) {
    return new CaptureScope(
        files, context.purpose(), context.cancellation(), new Warnings(context::warn));
  }
}
