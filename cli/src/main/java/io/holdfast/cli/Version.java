package io.holdfast.cli;

/** The version of the program, which the build wrote into the jar's manifest. */
public final class Version {
  private Version() {}

  /** Such as {@code 0.1.0}; where the classes come from no jar, a text that says so. */
  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(not from a jar)" : version;
  }
}
