package org.tidegate.connector.identity;

/**
 * Something about an identity does not hold: a file is missing or damaged, a certificate expired, a
 * signature is not the one it should be. The message says what is wrong, where, and what to do
 * about it, and is meant to be printed as it stands.
 */
public final class IdentityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Code code;

  /** What kind of thing is wrong; {@link #text} is the stable spelling in machine output. */
  public enum Code {
    /** A file that should be there is not. */
    MISSING("identity.missing"),
    /** A file is there that must not be overwritten. */
    EXISTS("identity.exists"),
    /** A file cannot be read or written. */
    FILE("identity.file"),
    /** A private key can be read by other users of the machine. */
    PERMISSIONS("identity.permissions"),
    /** A file's content is not what its name promises. */
    MALFORMED("identity.malformed"),
    /** A name, endpoint or other argument is not acceptable. */
    ARGUMENT("identity.argument"),
    /** A certificate's time is over. */
    EXPIRED("identity.expired"),
    /** A certificate's time has not begun. */
    NOT_YET_VALID("identity.notYetValid"),
    /** A signature or a chain does not lead to the authority it should. */
    UNTRUSTED("identity.untrusted"),
    /** A certificate is good, but for another purpose than the one it is presented for. */
    WRONG_ROLE("identity.wrongRole"),
    /** Two files that belong together do not match. */
    MISMATCH("identity.mismatch");

    private final String text;

    Code(String text) {
      this.text = text;
    }

    /** The spelling in machine output, e.g. {@code identity.expired}. */
    public String text() {
      return text;
    }
  }

  /** An error with a message for people. */
  public IdentityException(Code code, String message) {
    super(message);
    this.code = code;
  }

  /** An error with a message for people and what caused it. */
  public IdentityException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** What kind of thing is wrong. */
  public Code code() {
    return code;
  }
}
