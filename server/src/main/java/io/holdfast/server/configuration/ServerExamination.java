package io.holdfast.server.configuration;

import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.Finding.Severity;
import io.holdfast.engine.component.SecretInspection;
import io.holdfast.engine.configuration.SecretSource;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.server.http.TlsFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Looks at what the section {@code server} names, without listening or calling anybody. */
public final class ServerExamination {
  private final FileLayer files;
  private final UnaryOperator<@Nullable String> environment;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * @param environment the value of a variable, or null
   */
  public ServerExamination(FileLayer files, UnaryOperator<@Nullable String> environment) {
    this.files = files;
    this.environment = environment;
  }

  /** What there is to remark; a finding for each thing that was looked at. */
  public List<Finding> of(ServerSettings settings) {
    settings
        .tls()
        .ifPresent(tls -> {
          look(
              "tls",
              "certificate and key belong together",
              () -> new TlsFiles(tls.certificate(), tls.key()).check(files));
          SecretInspection.openToOthers("tls", tls.key(), files).ifPresent(findings::add);
        });
    settings
        .target()
        .ifPresent(target ->
            look(
                "target",
                "the directory of the targets is there",
                () -> requireDirectory(target.path())));
    settings
        .database()
        .flatMap(ServerSettings.Database::password)
        .ifPresent(password -> secret("database", password));
    for (ServerSettings.Webhook webhook : settings.webhooks()) {
      webhook.secret().ifPresent(secret -> secret("webhook " + webhook.name(), secret));
    }
    return List.copyOf(findings);
  }

  private void requireDirectory(FilePath path) {
    boolean there;
    try {
      there = files.follow(path).isDirectory();
    } catch (IOException missing) {
      there = false;
    }
    if (!there) {
      throw new HoldfastException(
          ErrorCode.CONFIGURATION_INVALID,
          "there is no directory " + path,
          "Make it, or mount the disk that it lies on. It is never made by itself, so that nothing is"
              + " stored where a disk is missing.");
    }
  }

  private void secret(String subject, SecretSource secret) {
    findings.addAll(SecretInspection.of(subject, secret, files, environment));
  }

  private void look(String subject, String well, Runnable look) {
    try {
      look.run();
      findings.add(new Finding(Severity.OK, subject, well, ""));
    } catch (HoldfastException wrong) {
      findings.add(new Finding(Severity.ERROR, subject, wrong.message(), wrong.guidance()));
    }
  }
}
