package org.intervene.tests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What {@link HomeCheck} cannot see, since it hears of calls of scripts alone: tensors that a
 * script makes inside, and operations of two tensors that are no script's.
 */
class DeviceRulesTest {
  private static final Path SCRIPTS = Path.of("../runtime/engine/src/main/resources");

  /** What reads files works on the CPU; its results are brought to their device afterwards. */
  private static final Set<String> ON_CPU = Set.of("mapped.py", "weights.py");

  private static final Pattern MAKES =
      Pattern.compile("torch\\.(zeros|ones|empty|full|arange|tensor|eye|linspace|rand\\w*)\\(");

  /** Methods of one tensor, whose result is where the tensor is. */
  private static final Set<String> OF_ONE_TENSOR =
      Set.of(
          "reshape",
          "get",
          "getShape",
          "size",
          "getDataType",
          "getManager",
          "toByteArray",
          "close");

  @Test
  void scriptsMakeTensorsWhereTheirOthersAre() throws IOException {
    int seen = 0;
    try (Stream<Path> files = Files.walk(SCRIPTS)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".py")).toList()) {
        if (!ON_CPU.contains(file.getFileName().toString())) {
          List<String> makers =
              Files.readAllLines(file).stream().filter(l -> MAKES.matcher(l).find()).toList();
          List<String> wrong = makers.stream().filter(l -> !saysWhere(l)).toList();
          assertEquals(List.of(), wrong, file.toString());
          seen += makers.size();
        }
      }
    }
    assertTrue(seen > 5, "only " + seen + " lines that make tensors were found");
  }

  /** Each tensor that a line makes names its device. */
  private static boolean saysWhere(String line) {
    long made = MAKES.matcher(line).results().count();
    return Pattern.compile("device=").matcher(line).results().count() == made;
  }

  @Test
  void onlyScriptsLetTensorsMeet() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.intervene.engine.decoder..",
            "org.intervene.engine.weights..",
            "org.intervene.execute..")
        .should()
        .callMethodWhere(
            new DescribedPredicate<JavaMethodCall>("an operation of DJL's on tensors is called") {
              @Override
              public boolean test(JavaMethodCall call) {
                return call.getTargetOwner().isAssignableTo(NDArray.class)
                    && !OF_ONE_TENSOR.contains(call.getName())
                    && !call.getName().equals("toByteBuffer");
              }
            })
        .check(new ClassFileImporter().importPackages("org.intervene"));
  }
}
