package org.tidegate.connector.catalog;

/** A product's description is wrong. The message says what, where, and what to do. */
public final class CatalogException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With what is wrong, where, and what to do. */
  public CatalogException(String message) {
    super(message);
  }

  /** With what is wrong, where, and what to do, and what showed it. */
  public CatalogException(String message, Throwable cause) {
    super(message, cause);
  }
}
