package org.tidegate.ledger.audit;

/**
 * What became of a grant's uses. {@code reserved + used <= limit}; released uses were given back.
 *
 * @param owner who granted
 * @param grant the grant's id, one of the owner's
 * @param limit its count
 * @param reserved uses held by jobs that are open
 * @param used uses of settled jobs
 * @param released uses given back by released jobs
 */
public record GrantBalance(
    String owner, String grant, long limit, long reserved, long used, long released) {}
