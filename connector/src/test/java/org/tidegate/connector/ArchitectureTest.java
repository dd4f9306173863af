package org.tidegate.connector;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The connector's floors: domain packages never import the edge, the edge never imports the top,
 * only {@code app} sees everything. The same picture stands in {@code docs/architecture.md}.
 */
@AnalyzeClasses(
    packages = "org.tidegate.connector",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String ROOT = "org.tidegate.connector.";

  private static final String[] DOMAIN = {
    ROOT + "identity..",
    ROOT + "catalog..",
    ROOT + "policy..",
    ROOT + "sql..",
    ROOT + "job..",
    ROOT + "source.."
  };
  private static final String[] EDGE = {
    ROOT + "transport..", ROOT + "pairing..", ROOT + "store..", ROOT + "cli.."
  };
  private static final String[] TOP = {ROOT + "config..", ROOT + "app.."};

  @ArchTest
  static final ArchRule domainNeverImportsTheEdge =
      noClasses()
          .that()
          .resideInAnyPackage(DOMAIN)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(EDGE)
          .because("domains meet the edge through small interfaces that the domain owns");

  @ArchTest
  static final ArchRule domainNeverImportsTheTop =
      noClasses()
          .that()
          .resideInAnyPackage(DOMAIN)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(TOP)
          .because("only app wires, and nothing below it knows the wiring");

  @ArchTest
  static final ArchRule transportAndStoreNeverImportTheTop =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + "transport..", ROOT + "pairing..", ROOT + "store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(TOP)
          .because("the edge is wired from above");

  @ArchTest
  static final ArchRule onlyAppSeesTheEmbeddedLedger =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "app..", ROOT + "identity..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.tidegate.ledger.embedded..")
          .because("the node talks to any ledger through the client; identity only makes block 0");

  @ArchTest
  static final ArchRule grpcStaysAtTheEdge =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + "catalog..", ROOT + "policy..", ROOT + "sql..", ROOT + "source..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "org.tidegate.proto..")
          .because("planning, catalogue and policy are plain Java");

  @ArchTest
  static final ArchRule calciteStaysInThePlanner =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "sql..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.calcite..")
          .because("the AST ends where our typed IR begins");

  @ArchTest
  static final ArchRule psiStandsAlone =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "psi..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.tidegate..", "io.grpc..")
                  .and(
                      resideOutsideOfPackages(
                          ROOT + "psi..", ROOT + "source..", "org.tidegate.mpc..")))
          .because("two files on one machine need no node, no ledger and no network");

  @ArchTest
  static final ArchRule onlyTheCommandLineUsesPsi =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "psi..", ROOT + "cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "psi..")
          .because("nodes intersect under a plan and a grant only");

  /** Whole domains: what one of them needs of another goes one way. */
  @ArchTest
  static final ArchRule noCycles =
      slices().matching("org.tidegate.connector.(*)..").should().beFreeOfCycles();

  /** Every package by itself: within a domain too, a parent never imports its children's users. */
  @ArchTest
  static final ArchRule noCyclesBetweenPackages =
      slices().matching("org.tidegate.connector.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theTextIsTheGroundFloorOfSql =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "sql.text")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.tidegate..", "org.apache.calcite..")
                  .and(resideOutsideOfPackages(ROOT + "sql.text")))
          .because("command line and planner read text by the same tokens");
}
