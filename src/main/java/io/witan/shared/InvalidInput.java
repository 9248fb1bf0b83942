package io.witan.shared;

import java.util.Map;

/** A field of the request has a value that cannot be used. */
public final class InvalidInput extends Failure {
  private static final long serialVersionUID = 1L;
  private final String field;

  /**
   * @param field JSON name of the field or parameter
   * @param fix continues the sentence that starts with the field's name
   */
  public InvalidInput(String field, String fix) {
    super("invalid-input", Kind.INVALID, "Invalid input", field + " " + fix);
    this.field = field;
  }

  @Override
  public Map<String, Object> members() {
    return Map.of("field", field);
  }
}
