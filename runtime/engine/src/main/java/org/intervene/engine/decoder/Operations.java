package org.intervene.engine.decoder;

import org.intervene.engine.script.ScriptModule;

/** The tensor operations of the decoder, compiled once. */
final class Operations {
  static final ScriptModule SCRIPT = ScriptModule.ofResource(Operations.class, "decoder.py");

  private Operations() {}
}
