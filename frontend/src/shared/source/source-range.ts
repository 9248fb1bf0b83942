/** A half-open range of a text version, in UTF-16 code units. */
export interface SourceRange {
  start: number;
  end: number;
}
