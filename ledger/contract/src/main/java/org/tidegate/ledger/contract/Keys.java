package org.tidegate.ledger.contract;

import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Rating;

/** The keys of the contract's state; {@code package-info} lists them. */
public final class Keys {
  /** The space's statement. */
  public static final String SPACE = "space";

  /** What the space allows with graded columns. */
  public static final String GRADE_POLICY = "gradePolicy";

  static final String PARTICIPANT = "participant~";
  static final String PRODUCT = "product~";

  /** The prefix of all grants. */
  public static final String GRANT = "grant~";

  static final String JOB = "job~";

  static final String REQUEST = "request~";

  static final String RATING = "rating~";

  static final String DISPUTE = "dispute~";

  private Keys() {}

  static String participant(String name) {
    return PARTICIPANT + name;
  }

  static String product(String owner, String name) {
    return PRODUCT + owner + "~" + name;
  }

  /** A grant and its revocation. Every owner names its own: nobody can take another's id. */
  public static String grant(String owner, String id) {
    return GRANT + owner + "~" + id;
  }

  /** The prefix of a grant's taken tickets. */
  public static String tickets(String owner, String grant) {
    return "ticket~" + owner + "~" + grant + "~";
  }

  /** A taken ticket, numbered so that keys sort as numbers do. */
  static String ticket(String owner, String grant, int ticket) {
    return numbered(tickets(owner, grant), ticket);
  }

  /** The prefix of the slots of a grant's frequency that were ever taken. */
  static String slots(String owner, String grant) {
    return "slot~" + owner + "~" + grant + "~";
  }

  static String slot(String owner, String grant, int slot) {
    return numbered(slots(owner, grant), slot);
  }

  /** The prefix of the taken slices of a grant's privacy budget. */
  public static String slices(String owner, String grant) {
    return "slice~" + owner + "~" + grant + "~";
  }

  static String slice(String owner, String grant, int slice) {
    return numbered(slices(owner, grant), slice);
  }

  static String numbered(String prefix, int number) {
    return prefix + "%07d".formatted(number);
  }

  /** A job's reservation. */
  public static String job(Digest jobId) {
    return JOB + jobId.hex();
  }

  /** A participant's receipt of a job. */
  public static String receipt(Digest jobId, String participant) {
    return "receipt~" + jobId.hex() + "~" + participant;
  }

  /** A job's settlement or release. */
  public static String end(Digest jobId) {
    return "end~" + jobId.hex();
  }

  static String request(String owner, String id) {
    return REQUEST + owner + "~" + id;
  }

  static String rating(Rating rating) {
    return RATING
        + rating.owner()
        + "~"
        + rating.product()
        + "~"
        + rating.jobId().hex()
        + "~"
        + rating.by();
  }

  static String dispute(Digest jobId, String id) {
    return DISPUTE + jobId.hex() + "~" + id;
  }

  /** The first key after everything that begins with {@code prefix}, which ends in {@code ~}. */
  public static String after(String prefix) {
    return prefix.substring(0, prefix.length() - 1) + "\u007f";
  }
}
