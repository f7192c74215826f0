package io.holdfast.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The house rules: dependencies point from the command line over the stores to the engine, and
 * never back or sideways. It stands here because only the command line sees every module.
 */
@AnalyzeClasses(
    packages = "io.holdfast",
    importOptions = {ImportOption.DoNotIncludeTests.class, HouseRulesTest.NoJarsOfTests.class})
class HouseRulesTest {

  /** Tests that other modules use come as jars of their own. */
  static final class NoJarsOfTests implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  @ArchTest
  static final ArchRule ENGINE_KNOWS_NO_OTHER_MODULE =
      classes()
          .that()
          .resideInAPackage("io.holdfast.engine..")
          .should()
          .onlyDependOnClassesThat(
              not(resideInAPackage("io.holdfast..")).or(resideInAPackage("io.holdfast.engine..")));

  @ArchTest
  static final ArchRule ENGINE_KNOWS_NO_HTTP_SQL_OR_COMMAND_LINE =
      noClasses()
          .that()
          .resideInAPackage("io.holdfast.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.net.http..",
              "com.sun.net.httpserver..",
              "java.sql..",
              "javax.sql..",
              "org.sqlite..",
              "picocli..");

  @ArchTest
  static final ArchRule STORES_KNOW_ONLY_THE_ENGINE =
      classes()
          .that()
          .resideInAPackage("io.holdfast.store..")
          .should()
          .onlyDependOnClassesThat(
              not(resideInAPackage("io.holdfast.."))
                  .or(resideInAnyPackage("io.holdfast.engine..", "io.holdfast.store..")));

  @ArchTest
  static final ArchRule A_STORE_NEVER_KNOWS_ANOTHER =
      slices()
          .matching("io.holdfast.store.(*)..")
          .should()
          .notDependOnEachOther()
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule THE_VAULT_KNOWS_ONLY_THE_ENGINE_AND_NO_STORAGE_OF_ANOTHER_MODULE =
      classes()
          .that()
          .resideInAPackage("io.holdfast.vault..")
          .and()
          .resideOutsideOfPackage("io.holdfast.vault.s3..")
          .should()
          .onlyDependOnClassesThat(
              not(resideInAPackage("io.holdfast.."))
                  .or(resideInAnyPackage("io.holdfast.engine..", "io.holdfast.vault.."))
                  .and(not(resideInAPackage("io.holdfast.vault.s3.."))));

  @ArchTest
  static final ArchRule A_STORAGE_KNOWS_OF_THE_VAULT_ONLY_ITS_STORAGE =
      classes()
          .that()
          .resideInAPackage("io.holdfast.vault.s3..")
          .should()
          .onlyDependOnClassesThat(
              not(resideInAPackage("io.holdfast.."))
                  .or(
                      resideInAnyPackage(
                          "io.holdfast.engine..",
                          "io.holdfast.vault",
                          "io.holdfast.vault.backend",
                          "io.holdfast.vault.backend.http",
                          "io.holdfast.vault.s3..")));

  @ArchTest
  static final ArchRule TESTKIT_KNOWS_ONLY_THE_ENGINE =
      classes()
          .that()
          .resideInAPackage("io.holdfast.testkit..")
          .should()
          .onlyDependOnClassesThat(
              not(resideInAPackage("io.holdfast.."))
                  .or(resideInAnyPackage("io.holdfast.engine..", "io.holdfast.testkit..")));

  @ArchTest
  static final ArchRule SERVER_KNOWS_NO_STORE_AND_NO_COMMAND_LINE =
      classes()
          .that()
          .resideInAPackage("io.holdfast.server..")
          .should()
          .onlyDependOnClassesThat(
              not(resideInAPackage("io.holdfast.."))
                  .or(
                      resideInAnyPackage(
                          "io.holdfast.engine..", "io.holdfast.vault..", "io.holdfast.server..")));

  @ArchTest
  static final ArchRule SERVER_ROOMS_FORM_NO_CYCLE =
      slices().matching("io.holdfast.server.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule EXAMPLES_KNOW_ONLY_THE_FILE_LAYER =
      classes()
          .that()
          .resideInAPackage("io.holdfast.example..")
          .should()
          .onlyDependOnClassesThat(
              not(resideInAPackage("io.holdfast.."))
                  .or(resideInAnyPackage("io.holdfast.engine.file..", "io.holdfast.example..")));

  @ArchTest
  static final ArchRule ONLY_ONE_ROOM_OF_THE_SERVER_KNOWS_THE_VAULT =
      classes()
          .that()
          .resideInAPackage("io.holdfast.server..")
          .and()
          .resideOutsideOfPackage("io.holdfast.server.target..")
          .should()
          .onlyDependOnClassesThat(
              not(resideInAPackage("io.holdfast.."))
                  .or(resideInAnyPackage("io.holdfast.engine..", "io.holdfast.server..")));

  @ArchTest
  static final ArchRule ONLY_ONE_ROOM_OF_THE_COMMAND_LINE_KNOWS_HTTP =
      noClasses()
          .that()
          .resideInAPackage("io.holdfast.cli..")
          .and()
          .resideOutsideOfPackage("io.holdfast.cli.remote..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net.http..", "javax.net.ssl..");

  @ArchTest
  static final ArchRule A_TARGET_IS_SPOKEN_TO_WITH_DOCUMENTS =
      noClasses()
          .that()
          .resideInAnyPackage("io.holdfast.cli.target..", "io.holdfast.cli.remote..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.holdfast.engine",
              "io.holdfast.engine.manifest..",
              "io.holdfast.engine.repository..",
              "io.holdfast.engine.restore..",
              "io.holdfast.engine.installation..");

  @ArchTest
  static final ArchRule ENGINE_ROOMS_FORM_NO_CYCLE =
      slices().matching("io.holdfast.engine.(*)..").should().beFreeOfCycles();
}
