package io.holdfast.testkit.handler;

import io.holdfast.engine.component.ComponentKind;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import java.util.Map;

/**
 * One live component for {@link HandlerContract}: its settings, and an application that makes,
 * changes, loses and looks at its state.
 *
 * <p>The contract makes one for each test, in an empty directory of its own.
 */
public interface Subject {
  /** The real file layer, below whatever the contract wraps around it. */
  FileLayer files();

  ComponentKind kind();

  /** The settings of the component; lists joined by line feeds, see {@link MapSettings}. */
  Map<String, String> settings();

  /** Makes the source, with some content. Called at most once, and not by every test. */
  void create() throws Exception;

  /** Changes the content, so that {@link #state} differs from before. */
  void change() throws Exception;

  /** Removes the source altogether, as if the disk had been replaced. */
  void remove() throws Exception;

  /**
   * The whole live state as a value: equal to another if and only if nothing that the handler
   * protects differs. A {@link io.holdfast.testkit.tree.TreeSnapshot} is compared with its
   * differences told.
   */
  Object state() throws Exception;

  /** The state of what was restored to a destination, comparable with {@link #state}. */
  Object stateIn(FilePath destination) throws Exception;

  /** The existing directory that holds the live target and all that a restore creates beside it. */
  FilePath surroundings();

  /**
   * Whether a capture is a view of one instant, whatever the application does during the transfer.
   * Where it is not, the documentation of the kind says so.
   */
  default boolean capturesOneInstant() {
    return true;
  }
}
