package io.holdfast.server.lifecycle;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.server.event.ServerEvents;
import java.time.Clock; import java.util.random.RandomGenerator;
final class Notifications implements AutoCloseable {
  static Notifications begin(ServerPlan p, FileLayer f, RandomGenerator r, Clock c, ServerEvents e) { return new Notifications(); }
  void watch(Server s) {}
  public void close() {}
}
