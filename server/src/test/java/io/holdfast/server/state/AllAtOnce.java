package io.holdfast.server.state;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Does something in many threads at the same moment. */
final class AllAtOnce {
  private AllAtOnce() {}

  /** What each of them got, in their order; the failure of the first that failed is thrown. */
  static <T> List<T> run(int threads, IntFunction<T> body) throws Exception {
    var ready = new CountDownLatch(threads);
    try (var executor = Executors.newFixedThreadPool(threads)) {
      List<Future<T>> futures =
          IntStream.range(0, threads)
              .mapToObj(number ->
                  executor.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return body.apply(number);
                  }))
              .toList();
      var outcomes = new ArrayList<T>();
      for (Future<T> future : futures) {
        outcomes.add(future.get());
      }
      return outcomes;
    }
  }
}
