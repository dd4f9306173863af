package org.tidegate.connector.identity;

import java.time.Duration;

/**
 * How long certificates are good for.
 *
 * @param authority for self-signed authorities
 * @param issued for what a participant's authority issues
 */
public record Validity(Duration authority, Duration issued) {
  private static final Duration LONGEST = Duration.ofDays(365 * 50);

  /** Ten years for authorities; 397 days for what they issue, so that renewal is a yearly habit. */
  public static final Validity DEFAULT = new Validity(Duration.ofDays(3650), Duration.ofDays(397));

  /** Checks that both are positive, at most fifty years, and the authority's is the longer. */
  public Validity {
    for (Duration duration : new Duration[] {authority, issued}) {
      if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
        throw new IdentityException(
            IdentityException.Code.ARGUMENT,
            "a certificate cannot be valid for " + duration + "; choose up to 50 years.");
      }
    }
    if (issued.compareTo(authority) > 0) {
      throw new IdentityException(
          IdentityException.Code.ARGUMENT,
          "certificates cannot be valid for longer ("
              + issued
              + ") than the authority that issues them ("
              + authority
              + ").");
    }
  }
}
