package io.witan.identity;

/** What a person may do in the product, apart from what collections permit. */
public enum Role {
  ADMINISTRATOR,
  MEMBER
}
