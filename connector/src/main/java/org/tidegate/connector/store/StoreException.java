package org.tidegate.connector.store;

import org.jspecify.annotations.Nullable;

/** The node's database cannot be used. The message says which, and what to do. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure with a message for the operator. */
  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
