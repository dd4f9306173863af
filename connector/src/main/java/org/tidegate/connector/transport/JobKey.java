package org.tidegate.connector.transport;

import org.tidegate.ledger.records.Digest;

/**
 * What both ends of every lane of a job must agree on before the first frame.
 *
 * @param jobId digest of the signed proposal
 * @param planDigest digest of the plan each side derived for itself
 * @param parametersDigest digest of the protocol's agreed parameters
 */
public record JobKey(Digest jobId, Digest planDigest, Digest parametersDigest) {}
