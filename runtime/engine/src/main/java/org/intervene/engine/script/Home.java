package org.intervene.engine.script;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * A device that tensors live on. A tensor belongs to a manager of its own home, always: so the home
 * of a tensor is that of its manager, what a manager makes is at home where its other tensors are,
 * and {@link #brought} is the only way from one home to another.
 *
 * <p>Homes named {@code cpu:0}, {@code cpu:1} and so on stand in for GPUs: their tensors are on the
 * CPU, but are brought to and fro like those of GPUs.
 *
 * @param name {@code cpu}, {@code cuda:N}, or {@code cpu:N} for one that stands in
 */
public record Home(String name) {
  /** The CPU, where all managers are that nothing else is said of. */
  public static final Home CPU = new Home("cpu");

  private static final String MARK = "home ";

  /** Compiled where anything moves at all. */
  private static final class Moving {
    static final ScriptModule SCRIPT = ScriptModule.ofResource(Home.class, "home.py");
  }

  /** The home of a manager's tensors. */
  public static Home of(NDManager manager) {
    NDManager at = manager;
    while (at != null && !(at instanceof NDManager.SystemNDManager)) {
      if (at.getName().startsWith(MARK)) {
        return new Home(at.getName().substring(MARK.length()));
      }
      at = at.getParentManager();
    }
    return CPU;
  }

  /** The home of a tensor. */
  public static Home of(NDArray x) {
    return of(x.getManager());
  }

  /** Whether this is a GPU. */
  public boolean isGpu() {
    return name.startsWith("cuda");
  }

  private Device device() {
    return isGpu() ? Device.gpu(Integer.parseInt(name.substring("cuda:".length()))) : Device.cpu();
  }

  /** libtorch's name of the device. */
  String torch() {
    return isGpu() ? name : "cpu";
  }

  /** A manager whose tensors are here; the caller closes it. */
  public NDManager newManager() {
    return named(TorchRuntime.start().newManager(device()));
  }

  /** A manager whose tensors are here: the given one if it is, or else one that ends with it. */
  public NDManager under(NDManager manager) {
    return of(manager).equals(this) ? manager : named(manager.newSubManager(device()));
  }

  private NDManager named(NDManager manager) {
    manager.setName(MARK + name);
    return manager;
  }

  /** The tensor itself if it is at home where a manager's tensors are, or else a copy there. */
  public static NDArray brought(NDManager to, NDArray x) {
    Home home = of(to);
    return home.equals(of(x)) ? x : Moving.SCRIPT.call(to, "moved", x, home.torch());
  }

  /**
   * Lets a tensor live as long as another manager of its home.
   *
   * @throws IllegalStateException if that manager has another home
   */
  public static void keep(NDManager longer, NDArray x) {
    if (!of(longer).equals(of(x))) {
      throw new IllegalStateException("a tensor on " + of(x).name + " kept on " + of(longer).name);
    }
    x.attach(longer);
  }
}
