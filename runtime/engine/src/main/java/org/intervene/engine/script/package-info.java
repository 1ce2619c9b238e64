/**
 * TorchScript written as text and called from Java: operations that DJL has no method for, fused
 * ones above all, and the start of the engine itself.
 */
package org.intervene.engine.script;
