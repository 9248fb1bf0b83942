package io.witan;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.witan.identity.AccessScope;
import io.witan.identity.PersonId;
import io.witan.shared.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.modulith.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Holds the tree to docs/STYLE.md and to the module map. */
class ArchitectureTests {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.witan");

  @Test
  void modulesCallEachOtherOnlyAlongDeclaredArrows() {
    ApplicationModules.of(WitanApplication.class).verify();
  }

  @Test
  void moduleArrowsAreTheOnesOfTheDesign() throws IOException {
    var declared = new TreeMap<String, Set<String>>();
    ApplicationModules.of(WitanApplication.class)
        .forEach(
            module ->
                declared.put(
                    module.getIdentifier().toString(),
                    new TreeSet<>(allowed(module.getBasePackage().getName()))));

    assertThat(declared).isEqualTo(MODULE_MAP);
  }

  /** Widening an entry needs an ADR. */
  private static final Map<String, Set<String>> MODULE_MAP =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("shared", Set.of()),
              Map.entry("engine", Set.of()),
              Map.entry("database", Set.of("shared")),
              Map.entry("identity", Set.of("shared")),
              Map.entry("catalogue", Set.of("shared", "identity")),
              Map.entry(
                  "models",
                  Set.of("shared", "identity", "engine", "engine :: serving", "engine :: tools")),
              Map.entry("retrieval", Set.of("shared", "identity", "catalogue", "models")),
              Map.entry(
                  "documents", Set.of("shared", "identity", "catalogue", "models", "retrieval")),
              Map.entry("assistants", Set.of("shared", "identity", "catalogue", "models")),
              Map.entry(
                  "chat",
                  Set.of(
                      "shared",
                      "identity",
                      "catalogue",
                      "engine",
                      "engine :: tools",
                      "models",
                      "models :: generation",
                      "retrieval",
                      "retrieval :: packing",
                      "assistants")),
              Map.entry(
                  "evaluation",
                  Set.of(
                      "shared",
                      "identity",
                      "catalogue",
                      "models",
                      "retrieval",
                      "documents",
                      "assistants",
                      "chat")),
              Map.entry(
                  "customization",
                  Set.of(
                      "shared",
                      "identity",
                      "catalogue",
                      "models",
                      "retrieval",
                      "evaluation",
                      "engine")),
              Map.entry(
                  "operations",
                  Set.of(
                      "shared",
                      "database",
                      "identity",
                      "catalogue",
                      "models",
                      "retrieval",
                      "documents",
                      "assistants",
                      "chat",
                      "evaluation")),
              Map.entry("web", Set.of("shared", "identity"))));

  private static Set<String> allowed(String basePackage) {
    try {
      var info = Class.forName(basePackage + ".package-info");
      return Set.of(info.getAnnotation(ApplicationModule.class).allowedDependencies());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(basePackage + " declares no module", e);
    }
  }

  /** Tests lie first on the class path: theirs would hide the module's declaration. */
  @Test
  void noTestHidesTheDeclarationOfAModule() throws IOException {
    try (var files = Files.walk(Path.of("src/test/java"))) {
      assertThat(files.filter(file -> file.endsWith("package-info.java")))
          .noneMatch(
              file ->
                  Files.exists(
                      Path.of("src/main/java").resolve(Path.of("src/test/java").relativize(file))));
    }
  }

  @Test
  void engineIsPlainJava() {
    noClasses()
        .that()
        .resideInAPackage("io.witan.engine..")
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "org.slf4j..", "io.witan.shared..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  /** Removing and retrying documents reach the queue; the queue's own texts lie in the library. */
  @Test
  void packagesOfAModuleHaveNoCycles() {
    SlicesRuleDefinition.slices()
        .matching("io.witan.(*).(*)..")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(
            resideInAPackage("io.witan.documents.library"),
            resideInAPackage("io.witan.documents.indexing"))
        .check(CLASSES);
  }

  @Test
  void namesSayWhatTypesAreFor() {
    noClasses()
        .should()
        .haveNameMatching(".*(Impl|Util|Utils|Helper|Helpers|Manager|Base|Common|DTO|Dto)")
        .check(CLASSES);
  }

  @Test
  void controllersArePackagePrivate() {
    classes()
        .that()
        .areAnnotatedWith(RestController.class)
        .should()
        .bePackagePrivate()
        .check(CLASSES);
  }

  @Test
  void controllersAreGivenTheScopeOrAreKnownToNeedNone() {
    var open = Set.of("AboutController", "SessionController", "ErrorAnswers");
    classes()
        .that()
        .areAnnotatedWith(RestController.class)
        .should(takeTheScope(open))
        .check(CLASSES);
  }

  private static ArchCondition<JavaClass> takeTheScope(Set<String> open) {
    return new ArchCondition<>("take an AccessScope in every mapped method") {
      @Override
      public void check(JavaClass controller, ConditionEvents events) {
        controller.getMethods().stream()
            .filter(method -> isMapped(method) && !open.contains(controller.getSimpleName()))
            .filter(
                method ->
                    method.getRawParameterTypes().stream()
                        .noneMatch(type -> type.getSimpleName().equals("AccessScope")))
            .forEach(
                method ->
                    events.add(
                        SimpleConditionEvent.violated(
                            method, method.getFullName() + " ignores who asks")));
      }
    };
  }

  private static boolean isMapped(JavaMethod method) {
    return method.isMetaAnnotatedWith(RequestMapping.class);
  }

  @Test
  void nothingIsInjectedIntoFields() {
    fields()
        .should()
        .notBeAnnotatedWith(Autowired.class)
        .andShould()
        .notBeAnnotatedWith(Value.class)
        .check(CLASSES);
  }

  @Test
  void theScopeIsMadeFromRequestsInOnePlaceOnly() {
    noClasses()
        .that()
        .areAnnotatedWith(RestController.class)
        .should()
        .callMethod(AccessScope.class, "of", PersonId.class, boolean.class)
        .check(CLASSES);
  }

  @Test
  void everyFailureIsListedInTheProblemsPage() throws IOException {
    var page = Files.readString(Path.of("docs", "problems.md"));
    var missing = new TreeSet<String>();
    for (JavaClass failure : CLASSES) {
      if (failure.isAssignableTo(Failure.class)
          && !failure.getModifiers().contains(JavaModifier.ABSTRACT)) {
        codesOf(failure).stream()
            .filter(code -> !page.contains("| `" + code + "` |"))
            .forEach(code -> missing.add(code + " (" + failure.getSimpleName() + ")"));
      }
    }

    assertThat(missing).as("codes without a line in docs/problems.md").isEmpty();
  }

  /** The codes are string constants of the failure's constructors: the first kebab-case one. */
  private static Set<String> codesOf(JavaClass failure) throws IOException {
    var source =
        Path.of(
            "src/main/java", failure.getName().replaceAll("\\$.*", "").replace('.', '/') + ".java");
    var codes = new TreeSet<String>();
    var matcher = Pattern.compile("super\\(\\s*\"([a-z0-9-]+)\"").matcher(Files.readString(source));
    while (matcher.find()) {
      codes.add(matcher.group(1));
    }
    assertThat(codes).as("code of " + failure.getName()).isNotEmpty();
    return codes;
  }
}
