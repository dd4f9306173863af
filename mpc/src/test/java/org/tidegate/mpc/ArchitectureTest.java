package org.tidegate.mpc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The floors of {@code mpc/README.md}: imports go downward only, and never sideways. */
@AnalyzeClasses(packages = "org.tidegate.mpc", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String ROOT = "org.tidegate.mpc.";

  // From the ground up. A package of vector kernels stands half a floor above the seam it fills.
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("security", "bytes"),
          List.of("lane"),
          List.of("lane.simd"),
          List.of("random", "hash", "field", "bigint", "ring", "cipher"),
          List.of("hash.simd", "bigint.simd", "ring.simd", "cipher.simd"),
          List.of("curve", "paillier", "okvs", "lpn", "ggm"),
          List.of("curve.simd"),
          List.of("channel"),
          List.of("session"),
          List.of("ot"),
          List.of("ot.extension"),
          List.of("vole"),
          List.of("oprf"),
          List.of("oprf.vole"),
          List.of("psi.ecdh", "psi.sum", "psi.rr22", "psi.bucket"),
          List.of("suite"));

  private static Map<String, Integer> floors() {
    Map<String, Integer> floors = new TreeMap<>();
    for (int floor = 0; floor < FLOORS.size(); floor++) {
      for (String name : FLOORS.get(floor)) {
        floors.put(ROOT + name, floor);
      }
    }
    return floors;
  }

  @ArchTest
  static void everyPackageHasAFloor(JavaClasses all) {
    assertThat(all.stream().map(JavaClass::getPackageName).distinct())
        .allMatch(name -> floors().containsKey(name) || name.equals("org.tidegate.mpc"));
  }

  @ArchTest
  static final ArchRule importsGoDownward =
      classes().should(new DependDownward()).because("a floor stands on those below it");

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("org.tidegate.mpc.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothingOfTheOutside =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.grpc..",
              "com.google..",
              "org.slf4j..",
              "java.util.logging..",
              "java.io..",
              "java.nio.file..",
              "java.net..",
              "org.bouncycastle..",
              "org.tidegate.proto..",
              "org.tidegate.connector..",
              "org.tidegate.ledger..")
          .because("mpc knows no network stack, no message format, no logger and no files");

  @ArchTest
  static final ArchRule noRandomnessOfItsOwn =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.security.SecureRandom")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.Random")
          .because("randomness is passed in");

  private static final class DependDownward extends ArchCondition<JavaClass> {
    DependDownward() {
      super("depend on lower floors only");
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
      Map<String, Integer> floors = floors();
      Integer own = floors.get(item.getPackageName());
      if (own == null) {
        return;
      }
      for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getPackageName();
        Integer floor = floors.get(target);
        if (floor != null && floor >= own && !target.equals(item.getPackageName())) {
          events.add(SimpleConditionEvent.violated(item, dependency.getDescription()));
        }
      }
    }
  }
}
