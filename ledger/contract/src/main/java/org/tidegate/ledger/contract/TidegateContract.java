package org.tidegate.ledger.contract;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hyperledger.fabric.shim.ChaincodeBase;
import org.hyperledger.fabric.shim.ChaincodeStub;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.RecordException;

/**
 * The contract as Fabric chaincode: a plain dispatcher from function name to handler. Arguments are
 * the function's name and one canonical JSON object; the answer is canonical JSON; a refusal is an
 * error response whose message is {@code {"code":...,"message":...}}. Stateless, safe for any
 * number of threads.
 */
public final class TidegateContract extends ChaincodeBase {
  /** The name it is deployed under. */
  public static final String NAME = "tidegate";

  private static final int MAX_ARGUMENT_BYTES = 2 << 20;

  private final Map<String, Handler> handlers = new HashMap<>();
  private final Set<String> queries = new TreeSet<>();

  /**
   * @param authorityPin SHA-256 of the DER of the space authority's certificate, as this peer's own
   *     configuration pins it: then no space statement of another authority is endorsed here. Empty
   *     where the peer has no such configuration; the audit checks the authority in any case
   */
  public TidegateContract(Optional<Digest> authorityPin) {
    new SpaceFunctions(authorityPin).addTo(this);
    new StandingFunctions().addTo(this);
    new GradeFunctions().addTo(this);
    new GrantFunctions().addTo(this);
    new TicketFunctions().addTo(this);
    new ReserveFunction().addTo(this);
    new JobFunctions().addTo(this);
    new DisputeFunctions().addTo(this);
    new DemandFunctions().addTo(this);
  }

  void add(String function, Handler handler) {
    handlers.put(function, handler);
  }

  void addQuery(String function, Handler handler) {
    handlers.put(function, handler);
    queries.add(function);
  }

  /** The functions that never write. */
  public Set<String> queries() {
    return Set.copyOf(queries);
  }

  @Override
  public Response init(ChaincodeStub stub) {
    return newSuccessResponse();
  }

  @Override
  public Response invoke(ChaincodeStub stub) {
    try {
      List<byte[]> arguments = stub.getArgs();
      if (arguments.size() != 2) {
        throw new Refusal(
            LedgerCodes.BAD_REQUEST,
            "got " + arguments.size() + " arguments; expected a function name and canonical JSON");
      }
      String function = new String(arguments.get(0), java.nio.charset.StandardCharsets.UTF_8);
      Handler handler = handlers.get(function);
      if (handler == null) {
        throw new Refusal(
            LedgerCodes.BAD_REQUEST,
            "no function '" + function + "'; known are " + new TreeSet<>(handlers.keySet()));
      }
      JsonObject request = CanonicalJson.decode(arguments.get(1), MAX_ARGUMENT_BYTES);
      return newSuccessResponse(CanonicalJson.encode(handler.handle(new Call(stub), request)));
    } catch (Refusal refusal) {
      return newErrorResponse(refusal.toResponse());
    } catch (RecordException e) {
      return newErrorResponse(
          new Refusal(LedgerCodes.BAD_REQUEST, String.valueOf(e.getMessage())).toResponse());
    }
  }
}
