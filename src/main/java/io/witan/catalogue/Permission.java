package io.witan.catalogue;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What somebody may do with a collection. */
record Permission(NamedGrantee grantee, Access access) {

  /** A grantee with a name to show. */
  record NamedGrantee(Grantee.Kind kind, @Nullable UUID id, String name) {}
}
