package io.witan.leak;

import java.util.Map;
import java.util.Optional;

/** What an id in a request names, found from where it stands. */
enum Kind {
  COLLECTION(true),
  DOCUMENT(true),
  TEXT_VERSION(true),
  CONVERSATION(true),
  MESSAGE(true),
  API_KEY(true),
  PERSON(false),
  GROUP(false),
  ASSISTANT(false),
  MODEL(false),
  ADAPTER(false),
  REMOTE_GENERATOR(false),
  INCOMING_MODEL(false);

  private static final Map<String, Kind> BY_PATH =
      Map.ofEntries(
          Map.entry("/api/v1/collections/", COLLECTION),
          Map.entry("/api/v1/admin/collections/", COLLECTION),
          Map.entry("/api/v1/documents/", DOCUMENT),
          Map.entry("/api/v1/text-versions/", TEXT_VERSION),
          Map.entry("/api/v1/conversations/", CONVERSATION),
          Map.entry("/api/v1/messages/", MESSAGE),
          Map.entry("/api/v1/me/api-keys/", API_KEY),
          Map.entry("/api/v1/people/", PERSON),
          Map.entry("/api/v1/groups/", GROUP),
          Map.entry("/api/v1/assistants/", ASSISTANT),
          Map.entry("/api/v1/models/registry/", MODEL),
          Map.entry("/api/v1/models/adapters/", ADAPTER),
          Map.entry("/api/v1/models/remote/", REMOTE_GENERATOR),
          Map.entry("/api/v1/models/incoming/", INCOMING_MODEL),
          Map.entry("/api/v1/models/uploads/", INCOMING_MODEL));

  private static final Map<String, Kind> BY_NAME =
      Map.ofEntries(
          Map.entry("collectionId", COLLECTION),
          Map.entry("collectionIds", COLLECTION),
          Map.entry("documentId", DOCUMENT),
          Map.entry("ids", DOCUMENT),
          Map.entry("textVersionId", TEXT_VERSION),
          Map.entry("conversationId", CONVERSATION),
          Map.entry("replaces", MESSAGE),
          Map.entry("messageId", MESSAGE),
          Map.entry("personIds", PERSON),
          Map.entry("assistantId", ASSISTANT),
          Map.entry("modelId", MODEL));

  /** Whether an outsider must not even learn that it exists. */
  final boolean secret;

  Kind(boolean secret) {
    this.secret = secret;
  }

  static Optional<Kind> ofPath(String path) {
    return BY_PATH.entrySet().stream()
        .filter(entry -> path.startsWith(entry.getKey() + "{"))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  static Optional<Kind> ofName(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
