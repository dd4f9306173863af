package org.tidegate.ledger.records;

/** How a job stands closed on the ledger. */
public sealed interface JobEnd extends CanonicalRecord permits Settlement, Release {
  /** The job. */
  Digest jobId();

  /** Reads either. */
  static JobEnd fromJson(JsonObject json) {
    return json.string("type").equals(Release.TYPE)
        ? Release.fromJson(json)
        : Settlement.fromJson(json);
  }
}
