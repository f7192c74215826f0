package io.holdfast.server.idempotency;

import io.holdfast.server.state.IdempotencyStore;
import io.holdfast.server.state.IdempotencyStore.Entry;
import io.holdfast.server.state.StateException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What this process knows of claims without an answer: which of them it works on, and the endings
 * that the state database did not take. Thread-safe.
 */
final class OpenClaims {
  /** What is beyond goes by what became of its run, as after a crash. */
  private static final int MOST_WAITING = 100;

  private final IdempotencyStore store;
  private final Set<IdempotencyStore.Key> atWork = ConcurrentHashMap.newKeySet();
  private final Map<IdempotencyStore.Key, Ending> waiting = new ConcurrentHashMap<>();

  /** Of one key one thread at a time: what one has settled, another may have claimed again. */
  private final List<ReentrantLock> locks =
      IntStream.range(0, 64).mapToObj(i -> new ReentrantLock()).toList();

  OpenClaims(IdempotencyStore store) {
    this.store = store;
  }

  /** Does something while nobody else in this process claims or settles that key. */
  <T> T alone(IdempotencyStore.Key key, Supplier<T> work) {
    ReentrantLock lock = locks.get(Math.floorMod(key.hashCode(), locks.size()));
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  boolean isAtWork(IdempotencyStore.Key key) {
    return atWork.contains(key);
  }

  /** Somebody holds the key from now on. */
  void began(IdempotencyStore.Key key) {
    atWork.add(key);
  }

  /**
   * Nobody works on the key any more. An ending that cannot be stored now waits here.
   *
   * @throws StateException if it could not be stored
   */
  void ended(IdempotencyStore.Key key, Ending ending) {
    alone(
        key,
        () -> {
          try {
            ending.store(store, key);
          } catch (StateException e) {
            if (waiting.size() < MOST_WAITING) {
              waiting.put(key, ending);
            }
            throw e;
          } finally {
            atWork.remove(key);
          }
          return key;
        });
  }

  /** Nobody works on the key any more, and how it ends is for its run to tell. */
  void left(IdempotencyStore.Key key) {
    atWork.remove(key);
  }

  /**
   * Stores the ending that waits for this key. The caller is {@link #alone} with it.
   *
   * @throws StateException if that fails again; it waits on
   */
  void store(IdempotencyStore.Key key) {
    Ending ending = waiting.get(key);
    if (ending == null) {
      return;
    }
    if (store.find(key).filter(OpenClaims::isOpen).isPresent()) {
      ending.store(store, key);
    }
    waiting.remove(key);
  }

  /** Stores all that wait, as far as the database takes them now. */
  void storeAll() {
    for (IdempotencyStore.Key key : List.copyOf(waiting.keySet())) {
      try {
        alone(
            key,
            () -> {
              store(key);
              return key;
            });
      } catch (StateException again) {
        return;
      }
    }
  }

  private static boolean isOpen(Entry entry) {
    return entry.answer().isEmpty();
  }
}
