/**
 * Files of torch.save, read for their tensors alone: the pickle inside is interpreted by a reader
 * that knows a few container opcodes and calls nothing.
 */
package org.intervene.model.torchfile;
