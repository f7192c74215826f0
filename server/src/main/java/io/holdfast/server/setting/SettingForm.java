package io.holdfast.server.setting;

import io.holdfast.engine.repository.Compression;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** What a setting's text may be. */
public sealed interface SettingForm {
  /** The one way to write this value; empty if the text is not allowed. */
  Optional<String> canonical(String text);

  /** What is allowed, in words. */
  String allowed();

  /** {@code true} or {@code false}. */
  record Flag() implements SettingForm {
    @Override
    public Optional<String> canonical(String text) {
      return text.equals("true") || text.equals("false") ? Optional.of(text) : Optional.empty();
    }

    @Override
    public String allowed() {
      return "true or false";
    }
  }

  /** A whole number within bounds, both included. */
  record Whole(int least, int most) implements SettingForm {
    @Override
    public Optional<String> canonical(String text) {
      if (!text.matches("[0-9]{1,9}")) {
        return Optional.empty();
      }
      int number = Integer.parseInt(text);
      return number >= least && number <= most
          ? Optional.of(Integer.toString(number))
          : Optional.empty();
    }

    @Override
    public String allowed() {
      return "a whole number from " + least + " to " + most;
    }
  }

  /** How backups are stored. */
  record Stored() implements SettingForm {
    @Override
    public Optional<String> canonical(String text) {
      return switch (text) {
        case "true" -> Optional.of("zstd");
        case "false" -> Optional.of("none");
        default -> Compression.ofWord(text).map(Compression::word);
      };
    }

    @Override
    public String allowed() {
      return "true (zstd), false (none), " + String.join(", ", Compression.words());
    }
  }

  /** A cron expression; nothing for none. */
  record CronText() implements SettingForm {
    @Override
    public Optional<String> canonical(String text) {
      return text.isBlank() ? Optional.of("") : CronForm.check(text);
    }

    @Override
    public String allowed() {
      return "five fields (minute, hour, day of month, month, day of week), such as 0 3 * * *; or nothing, for the interval";
    }
  }

  /** A time zone. */
  record Zone() implements SettingForm {
    @Override
    public Optional<String> canonical(String text) {
      try {
        ZoneId zone = ZoneId.of(text);
        return Optional.of(zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId());
      } catch (DateTimeException unknown) {
        return Optional.empty();
      }
    }

    @Override
    public String allowed() {
      return "a time zone, such as UTC or Europe/Vienna";
    }
  }

  /**
   * A path, which a {@link PlaceJudge} has to allow too. An absolute one, since whoever sets it
   * does not see what another would be relative to.
   */
  record Place() implements SettingForm {
    @Override
    public Optional<String> canonical(String text) {
      boolean absolute = text.startsWith("/") || text.startsWith("~/");
      return absolute && text.codePoints().noneMatch(Character::isISOControl)
          ? Optional.of(text)
          : Optional.empty();
    }

    @Override
    public String allowed() {
      return "an absolute path, or one that begins with ~/, without control characters";
    }
  }
}
