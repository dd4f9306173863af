package org.tidegate.ledger.embedded;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hyperledger.fabric.shim.ChaincodeBase;
import org.hyperledger.fabric.shim.ChaincodeStub;
import org.hyperledger.fabric.shim.ledger.KeyValue;
import org.hyperledger.fabric.shim.ledger.QueryResultsIterator;

/** A small contract with what ours does not have: events, counters, and bad manners. */
final class CounterContract extends ChaincodeBase {
  private static final AtomicInteger DIFFERENT = new AtomicInteger();

  @Override
  public Response init(ChaincodeStub stub) {
    return newSuccessResponse();
  }

  @Override
  public Response invoke(ChaincodeStub stub) {
    List<String> arguments = stub.getStringArgs();
    String key = arguments.size() > 1 ? arguments.get(1) : "";
    return switch (arguments.getFirst()) {
      case "put" -> {
        stub.putState(key, bytes(arguments.get(2)));
        stub.setEvent("put", bytes(key));
        yield newSuccessResponse(bytes("put " + key));
      }
      case "get" -> {
        byte[] value = stub.getState(key);
        yield value.length == 0 ? newErrorResponse("no " + key) : newSuccessResponse(value);
      }
      case "increment" -> {
        byte[] value = stub.getState(key);
        int count = value.length == 0 ? 0 : Integer.parseInt(text(value));
        stub.putState(key, bytes(Integer.toString(count + 1)));
        yield newSuccessResponse(bytes(Integer.toString(count + 1)));
      }
      case "countRange" -> {
        int count = 0;
        QueryResultsIterator<KeyValue> range = stub.getStateByRange(key, arguments.get(2));
        for (KeyValue ignored : range) {
          count++;
        }
        stub.putState(arguments.get(3), bytes(Integer.toString(count)));
        yield newSuccessResponse(bytes(Integer.toString(count)));
      }
      case "first" -> {
        QueryResultsIterator<KeyValue> range = stub.getStateByRange(key, arguments.get(2));
        String first = range.iterator().next().getKey();
        stub.putState(arguments.get(3), bytes(first));
        yield newSuccessResponse(bytes(first));
      }
      case "differ" -> {
        stub.putState(key, bytes(Integer.toString(DIFFERENT.incrementAndGet())));
        yield newSuccessResponse();
      }
      case "crash" -> throw new IllegalStateException("on purpose");
      default -> newErrorResponse("unknown function " + arguments.getFirst());
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
