package org.intervene.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes a method a test for each spec: the spec is run again and held against its lock, its golden
 * result and its expectations; then the method runs, and may take the {@link
 * org.intervene.replay.Replayed} as a parameter to look at more.
 *
 * <pre>{@code
 * @ReplaySpecs("specs/")
 * void replay() {}
 * }</pre>
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(SpecTests.class)
public @interface ReplaySpecs {

  /** Specs, and directories with specs in them or below; paths start at the working directory. */
  String[] value() default "specs/";

  /** Threads of the tensor engine, for the whole process; 0 leaves that to the engine. */
  int threads() default 0;
}
