/**
 * The program that trained {@code builtin:primer}: word lists and templates to sentences, a
 * tokenizer in which each word is one token, GPT-2 written in TorchScript with its gradients, the
 * training loop, and the measurements that the model card states.
 */
package org.intervene.primer;
