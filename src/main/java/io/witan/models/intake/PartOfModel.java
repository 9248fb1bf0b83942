package io.witan.models.intake;

import io.witan.engine.PartName;
import io.witan.models.fetch.FetchAddress;
import io.witan.shared.Failure;

/** It is one of several files of a model, and not enough to have the others as well. */
public final class PartOfModel extends Failure {
  private static final long serialVersionUID = 1L;

  private PartOfModel(PartName part, String advice) {
    super(
        "part-of-model",
        Kind.UNSUPPORTED,
        "Part of a model",
        "%s is part %d of %d. %s".formatted(part.fileName(), part.number(), part.count(), advice));
  }

  /** An upload is one file. */
  public static PartOfModel uploaded(PartName part) {
    return new PartOfModel(
        part,
        "Join the parts with ./witan model join and upload the file that makes, or fetch the model"
            + " from the address of its first part.");
  }

  static PartOfModel notFirst(PartName part, FetchAddress first) {
    return new PartOfModel(
        part, "Give the address of the first, %s, and all are fetched.".formatted(first));
  }
}
