package org.tidegate.connector.sql.plan;

/**
 * What to plan with, beside text and catalogue.
 *
 * @param recipient who receives the answer; empty: the owner of the rows asked for, or of the first
 *     table
 * @param security {@code semi-honest}, or {@code malicious}, which is refused for sums
 * @param salt hex of random bytes
 * @param numbers what stands in the proposal
 */
public record PlanRequest(String recipient, String security, String salt, PlanNumbers numbers) {}
