package org.intervene.model;

/** The axes that a site's tensor has for one example. */
public enum Axis {
  /** Token positions of the input. */
  POS,
  /** Attention source positions. */
  SRC,
  /** Attention (query) heads. */
  HEAD,
  /** Key and value heads, fewer than query heads in grouped attention. */
  KV_HEAD,
  /** Experts of a mixture. */
  EXPERT,
  D_MODEL,
  D_HEAD,
  D_MLP,
  VOCAB
}
