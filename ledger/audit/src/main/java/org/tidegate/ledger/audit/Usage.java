package org.tidegate.ledger.audit;

/**
 * The uses of a grant that were taken in one month, and what became of them until now.
 *
 * @param owner who granted
 * @param grant the grant's id, one of the owner's
 * @param purpose what the jobs were for
 * @param month of the reservation, such as {@code 2026-11}, in UTC
 * @param reserved uses held by jobs that are open
 * @param used uses of settled jobs
 * @param released uses given back by released jobs
 */
public record Usage(
    String owner,
    String grant,
    String purpose,
    String month,
    long reserved,
    long used,
    long released) {}
