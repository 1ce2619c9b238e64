package org.intervene.execute;

import org.intervene.engine.script.ScriptModule;

/** The tensor operations of edits and reads, compiled once. */
final class EditScript {
  static final ScriptModule SCRIPT = ScriptModule.ofResource(EditScript.class, "edits.py");

  private EditScript() {}
}
