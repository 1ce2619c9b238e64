package org.intervene.track;

import org.intervene.diagnostic.Unprintable;

/** Why a run is not, or not wholly, where it should have been tracked; on one line. */
public final class NotTracked extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 300;

  private final String code;

  NotTracked(String reason) {
    this(reason, "", null);
  }

  NotTracked(String reason, Throwable cause) {
    this(reason, "", cause);
  }

  private NotTracked(String reason, String code, Throwable cause) {
    super(oneLine(reason), cause);
    this.code = code;
  }

  /**
   * A server's refusal.
   *
   * @param code MLflow's {@code error_code}, or empty
   */
  static NotTracked refused(String reason, String code) {
    return new NotTracked(reason, code, null);
  }

  boolean is(String errorCode) {
    return code.equals(errorCode);
  }

  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints().forEach(c -> line.appendCodePoint(Unprintable.fits(c) ? c : ' '));
    String whole = line.toString().strip();
    return whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST).strip() + "\u2026";
  }
}
