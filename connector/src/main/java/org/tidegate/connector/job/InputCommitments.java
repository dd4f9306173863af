package org.tidegate.connector.job;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;

/**
 * Salted commitments to a node's inputs, one a leg, and to the seed of its randomness, last. In a
 * dispute the node hands salts and seed to the auditor, who replays its side.
 *
 * @param digests the commitments
 * @param opening JSON with salts and seed; secret
 */
public record InputCommitments(List<Digest> digests, String opening) {
  private static final int SALT_BYTES = 32;

  /** Copies. */
  public InputCommitments {
    digests = List.copyOf(digests);
  }

  /** Commits. */
  public static InputCommitments of(
      List<? extends LegInputs> legs, byte[] seed, SecureRandom random) {
    List<Digest> digests = new ArrayList<>();
    List<String> salts = new ArrayList<>();
    for (LegInputs leg : legs) {
      byte[] salt = salt(random);
      digests.add(leg.commitment(salt));
      salts.add(HexFormat.of().formatHex(salt));
    }
    byte[] salt = salt(random);
    salts.add(HexFormat.of().formatHex(salt));
    digests.add(
        Digest.of("tidegate.commitment.seed/1".getBytes(StandardCharsets.US_ASCII), salt, seed));
    String opening =
        CanonicalJson.encodeText(
            JsonObject.builder()
                .put("type", "tidegate.opening/1")
                .put("salts", salts)
                .put("seed", HexFormat.of().formatHex(seed))
                .build());
    return new InputCommitments(digests, opening);
  }

  private static byte[] salt(SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return salt;
  }

  /** Never the opening. */
  @Override
  public String toString() {
    return "InputCommitments" + digests;
  }
}
