package io.witan.documents;

import io.witan.shared.Failure;

/**
 * Why a file was rejected, failed or needs a look.
 *
 * @param code stable, listed in docs/problems.md
 * @param detail what happened and what a person can do about it
 */
public record DocumentProblem(String code, String title, String detail) {

  public static DocumentProblem of(Failure failure) {
    return new DocumentProblem(failure.code(), failure.title(), failure.detail());
  }
}
