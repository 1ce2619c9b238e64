package org.intervene.model;

import static org.intervene.model.Axis.D_HEAD;
import static org.intervene.model.Axis.D_MLP;
import static org.intervene.model.Axis.D_MODEL;
import static org.intervene.model.Axis.EXPERT;
import static org.intervene.model.Axis.HEAD;
import static org.intervene.model.Axis.KV_HEAD;
import static org.intervene.model.Axis.POS;
import static org.intervene.model.Axis.SRC;
import static org.intervene.model.Axis.VOCAB;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The places in a decoder where a value can be read or edited, in the order in which a forward pass
 * reaches them: first by layer, within a layer by declaration order. Names and shapes are those of
 * the language reference.
 */
public enum Site {
  EMBED(false, POS, D_MODEL),
  POS_EMBED(false, POS, D_MODEL),
  RESID_PRE(true, POS, D_MODEL),
  ATTN_IN(true, POS, D_MODEL),
  Q(true, POS, HEAD, D_HEAD),
  K(true, POS, KV_HEAD, D_HEAD),
  V(true, POS, KV_HEAD, D_HEAD),
  Q_ROT(true, POS, HEAD, D_HEAD),
  K_ROT(true, POS, KV_HEAD, D_HEAD),
  SCORES(true, HEAD, POS, SRC),
  PATTERN(true, HEAD, POS, SRC),
  Z(true, POS, HEAD, D_HEAD),
  HEAD_OUT(true, POS, HEAD, D_MODEL),
  ATTN_OUT(true, POS, D_MODEL),
  RESID_MID(true, POS, D_MODEL),
  MLP_IN(true, POS, D_MODEL),
  ROUTER(true, POS, EXPERT),
  MLP_PRE(true, POS, D_MLP),
  MLP_GATE(true, POS, D_MLP),
  MLP_POST(true, POS, D_MLP),
  EXPERT_OUT(true, POS, EXPERT, D_MODEL),
  MLP_OUT(true, POS, D_MODEL),
  RESID_POST(true, POS, D_MODEL),
  FINAL_NORM(false, POS, D_MODEL),
  LOGITS(false, POS, VOCAB);

  private final boolean layered;
  private final List<Axis> axes;

  Site(boolean layered, Axis... axes) {
    this.layered = layered;
    this.axes = List.of(axes);
  }

  /** Whether the site exists once in every layer and is indexed {@code [l]}. */
  public boolean layered() {
    return layered;
  }

  /** The axes of its tensor for one example, outermost first. */
  public List<Axis> axes() {
    return axes;
  }

  /** Whether it has a head axis (query heads, or key and value heads). */
  public boolean hasHeads() {
    return axes.contains(HEAD) || axes.contains(KV_HEAD);
  }

  /** Whether it has an expert axis. */
  public boolean hasExperts() {
    return axes.contains(EXPERT);
  }

  /** Its last axis, which {@code .unit} selects on; that of {@code router} is called by experts. */
  public Axis last() {
    return axes.get(axes.size() - 1);
  }

  /** The axis of heads or experts that stands in front of the last one. */
  public Optional<Axis> group() {
    return axes.stream()
        .filter(a -> a == HEAD || a == KV_HEAD || (a == EXPERT && last() != EXPERT))
        .findFirst();
  }

  /** Whether it relates two positions: {@code scores} and {@code pattern}. */
  public boolean hasSources() {
    return axes.contains(SRC);
  }

  /** Its name in a spec, such as {@code resid_pre}. */
  public String spelled() {
    return name().toLowerCase(Locale.ROOT);
  }
}
