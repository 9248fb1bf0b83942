package io.witan.assistants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.catalogue.CollectionCatalogue;
import io.witan.catalogue.CollectionId;
import io.witan.catalogue.CollectionNotFound;
import io.witan.catalogue.TestCatalogue;
import io.witan.database.DatabaseConfiguration;
import io.witan.database.TestDatabase;
import io.witan.identity.AccessScope;
import io.witan.identity.NotAllowed;
import io.witan.identity.ScopedTransactions;
import io.witan.shared.InvalidInput;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import tools.jackson.databind.json.JsonMapper;

@SpringJUnitConfig
@ContextConfiguration(initializers = TestDatabase.Initializer.class)
class AssistantsIntegrationTests {

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    DataSourceTransactionManagerAutoConfiguration.class,
    TransactionAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    FlywayAutoConfiguration.class
  })
  @Import({
    DatabaseConfiguration.class,
    ScopedTransactions.class,
    CollectionCatalogue.class,
    AssistantRepository.class,
    Assistants.class,
    AssistantController.class
  })
  static class Application {
    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }
  }

  private static final JsonMapper JSON = new JsonMapper();

  @Autowired AssistantController controller;
  @Autowired Assistants assistants;
  @Autowired JdbcClient jdbc;
  @Autowired ScopedTransactions transactions;
  private TestCatalogue catalogue;
  private AccessScope administrator;
  private AccessScope member;

  @BeforeEach
  void people() {
    catalogue = new TestCatalogue(jdbc, transactions);
    administrator = catalogue.administrator("Ada");
    member = catalogue.member("Max");
  }

  @Test
  void startsWithOneDefaultAssistantThatSearchesEverything() {
    var all = controller.list(member).items();

    assertThat(all).filteredOn(Assistant::isDefault).hasSize(1);
    assertThat(all).filteredOn(assistant -> assistant.name().equals("Witan")).hasSize(1);
  }

  @Test
  void membersPickButDoNotDefine() {
    var request = request("{\"name\": \"Mine\"}");
    var id = controller.create(administrator, named("Picked")).id();

    assertThat(controller.get(member, id).name()).startsWith("Picked");
    assertThatThrownBy(() -> controller.create(member, request)).isInstanceOf(NotAllowed.class);
    assertThatThrownBy(() -> controller.change(member, id, request)).isInstanceOf(NotAllowed.class);
    assertThatThrownBy(() -> controller.delete(member, id)).isInstanceOf(NotAllowed.class);
  }

  @Test
  void showsOnlyCollectionsThatThePersonMayRead() {
    var open = catalogue.collection("Open", administrator, member);
    var secret = catalogue.collection("Secret", administrator);
    var id = controller.create(administrator, over(open, secret)).id();

    var seenByMember = controller.get(member, id);
    var seenByAdministrator = controller.get(administrator, id);
    catalogue.withdraw(secret, administrator);
    var seenAfterwards = controller.get(administrator, id);

    assertThat(seenByMember.collectionIds()).containsExactly(open.value());
    assertThat(seenByMember.hiddenCollections()).isNull();
    assertThat(seenByAdministrator.collectionIds())
        .containsExactlyInAnyOrder(open.value(), secret.value());
    assertThat(seenByAdministrator.hiddenCollections()).isZero();
    assertThat(seenAfterwards.collectionIds()).containsExactly(open.value());
    assertThat(seenAfterwards.hiddenCollections()).isEqualTo(1);
  }

  @Test
  void refusesCollectionsThatTheAdministratorMayNotRead() {
    var foreign = catalogue.collection("Foreign", member);

    assertThatThrownBy(() -> controller.create(administrator, over(foreign)))
        .isInstanceOf(CollectionNotFound.class);
  }

  @Test
  void keepsHiddenCollectionsWhenTheShownOnesChange() {
    var open = catalogue.collection("Open", administrator);
    var hidden = catalogue.collection("Hidden", administrator);
    var id = controller.create(administrator, over(open, hidden)).id();
    catalogue.withdraw(hidden, administrator);

    controller.change(administrator, id, request("{\"collectionIds\": []}"));

    assertThat(assistants.settings(member, new AssistantId(id)).within()).containsExactly(hidden);
  }

  @Test
  void tellsNullCollectionsFromAbsentOnes() {
    var open = catalogue.collection("Open", administrator);
    var id = controller.create(administrator, over(open)).id();

    var unchanged = controller.change(administrator, id, request("{\"description\": \"new\"}"));
    var everything = controller.change(administrator, id, request("{\"collectionIds\": null}"));

    assertThat(unchanged.collectionIds()).containsExactly(open.value());
    assertThat(everything.collectionIds()).isNull();
    assertThat(everything.version()).isEqualTo(3);
  }

  @Test
  void searchesNothingRatherThanEverythingWhenItsCollectionsAreDeleted() {
    var only = catalogue.collection("Only", administrator);
    var id = controller.create(administrator, over(only)).id();

    catalogue.delete(only);

    assertThat(assistants.settings(member, new AssistantId(id)).within()).isNotNull().isEmpty();
  }

  @Test
  void keepsEveryVersionAndWhoMadeIt() {
    var other = catalogue.administrator("Bo");
    var id = controller.create(administrator, named("Versioned")).id();

    controller.change(other, id, request("{\"instructions\": \"Be brief.\"}"));
    controller.change(other, id, request("{\"instructions\": \"Be brief.\"}")); // no change

    var newest = controller.versions(administrator, id, null, 1);
    var oldest = controller.versions(administrator, id, newest.nextCursor(), 1);
    assertThat(newest.items())
        .extracting(AssistantsIntegrationTests::told)
        .containsExactly("2 Bo: Be brief.");
    assertThat(oldest.items())
        .extracting(AssistantsIntegrationTests::told)
        .containsExactly("1 Ada: ");
    assertThat(oldest.nextCursor()).isNull();
  }

  @Test
  void showsVersionsToAdministratorsOnlyAndOnlyCollectionsTheyMayRead() {
    var open = catalogue.collection("Open", administrator);
    var secret = catalogue.collection("Secret", administrator);
    var id = controller.create(administrator, over(open, secret)).id();
    controller.change(administrator, id, request("{\"collectionIds\": null}"));
    catalogue.withdraw(secret, administrator);

    var first = controller.versions(administrator, id, null, null).items().getLast().assistant();

    assertThat(first.collectionIds()).containsExactly(open.value());
    assertThat(first.hiddenCollections()).isEqualTo(1);
    assertThatThrownBy(() -> controller.versions(member, id, null, null))
        .isInstanceOf(NotAllowed.class);
    assertThatThrownBy(() -> controller.restore(member, id, 1)).isInstanceOf(NotAllowed.class);
  }

  @Test
  void restoresAVersionAsANewOneWithItsHiddenCollections() {
    var open = catalogue.collection("Open", administrator);
    var hidden = catalogue.collection("Hidden", administrator);
    var id = controller.create(administrator, over(open, hidden)).id();
    controller.change(
        administrator, id, request("{\"collectionIds\": null, \"instructions\": \"New.\"}"));
    catalogue.withdraw(hidden, administrator);

    var restored = controller.restore(administrator, id, 1);
    var again = controller.restore(administrator, id, 1);

    assertThat(restored.version()).isEqualTo(3);
    assertThat(restored.instructions()).isEmpty();
    assertThat(assistants.settings(member, new AssistantId(id)).within())
        .containsExactlyInAnyOrder(open, hidden);
    assertThat(again.version()).as("already so").isEqualTo(3);
    assertThatThrownBy(() -> controller.restore(administrator, id, 9))
        .isInstanceOf(AssistantNotFound.class)
        .hasMessageContaining("version 9");
  }

  @Test
  void restoringDoesNotDecideWhichAssistantIsTheDefault() {
    var before = assistants.settings(member, null).id().value();
    var id = controller.create(administrator, named("Was not default")).id();
    controller.change(
        administrator, id, request("{\"isDefault\": true, \"instructions\": \"New.\"}"));

    var restored = controller.restore(administrator, id, 1);

    assertThat(restored.isDefault()).isTrue();
    assertThat(controller.restore(administrator, before, 1).isDefault()).isFalse();
  }

  private static String told(AssistantVersion version) {
    var by = version.changedBy();
    return version.assistant().version()
        + " "
        + (by == null ? "nobody" : by.name())
        + ": "
        + version.assistant().instructions();
  }

  @Test
  void hasExactlyOneDefaultWhichCannotBeDeleted() {
    var id = controller.create(administrator, named("Next")).id();

    controller.change(administrator, id, request("{\"isDefault\": true}"));

    assertThat(controller.list(member).items()).filteredOn(Assistant::isDefault).hasSize(1);
    assertThat(assistants.settings(member, null).id().value()).isEqualTo(id);
    assertThatThrownBy(() -> controller.delete(administrator, id))
        .isInstanceOf(DefaultAssistantNeeded.class);
    assertThatThrownBy(
            () -> controller.change(administrator, id, request("{\"isDefault\": false}")))
        .isInstanceOf(DefaultAssistantNeeded.class);
  }

  @Test
  void refusesSettingsThatCannotBeUsed() {
    for (var settings :
        List.of(
            "{\"passages\": 0}",
            "{\"passages\": 51}",
            "{\"semanticWeight\": 1.5}",
            "{\"answerSentences\": 11}")) {
      var request = request("{\"name\": \"Bad\", \"retrieval\": " + settings + "}");

      assertThatThrownBy(() -> controller.create(administrator, request))
          .as(settings)
          .isInstanceOf(InvalidInput.class);
    }
    assertThatThrownBy(
            () ->
                controller.create(
                    administrator, request("{\"name\": \"Bad\", \"collectionIds\": [\"x\"]}")))
        .isInstanceOf(InvalidInput.class);
  }

  @Test
  void keepsHowWordsAreChosenWithEachVersion() {
    var plain = controller.create(administrator, request("{\"name\": \"Usual\"}"));
    assertThat(plain.sampling()).isEqualTo(SamplingSettings.DEFAULT);
    var id = new AssistantId(plain.id());

    var own =
        "{\"temperature\": 0.7, \"topP\": 0.9, \"answerTokens\": 300, \"seed\": 9007199254740991}";
    var changed =
        controller.change(administrator, plain.id(), request("{\"sampling\": " + own + "}"));

    var expected = new SamplingSettings(0.7, 0.9, 300, 9_007_199_254_740_991L);
    assertThat(changed.sampling()).isEqualTo(expected);
    assertThat(assistants.settings(member, id).sampling()).isEqualTo(expected);
    var renamed = controller.change(administrator, plain.id(), request("{\"name\": \"Unusual\"}"));
    assertThat(renamed.sampling()).isEqualTo(expected);
    assertThat(assistants.trial(administrator, id, request("{\"sampling\": {}}")).sampling())
        .isEqualTo(SamplingSettings.DEFAULT);
    assertThat(controller.restore(administrator, plain.id(), 1).sampling())
        .isEqualTo(SamplingSettings.DEFAULT);
  }

  @Test
  void refusesWaysToChooseWordsThatCannotBeUsed() {
    for (var settings :
        List.of(
            "{\"temperature\": -0.1}",
            "{\"temperature\": 2.1}",
            "{\"topP\": 0}",
            "{\"topP\": 1.1}",
            "{\"answerTokens\": 15}",
            "{\"answerTokens\": 32769}",
            "{\"seed\": -1}",
            "{\"seed\": 9007199254740992}")) {
      var text = "{\"name\": \"Bad\", \"sampling\": " + settings + "}";

      assertThatThrownBy(() -> controller.create(administrator, request(text)))
          .as(settings)
          .hasStackTraceContaining("sampling.");
    }
  }

  @Test
  void refusesANameThatIsTaken() {
    controller.create(administrator, request("{\"name\": \"Twice\"}"));

    assertThatThrownBy(() -> controller.create(administrator, request("{\"name\": \"tWICE\"}")))
        .isInstanceOf(AssistantNameTaken.class);
  }

  private static AssistantRequest named(String name) {
    return request("{\"name\": \"" + name + " " + UUID.randomUUID() + "\"}");
  }

  private static AssistantRequest over(CollectionId... collections) {
    var ids = List.of(collections).stream().map(id -> "\"" + id + "\"").toList();
    return request("{\"name\": \"%s\", \"collectionIds\": %s}".formatted(UUID.randomUUID(), ids));
  }

  private static AssistantRequest request(String json) {
    return JSON.readValue(json, AssistantRequest.class);
  }
}
