package uk.ac.manchester.tornado.api;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * A stack that can pause. Under it lies the JVM's own {@code jdk.internal.vm.Continuation}: what
 * virtual threads are made of, without their scheduler. Java must run with {@code --add-exports
 * java.base/jdk.internal.vm=ALL-UNNAMED}.
 */
final class Coroutine {
  private static final Object SCOPE;
  private static final MethodHandle NEW;
  private static final MethodHandle RUN;
  private static final MethodHandle YIELD;

  static {
    try {
      var lookup = MethodHandles.lookup();
      var scope = Class.forName("jdk.internal.vm.ContinuationScope");
      var continuation = Class.forName("jdk.internal.vm.Continuation");
      SCOPE =
          lookup
              .findConstructor(scope, MethodType.methodType(void.class, String.class))
              .invoke("work item");
      NEW =
          lookup
              .findConstructor(
                  continuation, MethodType.methodType(void.class, scope, Runnable.class))
              .asType(MethodType.methodType(Object.class, Object.class, Runnable.class));
      RUN =
          lookup
              .findVirtual(continuation, "run", MethodType.methodType(void.class))
              .asType(MethodType.methodType(void.class, Object.class));
      YIELD =
          lookup
              .findStatic(continuation, "yield", MethodType.methodType(boolean.class, scope))
              .asType(MethodType.methodType(boolean.class, Object.class));
    } catch (Throwable e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Object continuation;

  Coroutine(Runnable code) {
    try {
      continuation = NEW.invokeExact(SCOPE, code);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs until the next pause. */
  void resume() {
    try {
      RUN.invokeExact(continuation);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Pauses the stack that calls this. */
  static void pause() {
    boolean paused;
    try {
      paused = (boolean) YIELD.invokeExact(SCOPE);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    if (!paused) {
      throw new IllegalStateException("a work item could not pause");
    }
  }
}
