package io.holdfast.vault.s3;

import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.SecretInspection;
import io.holdfast.engine.configuration.SecretSource;
import io.holdfast.engine.configuration.Settings;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.RepositoryContext;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendKind;
import io.holdfast.vault.backend.Storage;
import io.holdfast.vault.backend.http.HttpChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Buckets of stores that speak S3. Keys: {@code region}, {@code addressing}, {@code
 * conditional_writes}, what {@link HttpChoice} reads, and who asks: {@code access_key_id} and
 * {@code secret_access_key_…}; or {@code credentials_…}; or {@code profile}; or {@code anonymous}.
 * Without any, the places where Amazon's programs look.
 */
public final class S3BackendKind implements BackendKind {
  private static final String REGION_PATTERN = "[A-Za-z0-9][A-Za-z0-9-]{0,62}";
  private static final String USUAL_REGION = "us-east-1";

  /** For {@link java.util.ServiceLoader}. */
  public S3BackendKind() {}

  @Override
  public String scheme() {
    return "s3";
  }

  @Override
  public String form() {
    return S3Address.FORM;
  }

  @Override
  public Storage storage(String text, Settings settings, RepositoryContext context) {
    HttpChoice http = HttpChoice.read(settings, context);
    Optional<String> named = settings.optionalText("region");
    if (named.isPresent() && !named.get().matches(REGION_PATTERN)) {
      settings.problem("region", "no region", "letters, digits and dashes: eu-central-1");
    }
    Addressing addressing = settings.choice("addressing", Addressing.class, Addressing.AUTO);
    boolean conditional = settings.flag("conditional_writes", true);
    List<CredentialSource> sources = sources(settings, context);
    S3Address address = S3Address.parse(text);
    String region =
        named
            .or(address::region)
            .or(() -> variable(context, "AWS_REGION"))
            .or(() -> variable(context, "AWS_DEFAULT_REGION"))
            .filter(word -> word.matches(REGION_PATTERN))
            .orElse(USUAL_REGION);
    List<SecretSource> secrets =
        Stream.of("secret_access_key", "credentials")
            .flatMap(name -> SecretSource.read(settings, name).stream())
            .toList();
    return new Storage() {
      @Override
      public List<Finding> inspect() {
        return secrets.stream()
            .flatMap(secret ->
                SecretInspection.of(
                    "credentials of the storage", secret, context.files(), context.variables())
                    .stream())
            .toList();
      }

      @Override
      public String location() {
        return address.text();
      }

      @Override
      public boolean isMadeWithVault() {
        return false;
      }

      @Override
      public Backend open() {
        return new S3Backend(
            new S3Settings(
                address,
                region,
                addressing,
                conditional,
                new Credentials(sources, context.clock()),
                http.settings(context),
                context.clock()));
      }
    };
  }

  private static List<CredentialSource> sources(Settings settings, RepositoryContext context) {
    var sources = new ArrayList<CredentialSource>();
    Optional<String> id = settings.optionalText("access_key_id");
    Optional<SecretSource> secret = SecretSource.read(settings, "secret_access_key");
    Optional<SecretSource> document = SecretSource.read(settings, "credentials");
    Optional<String> profile = settings.optionalText("profile");
    boolean anonymous = settings.flag("anonymous", false);
    if (id.isPresent() != secret.isPresent()) {
      settings.problem(
          "access_key_id",
          id.isPresent() ? "a key without its secret" : "a secret without its key",
          "access_key_id and one of secret_access_key_file, _env and _command");
    } else if (id.isPresent() && secret.isPresent()) {
      sources.add(new FromSettings(id.get(), secret.get(), context.files(), context.variables()));
    }
    document.ifPresent(
        where -> sources.add(new FromDocument(where, context.files(), context.variables())));
    if (profile.isPresent()) {
      Optional<FilePath> file = profileFile(context);
      if (file.isEmpty()) {
        settings.problem(
            "profile",
            "no file that could hold it",
            "a profile, where HOME or AWS_SHARED_CREDENTIALS_FILE is set");
      }
      sources.add(
          new FromProfile(
              context.files(), file.orElse(FilePath.of("/nowhere")), profile.get(), true));
    }
    if (sources.size() + (anonymous ? 1 : 0) > 1) {
      settings.problem(
          "access_key_id",
          "several who ask",
          "one of access_key_id, credentials_…, profile and anonymous");
    }
    if (sources.isEmpty() && !anonymous) {
      sources.add(new FromEnvironment(context.variables()));
      String standard = variable(context, "AWS_PROFILE").orElse("default");
      profileFile(context)
          .ifPresent(file -> sources.add(new FromProfile(context.files(), file, standard, false)));
      sources.add(new FromService(context.files(), context.variables()));
    }
    return sources;
  }

  private static Optional<FilePath> profileFile(RepositoryContext context) {
    return variable(context, "AWS_SHARED_CREDENTIALS_FILE")
        .or(() -> variable(context, "HOME").map(home -> home + "/.aws/credentials"))
        .filter(path -> path.startsWith("/"))
        .map(FilePath::of);
  }

  private static Optional<String> variable(RepositoryContext context, String name) {
    return Optional.ofNullable(context.variables().apply(name)).filter(value -> !value.isEmpty());
  }
}
