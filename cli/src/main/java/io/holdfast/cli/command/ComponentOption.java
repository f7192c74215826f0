package io.holdfast.cli.command;

import io.holdfast.engine.component.ComponentName;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --component}, wherever there is one. */
final class ComponentOption {
  @Option(
      names = "--component",
      paramLabel = "NAME",
      split = ",",
      converter = Name.class,
      description = "Only this component; may be given several times.")
  private List<ComponentName> components = new ArrayList<>();

  /** What was named; empty for everything. */
  List<String> names() {
    return components.stream().map(ComponentName::value).toList();
  }

  private static final class Name implements ITypeConverter<ComponentName> {
    @Override
    public ComponentName convert(String text) {
      if (!ComponentName.isComponentName(text)) {
        throw new TypeConversionException(
            "'" + text + "' is no name of a component (" + ComponentName.FORM_IN_WORDS + ")");
      }
      return new ComponentName(text);
    }
  }
}
