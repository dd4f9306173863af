package org.tidegate.connector.rpc;

import com.google.protobuf.ByteString;
import java.util.HexFormat;
import java.util.function.Function;
import org.tidegate.connector.job.JobException;
import org.tidegate.connector.job.JobOutcome;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.CanonicalRecord;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Outcome;
import org.tidegate.ledger.records.RecordException;
import org.tidegate.ledger.records.Signed;
import org.tidegate.proto.job.v1.Refusal;

/** Between records and job messages. */
final class JobWire {
  private static final int DIGEST_BYTES = 32;
  private static final int MAX_MESSAGE = 2_000;

  private JobWire() {}

  static <T extends CanonicalRecord> org.tidegate.proto.job.v1.Signed toWire(Signed<T> signed) {
    return org.tidegate.proto.job.v1.Signed.newBuilder()
        .setBody(ByteString.copyFrom(signed.body().canonicalBytes()))
        .setSignature(ByteString.copyFrom(HexFormat.of().parseHex(signed.signature())))
        .build();
  }

  /**
   * Reads a signed record.
   *
   * @throws RecordException if it is malformed
   */
  static <T extends CanonicalRecord> Signed<T> fromWire(
      org.tidegate.proto.job.v1.Signed wire, Function<JsonObject, T> parse) {
    JsonObject json =
        JsonObject.builder()
            .put("body", CanonicalJson.decode(wire.getBody().toByteArray()))
            .put("signature", HexFormat.of().formatHex(wire.getSignature().toByteArray()))
            .build();
    return Signed.fromJson(json, parse);
  }

  static ByteString toWire(Digest digest) {
    return ByteString.copyFrom(digest.bytes());
  }

  /**
   * Reads a digest.
   *
   * @throws RecordException if it has another length
   */
  static Digest digest(ByteString bytes) {
    if (bytes.size() != DIGEST_BYTES) {
      throw new RecordException("a digest has " + DIGEST_BYTES + " bytes, not " + bytes.size());
    }
    return Digest.ofHash(bytes.toByteArray());
  }

  static Refusal refusal(JobOutcome outcome) {
    return Refusal.newBuilder()
        .setCode(outcome.code())
        .setLine(outcome.line())
        .setColumn(outcome.column())
        .setMessage(outcome.message())
        .build();
  }

  /** A peer's refusal. What it says is shown, shortened, and never interpreted. */
  static JobException refused(String participant, Refusal refusal) {
    String message = printable(refusal.getMessage());
    String code = refusal.getCode().matches("[a-zA-Z.]{1,64}") ? refusal.getCode() : "peer.failed";
    return new JobException(
        new JobOutcome(
            Outcome.REFUSED,
            code,
            Math.max(0, refusal.getLine()),
            Math.max(0, refusal.getColumn()),
            participant + " refuses: " + message),
        null);
  }

  private static String printable(String text) {
    String clean = text.replaceAll("\\p{Cntrl}+", " ");
    return clean.length() <= MAX_MESSAGE ? clean : clean.substring(0, MAX_MESSAGE) + "…";
  }
}
