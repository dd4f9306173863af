package org.tidegate.connector.app;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.tidegate.connector.rpc.AdminException;
import org.tidegate.ledger.records.JsonObject;

/** What the institution's people ask about the ledger's other records, by the function's name. */
final class RecordDesk {
  private final Map<String, UnaryOperator<JsonObject>> functions = new HashMap<>();

  /** A group of functions. */
  interface Part {
    /** Adds its functions. */
    void addTo(RecordDesk desk);
  }

  /**
   * Adds a group of functions.
   *
   * @return this, for chaining
   */
  RecordDesk with(Part part) {
    part.addTo(this);
    return this;
  }

  void add(String name, UnaryOperator<JsonObject> function) {
    functions.put(name, function);
  }

  /** Answers. */
  JsonObject answer(String name, JsonObject request) {
    UnaryOperator<JsonObject> function = functions.get(name);
    if (function == null) {
      throw new AdminException(
          AdminException.Kind.BAD_INPUT,
          "input.function",
          "this node knows no function '"
              + name
              + "'; it knows "
              + new TreeSet<>(functions.keySet())
              + ". Is the command of a newer version than the node?",
          null);
    }
    return function.apply(request);
  }
}
