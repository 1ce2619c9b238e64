package org.intervene.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RerunTest {
  private static final String THEN = "run,example,metric,value\nclean,0,ld,2\nclean,1,ld,0.5\n";

  private static Rerun against(String from, String to) {
    return Rerun.compare(THEN, THEN.replace(from, to));
  }

  @Test
  void theSame() {
    assertEquals(new Rerun(2, 0, ""), against("", ""));
  }

  @Test
  void roundingIsNoDifference() {
    Rerun rerun = against(",2\n", ",2.00001\n");
    assertEquals(0.5e-5, rerun.worst(), 1e-9);
    assertEquals("clean,0,ld", rerun.where());
    assertTrue(rerun.agrees());
  }

  @Test
  void moreThanRounding() {
    assertFalse(against(",2\n", ",2.001\n").agrees());
    assertFalse(against(",0.5\n", ",0.5002\n").agrees());
    assertFalse(against(",0.5\n", ",NaN\n").agrees());
    assertFalse(against("clean,1,ld,0.5\n", "").agrees());
    assertFalse(against("clean,1,ld,0.5\n", "clean,1,ld,0.5\nclean,2,ld,1\n").agrees());
  }

  @Test
  void noNumberIsEqualToItselfAlone() {
    String none = THEN.replace("0.5", "NaN");
    assertTrue(Rerun.compare(none, none).agrees());
    assertFalse(Rerun.compare(none, THEN).agrees());
    assertFalse(Rerun.compare(THEN.replace("0.5", "Infinity"), THEN).agrees());
  }
}
