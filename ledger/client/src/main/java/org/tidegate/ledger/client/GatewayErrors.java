package org.tidegate.ledger.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.RecordException;

/** Turns what the Gateway SDK throws into {@link LedgerException}. */
final class GatewayErrors {
  /** How a peer's error begins where the contract ran and answered; another is the peer's own. */
  private static final String CONTRACT_ANSWERED = "chaincode response";

  private static final String TOO_FEW = "failed to collect enough transaction endorsements";

  private GatewayErrors() {}

  /**
   * The contract's refusal, which stands as {@code {"code":...,"message":...}} at the end of a
   * detail or of the status text, or empty where the failure is none.
   */
  static Optional<LedgerException> refusal(GatewayException e) {
    for (String text : texts(e)) {
      int at = text.indexOf("{\"code\":\"");
      if (at < 0) {
        continue;
      }
      try {
        JsonObject refusal =
            CanonicalJson.decodeText(text.substring(at, text.lastIndexOf('}') + 1));
        String code = refusal.string("code");
        return Optional.of(
            new LedgerException(
                code, refusal.string("message"), code.equals(LedgerCodes.GRANT_TICKET), e));
      } catch (RecordException notOurs) {
        // Some other error text with a brace in it: not a refusal.
        continue;
      }
    }
    return Optional.empty();
  }

  /** The organisations whose peers failed, as far as the gateway names them. */
  static Set<String> failedOrganisations(GatewayException e) {
    Set<String> failed = new TreeSet<>();
    for (ErrorDetail detail : e.getDetails()) {
      failed.add(detail.getMspId());
    }
    return failed;
  }

  /** Whether endorsers answered differently: some of them have not seen the last block yet. */
  static boolean outOfStep(GatewayException e) {
    return texts(e).stream()
        .anyMatch(text -> text.contains("ProposalResponsePayloads do not match"));
  }

  /** Whether peers could not be reached, so that others may do. */
  static boolean unreachable(GatewayException e) {
    return switch (e.getStatus().getCode()) {
      case UNAVAILABLE, FAILED_PRECONDITION -> true;
      // A peer whose contract service has just died says UNKNOWN to a query.
      case ABORTED, UNKNOWN -> !contractAnswered(e) && !outOfStep(e);
      default -> false;
    };
  }

  private static boolean contractAnswered(GatewayException e) {
    return refusal(e).isPresent()
        || texts(e).stream().anyMatch(text -> text.contains(CONTRACT_ANSWERED));
  }

  /** The failure of a step after which nothing can have been written. */
  static LedgerException failed(String what, GatewayException e) {
    String text = what + ": " + describe(e);
    if (unreachable(e)) {
      return new LedgerException(
          LedgerCodes.UNREACHABLE,
          text + "; check that the nodes are running and try again",
          true,
          e);
    }
    if (outOfStep(e)) {
      return new LedgerException(
          LedgerCodes.TIMEOUT,
          text + "; a node has not caught up with the others, try again later",
          true,
          e);
    }
    return switch (e.getStatus().getCode()) {
      case DEADLINE_EXCEEDED, CANCELLED ->
          new LedgerException(
              LedgerCodes.TIMEOUT, text + "; nothing was written, try again", true, e);
      default -> new LedgerException(LedgerCodes.FAILED, text, false, e);
    };
  }

  /** Status and details in one line. */
  static String describe(GatewayException e) {
    List<String> parts = new ArrayList<>();
    String told = String.valueOf(e.getStatus().getDescription());
    // The gateway's words point at details that its own tools would show; ours stand behind.
    parts.add(
        told.contains(TOO_FEW)
            ? "too few of the members' nodes answered"
            : e.getStatus().getCode() + " " + told);
    for (ErrorDetail detail : e.getDetails()) {
      parts.add(detail.getMspId() + " (" + detail.getAddress() + "): " + detail.getMessage());
    }
    return String.join("; ", parts);
  }

  private static List<String> texts(GatewayException e) {
    List<String> texts = new ArrayList<>();
    for (ErrorDetail detail : e.getDetails()) {
      texts.add(detail.getMessage());
    }
    texts.add(String.valueOf(e.getStatus().getDescription()));
    return texts;
  }
}
