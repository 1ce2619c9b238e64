package org.intervene.result;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class VersionTest {
  @Test
  void theBuildWritesVersions() {
    assertTrue(Version.program().matches("\\d+\\.\\d+\\.\\d+.*"), Version.program());
    assertTrue(Version.engine().matches("DJL [\\d.]+, PyTorch [\\d.]+"), Version.engine());
  }
}
