package io.witan.catalogue;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whom a permission is given to; everyone who can sign in has no id. */
record Grantee(Kind kind, @Nullable UUID id) {

  enum Kind {
    PERSON,
    GROUP,
    EVERYONE
  }

  @Nullable UUID personId() {
    return kind == Kind.PERSON ? id : null;
  }

  @Nullable UUID groupId() {
    return kind == Kind.GROUP ? id : null;
  }
}
