package org.intervene.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** One of a few words on the command line, in lower case as the help writes them. */
record Choice<E extends Enum<E>>(Class<E> type) implements ITypeConverter<E> {
  @Override
  public E convert(String word) {
    return Arrays.stream(type.getEnumConstants())
        .filter(choice -> spelled(choice).equals(word))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException("`" + word + "` is none of " + all()));
  }

  private String all() {
    return Arrays.stream(type.getEnumConstants())
        .map(Choice::spelled)
        .collect(Collectors.joining(", "));
  }

  private static String spelled(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
