package io.witan.chat.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.chat.AnswerBlock;
import io.witan.chat.AnswerEvent;
import io.witan.chat.AnswerMode;
import io.witan.chat.AnswerRead;
import io.witan.chat.AnswerRemote;
import io.witan.chat.Citation;
import io.witan.chat.CitationRanks;
import io.witan.chat.Passage;
import io.witan.chat.Searched;
import io.witan.chat.Timing;
import io.witan.chat.Writing;
import io.witan.chat.conversations.AnswerStream.StreamProblem;
import io.witan.models.generation.GeneratorInfo;
import io.witan.models.generation.GeneratorOverloaded;
import io.witan.models.generation.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the description of the events to what is sent. */
class StreamEventsTests {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern EVENT =
      Pattern.compile("^ {4}event: (\\w+)\\n {4}data: (\\{.*})$", Pattern.MULTILINE);
  private static final UUID ID = new UUID(1, 2);

  private final Map<String, JsonNode> sent = new LinkedHashMap<>();

  /** Keeps what would be sent. */
  private final SseEmitter emitter =
      new SseEmitter() {
        @Override
        public void send(SseEventBuilder builder) {
          var name = "";
          for (var part : builder.build()) {
            if (part.getData() instanceof String text) {
              var event = Pattern.compile("event:(\\w+)").matcher(text);
              name = event.find() ? event.group(1) : name;
            } else {
              sent.put(name, JSON.valueToTree(part.getData()));
            }
          }
        }
      };

  @Test
  void everyEventIsDescribedWithTheMembersThatItHas() throws IOException {
    var page = Files.readString(Path.of("docs/stream-events.md"));
    Map<String, JsonNode> described = new LinkedHashMap<>();
    var examples = EVENT.matcher(page);
    while (examples.find()) {
      described.put(examples.group(1), JSON.readTree(examples.group(2)));
    }

    sendAll();

    assertThat(described.keySet()).containsExactlyElementsOf(sent.keySet());
    for (var event : sent.entrySet()) {
      var example = described.getOrDefault(event.getKey(), JSON.createObjectNode());
      assertThat(names(example)).as(event.getKey()).isEqualTo(names(event.getValue()));
    }
  }

  @Test
  void theManualNamesEveryEvent() throws IOException {
    sendAll();

    for (var language : List.of("en", "zh")) {
      var manual = Files.readString(Path.of("docs/manual/" + language + "/api.md"));
      assertThat(sent.keySet()).as(language).allMatch(name -> manual.contains("`" + name + "`"));
    }
  }

  private void sendAll() {
    var stream = new AnswerStream(emitter);
    var now = Instant.EPOCH;
    stream.question(Message.question(new MessageId(ID), now, "?"));
    stream.on(new AnswerEvent.Progress(AnswerEvent.Stage.SEARCHING, 1, 0));
    stream.on(
        new AnswerEvent.PassagesFound(
            List.of(new Passage(1, ID, ID, ID, ID, "c", "t", "h", 1, 0, 4, "text"))));
    stream.on(new AnswerEvent.LeavingSettled(new AnswerRemote("h", "m", true, 0)));
    var read = new AnswerRead(1, 2, 3, 4, null);
    var info = new GeneratorInfo("id", "m", true, 100, true);
    stream.on(
        new AnswerEvent.WritingBegun(
            new Writing(info, Sampling.greedy(), 1, 1, 1, read, List.of(), null)));
    var ranks = new CitationRanks(1, 1, 1);
    var citation = new Citation(1, ID, ID, ID, "t", "h", 1, 1, now, 0, 4, "text", ranks, false);
    var block = new AnswerBlock(AnswerBlock.Kind.QUOTE, "text", List.of(1));
    stream.on(new AnswerEvent.BlockWritten(0, block, List.of(citation)));
    stream.done(answer(block));
    stream.failed(StreamProblem.of(new GeneratorOverloaded(Duration.ofSeconds(7))));
  }

  private static Message answer(AnswerBlock block) {
    return new Message(
        ID,
        Message.Role.ANSWER,
        Instant.EPOCH,
        null,
        MessageState.COMPLETE,
        AnswerMode.WRITTEN,
        "m",
        List.of(block),
        List.of(),
        new Searched(List.of(), 0, 0),
        List.of(),
        new Timing(1, 2, 3),
        null,
        null,
        null,
        false,
        null);
  }

  /** The names of all members, by the place where they are. */
  private static Map<String, TreeSet<String>> names(JsonNode node) {
    var all = new TreeMap<String, TreeSet<String>>();
    collect("", node, all);
    return all;
  }

  private static void collect(String place, JsonNode node, Map<String, TreeSet<String>> all) {
    if (node.isObject()) {
      all.put(place, new TreeSet<>(node.propertyNames()));
      node.propertyNames().forEach(name -> collect(place + "/" + name, node.path(name), all));
    } else if (node.isArray() && !node.isEmpty()) {
      collect(place + "[]", node.path(0), all);
    }
  }
}
