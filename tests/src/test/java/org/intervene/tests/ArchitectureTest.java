package org.intervene.tests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The direction of the pipeline: ast, read, check, plan, optimise, execute; no tensors in core. */
class ArchitectureTest {
  private static final String ROOT = "org.intervene.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.intervene");

  /** What each package may use besides itself. Packages below a package belong to it. */
  private static final Map<String, List<String>> MAY_USE = new LinkedHashMap<>();

  static {
    MAY_USE.put("diagnostic", List.of());
    MAY_USE.put("ast", List.of("diagnostic"));
    MAY_USE.put("read", List.of("ast", "diagnostic"));
    MAY_USE.put("print", List.of("ast", "diagnostic"));
    MAY_USE.put("digest", List.of("ast", "diagnostic", "print"));
    MAY_USE.put("model", List.of("diagnostic"));
    MAY_USE.put("data", List.of("ast", "diagnostic", "model"));
    MAY_USE.put("check", List.of("ast", "diagnostic", "model", "data"));
    MAY_USE.put("plan", List.of("ast", "diagnostic", "model", "data", "check"));
    MAY_USE.put("optimise", List.of("model", "plan"));
    MAY_USE.put("explain", List.of("diagnostic", "model", "plan", "optimise", "check"));
    MAY_USE.put("metric", List.of("ast", "diagnostic", "check", "plan"));
    MAY_USE.put(
        "compile", List.of("ast", "diagnostic", "model", "data", "check", "plan", "metric"));
    MAY_USE.put("pyvene", List.of("ast", "diagnostic", "read", "print", "model"));
    MAY_USE.put("engine", List.of("diagnostic", "model"));
    MAY_USE.put("lock", List.of("diagnostic", "digest", "result"));
    MAY_USE.put(
        "golden",
        List.of("ast", "diagnostic", "digest", "lock", "metric", "plan", "print", "result"));
    MAY_USE.put(
        "replay",
        List.of(
            "ast",
            "diagnostic",
            "engine",
            "execute",
            "experiment",
            "golden",
            "lock",
            "metric",
            "read",
            "result"));
    MAY_USE.put("junit", List.of("diagnostic", "experiment", "replay"));
    MAY_USE.put("journal", List.of("diagnostic", "digest", "plan", "optimise"));
    MAY_USE.put("execute", List.of("diagnostic", "model", "plan", "optimise", "engine", "journal"));
    MAY_USE.put(
        "result", List.of("ast", "diagnostic", "digest", "model", "check", "plan", "metric"));
    MAY_USE.put("export", List.of("diagnostic", "metric", "model", "result"));
    MAY_USE.put("track", List.of("ast", "diagnostic", "digest", "metric", "result"));
    MAY_USE.put(
        "bundle", List.of("ast", "diagnostic", "read", "digest", "check", "engine", "result"));
    MAY_USE.put(
        "experiment",
        List.of(
            "ast",
            "diagnostic",
            "read",
            "print",
            "digest",
            "model",
            "data",
            "check",
            "plan",
            "optimise",
            "explain",
            "metric",
            "compile",
            "engine",
            "execute",
            "journal",
            "lock",
            "result"));
  }

  @TestFactory
  Stream<DynamicTest> packagesUseWhatTheyMay() {
    return MAY_USE.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> holds(e.getKey(), e.getValue())));
  }

  private static void holds(String name, List<String> others) {
    String[] known =
        MAY_USE.keySet().stream()
            .filter(other -> !other.equals(name) && !others.contains(other))
            .map(other -> ROOT + other + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(known)
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "cli..")
        .check(CLASSES);
  }

  @Test
  void everyPackageHasAPlace() {
    TreeSet<String> found =
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .map(name -> name.substring(ROOT.length()).split("\\.")[0])
            .collect(Collectors.toCollection(TreeSet::new));
    TreeSet<String> placed = new TreeSet<>(MAY_USE.keySet());
    placed.addAll(List.of("cli", "primer"));
    found.add("primer");
    assertEquals(placed, found);
  }

  @Test
  void onlyTheEngineKnowsTensors() {
    String[] core =
        Stream.of(
                "diagnostic",
                "ast",
                "read",
                "print",
                "digest",
                "model",
                "data",
                "check",
                "plan",
                "optimise",
                "explain",
                "metric",
                "compile",
                "pyvene")
            .map(name -> ROOT + name + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAnyPackage(core)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .check(CLASSES);
    classes()
        .that()
        .resideInAPackage(ROOT + "cli..")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackage("ai.djl..")
        .check(CLASSES);
  }

  @Test
  void packagesFormNoCircle() {
    SlicesRuleDefinition.slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
