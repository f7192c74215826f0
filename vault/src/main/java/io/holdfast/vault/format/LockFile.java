package io.holdfast.vault.format;

import io.holdfast.vault.format.json.JsonFields;
import io.holdfast.vault.format.json.JsonKeys;
import io.holdfast.vault.format.json.JsonReader;
import io.holdfast.vault.format.json.JsonWriter;

/**
 * A file of {@code locks/}: somebody is at work. The JSON lies in an {@link UnpackedFile}.
 *
 * @param time when it was made or last refreshed, by the clock of its owner
 * @param exclusive whether nobody else may be at work
 * @param hostname the owner's machine
 * @param username the owner's name; may be empty
 * @param pid the owner's process on that machine; 0 or more
 * @param uid the owner's number; 0 to 4,294,967,295
 * @param gid the number of the owner's group; 0 to 4,294,967,295
 */
public record LockFile(
    Timestamp time,
    boolean exclusive,
    String hostname,
    String username,
    long pid,
    long uid,
    long gid) {
  private static final JsonKeys KEYS =
      JsonKeys.of("time", "exclusive", "hostname", "username", "pid", "uid", "gid");

  public LockFile {
    if (pid < 0 || uid < 0 || uid > 0xffff_ffffL || gid < 0 || gid > 0xffff_ffffL) {
      throw new IllegalArgumentException(
          "pid or owner out of range: " + pid + " " + uid + ":" + gid);
    }
  }

  /** The JSON of the file. */
  public byte[] encode() {
    var json =
        new JsonWriter(256)
            .beginObject()
            .name("time")
            .plain(time.toString())
            .name("exclusive")
            .flag(exclusive)
            .name("hostname")
            .text(hostname)
            .name("username")
            .text(username)
            .name("pid")
            .number(pid);
    if (uid != 0) {
      json.name("uid").number(uid);
    }
    if (gid != 0) {
      json.name("gid").number(gid);
    }
    return json.endObject().toBytes();
  }

  /**
   * Reads the JSON of the file. A time is asked for, since a lock without one would be taken for
   * one of the year 1, and so for stale.
   *
   * @param what which file it is, for messages
   */
  public static LockFile decode(byte[] bytes, String what) throws FormatException {
    var json = new JsonReader(bytes, what);
    JsonFields fields = json.fields(KEYS);
    Timestamp time = Timestamp.ZERO;
    boolean exclusive = false;
    String hostname = "";
    String username = "";
    long pid = 0;
    long uid = 0;
    long gid = 0;
    for (String key = fields.next(); key != null; key = fields.next()) {
      switch (key) {
        case "time" -> time = json.parse(Timestamp::parse);
        case "exclusive" -> exclusive = json.flag();
        case "hostname" -> hostname = json.text();
        case "username" -> username = json.text();
        case "pid" -> pid = json.unsigned(Long.MAX_VALUE);
        case "uid" -> uid = json.unsigned(0xffff_ffffL);
        case "gid" -> gid = json.unsigned(0xffff_ffffL);
        default -> throw new IllegalStateException(key);
      }
    }
    json.end();
    if (time.equals(Timestamp.ZERO)) {
      throw new FormatException(what, "it has no time");
    }
    return new LockFile(time, exclusive, hostname, username, pid, uid, gid);
  }
}
