package org.tidegate.ledger.records;

import java.util.Map;

/**
 * How a job was computed, as a receipt states it: the choices of the plan that decide its security,
 * readable without the plan.
 *
 * @param protocol the protocol's name, such as {@code intersection-sum.ddh-paillier}
 * @param security {@code semi-honest} or {@code malicious}
 * @param parameters its parameters by name, numbers or short texts; at most 32
 */
public record Method(String protocol, String security, JsonObject parameters)
    implements CanonicalRecord {
  private static final int MAX_PARAMETERS = 32;

  /** Checks lengths and kinds. */
  public Method {
    Ids.text("protocol", protocol, 64);
    Ids.text("security", security, 32);
    if (parameters.keys().size() > MAX_PARAMETERS) {
      throw new RecordException("parameters: more than " + MAX_PARAMETERS);
    }
    for (Map.Entry<String, Object> parameter : parameters.fields().entrySet()) {
      Ids.text("parameters", parameter.getKey(), 64);
      switch (parameter.getValue()) {
        case Long number -> {}
        case String text -> Ids.text(parameter.getKey(), text, 64);
        default ->
            throw new RecordException(
                "parameters: '" + parameter.getKey() + "' is neither a number nor a text");
      }
    }
  }

  /** Reads a method. */
  public static Method fromJson(JsonObject json) {
    json.allowOnly("protocol", "security", "parameters");
    return new Method(json.string("protocol"), json.string("security"), json.object("parameters"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("protocol", protocol)
        .put("security", security)
        .put("parameters", parameters)
        .build();
  }
}
