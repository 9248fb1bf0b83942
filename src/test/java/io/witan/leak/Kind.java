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
  ASSISTANT(false);

  private static final Map<String, Kind> BY_PATH =
      Map.of(
          "/api/v1/collections/", COLLECTION,
          "/api/v1/admin/collections/", COLLECTION,
          "/api/v1/documents/", DOCUMENT,
          "/api/v1/text-versions/", TEXT_VERSION,
          "/api/v1/conversations/", CONVERSATION,
          "/api/v1/messages/", MESSAGE,
          "/api/v1/me/api-keys/", API_KEY,
          "/api/v1/people/", PERSON,
          "/api/v1/groups/", GROUP,
          "/api/v1/assistants/", ASSISTANT);

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
          Map.entry("assistantId", ASSISTANT));

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
