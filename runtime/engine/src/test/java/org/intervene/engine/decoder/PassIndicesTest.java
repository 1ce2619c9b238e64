package org.intervene.engine.decoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.intervene.engine.decoder.PassIndices.Use;
import org.intervene.engine.script.Home;
import org.junit.jupiter.api.Test;

/** Layers that pick the same rows share one index tensor. */
class PassIndicesTest {
  @Test
  void equalNumbersAreSentOnce() {
    try (NDManager pass = Home.CPU.newManager()) {
      Rows rows = Rows.none(pass).with(Rows.whole(new int[] {7, 8, 9}));
      NDArray first;
      try (NDManager layer = pass.newSubManager()) {
        first = rows.index(layer, Use.ORDER, new int[] {2, 0, 1});
      }
      try (NDManager layer = pass.newSubManager()) {
        assertSame(first, rows.index(layer, Use.ORDER, new int[] {2, 0, 1}));
        assertNotSame(first, rows.index(layer, Use.PLACE, new int[] {2, 0, 1}));
      }
      assertArrayEquals(new int[] {2, 0, 1}, first.toIntArray());
    }
  }

  @Test
  void otherNumbersTakeTheirPlace() {
    try (NDManager pass = Home.CPU.newManager()) {
      Rows rows = Rows.none(pass);
      NDArray first = rows.index(pass, Use.KEYS, new int[] {0, 1});
      NDArray second = rows.with(Rows.whole(new int[] {7})).index(pass, Use.KEYS, new int[] {0});
      assertArrayEquals(new int[] {0}, second.toIntArray());
      assertEquals(List.of(true, false), List.of(first.isReleased(), second.isReleased()));
    }
  }

  @Test
  void eachDeviceHasItsOwn() {
    try (NDManager pass = Home.CPU.newManager()) {
      Rows rows = Rows.none(pass);
      NDManager there = new Home("cpu:1").under(pass);
      rows.index(pass, Use.KEYS, new int[] {0, 1});
      assertEquals(new Home("cpu:1"), Home.of(rows.index(there, Use.KEYS, new int[] {0, 1})));
    }
  }
}
