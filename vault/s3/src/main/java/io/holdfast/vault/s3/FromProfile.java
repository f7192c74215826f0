package io.holdfast.vault.s3;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A profile in a file as Amazon's programs keep it: sections in brackets, {@code key = value}, and
 * comments after {@code #} and {@code ;}.
 *
 * @param file such as {@code ~/.aws/credentials}; need not be there
 * @param profile the section
 * @param required whether the profile was named, so that its absence is a mistake
 */
record FromProfile(FileLayer files, FilePath file, String profile, boolean required)
    implements CredentialSource {
  private static final int MOST_BYTES = 1 << 20;

  @Override
  public String name() {
    return file + " (profile " + profile + ")";
  }

  @Override
  public Optional<S3Credentials> find() throws IOException {
    if (files.find(file).isEmpty()) {
      return missing();
    }
    String text = new String(FileTrees.readAll(files, file, MOST_BYTES), StandardCharsets.UTF_8);
    Map<String, String> values = section(text, profile);
    String id = values.getOrDefault("aws_access_key_id", "");
    String secret = values.getOrDefault("aws_secret_access_key", "");
    if (id.isEmpty() || secret.isEmpty()) {
      return missing();
    }
    return Optional.of(
        S3Credentials.lasting(id, secret, Optional.ofNullable(values.get("aws_session_token"))));
  }

  private Optional<S3Credentials> missing() {
    if (required) {
      throw new IllegalArgumentException("no access key is there");
    }
    return Optional.empty();
  }

  /** The values of a section; of one that stands twice, the later ones go before. */
  static Map<String, String> section(String text, String name) {
    var values = new HashMap<String, String>();
    boolean inside = false;
    for (String line : text.lines().map(String::strip).toList()) {
      int equals = line.indexOf('=');
      if (line.startsWith("[") && line.endsWith("]")) {
        inside = line.substring(1, line.length() - 1).strip().equals(name);
      } else if (inside && equals > 0 && !line.startsWith("#") && !line.startsWith(";")) {
        values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      }
    }
    return values;
  }
}
