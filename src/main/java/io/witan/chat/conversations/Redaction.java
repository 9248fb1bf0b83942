package io.witan.chat.conversations;

import io.witan.catalogue.CollectionCatalogue;
import io.witan.catalogue.CollectionSummary;
import io.witan.catalogue.TextVersionId;
import io.witan.chat.AnswerBlock;
import io.witan.chat.AnswerMode;
import io.witan.chat.Citation;
import io.witan.chat.Passage;
import io.witan.chat.Searched;
import io.witan.chat.conversations.StoredMessage.Considered;
import io.witan.chat.conversations.StoredMessage.StoredBlock;
import io.witan.chat.conversations.StoredMessage.StoredCitation;
import io.witan.identity.AccessScope;
import io.witan.retrieval.Passages;
import io.witan.retrieval.SourceView;
import io.witan.retrieval.Sources;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Shows stored answers as far as their reader may still read what they rest on.
 *
 * <p>Decided anew each time: a permission that was withdrawn, or a document that was deleted, takes
 * the blocks resting on it out of every old answer.
 */
@Component
class Redaction {
  private static final int NEAREST = 3;

  private final Sources sources;
  private final Passages passages;
  private final CollectionCatalogue catalogue;

  Redaction(Sources sources, Passages passages, CollectionCatalogue catalogue) {
    this.sources = sources;
    this.passages = passages;
    this.catalogue = catalogue;
  }

  /** What the scope may read now of what some messages name. */
  private record Readable(Map<TextVersionId, SourceView> sources, Map<UUID, String> collections) {
    boolean includes(StoredCitation stored) {
      var id = new TextVersionId(stored.citation().textVersionId());
      return !stored.erased() && sources.containsKey(id);
    }
  }

  List<Message> visible(AccessScope scope, List<StoredMessage> messages) {
    var readable = readable(scope, messages);
    return messages.stream().map(message -> visible(scope, message, readable)).toList();
  }

  private Readable readable(AccessScope scope, List<StoredMessage> messages) {
    var named = new HashSet<TextVersionId>();
    for (var message : messages) {
      message.citations().forEach(c -> named.add(new TextVersionId(c.citation().textVersionId())));
      message.readVersions().forEach(id -> named.add(new TextVersionId(id)));
      if (message.mode() == AnswerMode.ABSTAINED) {
        message.considered().forEach(c -> named.add(new TextVersionId(c.textVersionId())));
      }
    }
    var collections =
        catalogue.readable(scope).stream()
            .collect(Collectors.toMap(c -> c.id().value(), CollectionSummary::name));
    return new Readable(sources.readable(scope, named), collections);
  }

  private Message visible(AccessScope scope, StoredMessage stored, Readable readable) {
    if (stored.role() == Message.Role.QUESTION) {
      var text = stored.text();
      return Message.question(stored.id(), stored.createdAt(), text == null ? "" : text);
    }
    var lost = new HashSet<Integer>();
    var citations = new ArrayList<Citation>();
    for (var citation : stored.citations()) {
      boolean shown = readable.includes(citation);
      citations.add(shown ? citation.citation() : citation.citation().redactedCopy());
      if (!shown) {
        lost.add(citation.place());
      }
    }
    lost.addAll(uncited(stored, readable));
    return new Message(
        stored.id().value(),
        stored.role(),
        stored.createdAt(),
        null,
        stored.state(),
        stored.mode(),
        stored.writer(),
        stored.blocks().stream().map(block -> block(block, stored, lost)).toList(),
        withoutLostBlocks(stored, citations, lost),
        searched(stored, readable),
        nearest(scope, stored, readable),
        stored.timing(),
        stored.rating(),
        stored.problem(),
        stored.read(),
        stored.cutOff(),
        stored.remote());
  }

  /** Written blocks without a citation may rest on anything that was read, so all of it counts. */
  private static Set<Integer> uncited(StoredMessage stored, Readable readable) {
    boolean all =
        stored.readVersions().stream()
            .allMatch(id -> readable.sources().containsKey(new TextVersionId(id)));
    var cited = stored.citations().stream().map(StoredCitation::place).collect(Collectors.toSet());
    return all
        ? Set.of()
        : stored.blocks().stream()
            .filter(block -> block.kind() == AnswerBlock.Kind.TEXT)
            .map(StoredBlock::place)
            .filter(place -> !cited.contains(place))
            .collect(Collectors.toSet());
  }

  private static AnswerBlock block(StoredBlock stored, StoredMessage message, Set<Integer> lost) {
    var numbers =
        message.citations().stream()
            .filter(citation -> citation.place() == stored.place())
            .map(citation -> citation.citation().number())
            .toList();
    var block = new AnswerBlock(stored.kind(), stored.text(), numbers);
    return lost.contains(stored.place()) ? block.redacted() : block;
  }

  /** A redacted block's other citations say too much about it. */
  private static List<Citation> withoutLostBlocks(
      StoredMessage stored, List<Citation> citations, Set<Integer> lost) {
    var shown = new ArrayList<Citation>();
    for (int i = 0; i < citations.size(); i++) {
      boolean blockLost = lost.contains(stored.citations().get(i).place());
      shown.add(blockLost ? citations.get(i).redactedCopy() : citations.get(i));
    }
    return shown;
  }

  private static Searched searched(StoredMessage stored, Readable readable) {
    var shown =
        stored.searched().stream()
            .filter(readable.collections()::containsKey)
            .map(
                id ->
                    new Searched.SearchedCollection(
                        id, readable.collections().getOrDefault(id, "")))
            .toList();
    return new Searched(shown, stored.searched().size(), stored.considered().size());
  }

  private List<Passage> nearest(AccessScope scope, StoredMessage stored, Readable readable) {
    if (stored.mode() != AnswerMode.ABSTAINED) {
      return List.of();
    }
    return stored.considered().stream()
        .limit(NEAREST)
        .flatMap(considered -> passage(scope, considered, readable).stream())
        .toList();
  }

  private Optional<Passage> passage(AccessScope scope, Considered considered, Readable readable) {
    var textVersion = new TextVersionId(considered.textVersionId());
    var source = readable.sources().get(textVersion);
    if (source == null) {
      return Optional.empty();
    }
    int start = considered.start();
    int end = considered.end();
    return passages
        .around(scope, textVersion, start, end)
        .map(
            around ->
                new Passage(
                    considered.rank(),
                    considered.passageId(),
                    considered.documentId(),
                    considered.textVersionId(),
                    considered.collectionId(),
                    readable.collections().getOrDefault(considered.collectionId(), ""),
                    source.title(),
                    considered.heading(),
                    considered.page(),
                    start,
                    end,
                    around.text().substring(start - around.start(), end - around.start())));
  }
}
