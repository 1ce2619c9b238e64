package org.intervene.engine.tokenizer;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CharsMapTest {
  private byte[] table;

  @BeforeEach
  void readATableBySentencePiece() throws IOException {
    File file = new File("src/test/resources/tokenizers/xglm/tokenizer.json");
    table = new ObjectMapper().readTree(file).findValue("precompiled_charsmap").binaryValue();
  }

  @Test
  void aTableBySentencePieceIsSound() {
    assertTrue(CharsMap.isSound(table));
  }

  @Test
  void aTableWhoseTrieIsCutOffIsNot() {
    assertFalse(CharsMap.isSound(new byte[0]));
    assertFalse(CharsMap.isSound(Arrays.copyOf(table, 100)));
    byte[] shorter = table.clone();
    shorter[1] = 2;
    shorter[2] = 0;
    assertFalse(CharsMap.isSound(shorter));
  }

  @Test
  void aReplacementOutsideOfTheTableIsNot() {
    assertFalse(CharsMap.isSound(Arrays.copyOf(table, table.length - 8)));
  }
}
