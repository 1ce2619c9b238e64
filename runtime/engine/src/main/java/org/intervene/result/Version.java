package org.intervene.result;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions, as the build wrote them. */
public final class Version {
  private static final Properties WRITTEN = read();

  private Version() {}

  private static Properties read() {
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** This program's version. */
  public static String program() {
    return WRITTEN.getProperty("version");
  }

  /** Name and version of the tensor engine. */
  public static String engine() {
    return WRITTEN.getProperty("engine");
  }
}
