package org.tidegate.connector.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.tidegate.connector.catalog.YamlProblem;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The grants of a space on one machine, by the participant that gives them. */
final class LocalGrants {
  /** More uses than anybody counts, in a space that is for trying things out. */
  private static final int MANY = 1_000_000;

  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, ArrayNode> byOwner = new TreeMap<>();

  private LocalGrants() {}

  /** Every column of every table, for every operation, to everybody, with minimum group 1. */
  static LocalGrants everything(LocalData data) {
    LocalGrants grants = new LocalGrants();
    List<String> everybody = data.participants().stream().map(LocalData.Participant::name).toList();
    for (LocalData.Participant owner : data.participants()) {
      for (LocalData.Table table : owner.tables()) {
        ObjectNode grant = grants.of(owner.name()).addObject();
        grant.put("id", owner.name() + "." + table.name().toLowerCase(Locale.ROOT));
        grant.put("product", table.name());
        grant.put("columns", "everything");
        grant.put("purpose", "any");
        ArrayNode recipients = grant.putArray("recipients");
        everybody.forEach(recipients::add);
        grant.put("count", MANY);
        grant.put("minimumGroup", 1);
      }
    }
    return grants;
  }

  /**
   * Reads a file of grants; each names its product as {@code owner.table}, which says whose grant
   * it is.
   *
   * @throws CommandException saying which entry does not fit, and how
   */
  static LocalGrants load(Path file) throws IOException {
    JsonNode root;
    try {
      root = new YAMLMapper().readTree(TextFile.read(file));
    } catch (JacksonException e) {
      throw bad(file, "is not YAML: " + YamlProblem.of(e));
    }
    JsonNode list = root == null ? JSON.missingNode() : root.path("grants");
    if (!list.isArray()) {
      throw bad(file, "has no list 'grants'");
    }
    LocalGrants grants = new LocalGrants();
    int position = 0;
    for (JsonNode entry : list) {
      position++;
      String product = entry.path("product").asString("");
      int dot = product.indexOf('.');
      if (!(entry instanceof ObjectNode object) || dot <= 0 || dot == product.length() - 1) {
        throw bad(
            file, "names no product of the form owner.table in entry " + position + " of 'grants'");
      }
      ObjectNode own = object.deepCopy();
      own.put("product", product.substring(dot + 1));
      grants.of(product.substring(0, dot)).add(own);
    }
    return grants;
  }

  /** The participants that give grants. */
  Iterable<String> owners() {
    return byOwner.keySet();
  }

  /** What the owner's node is to be given; JSON, which is YAML. Empty if there is nothing. */
  String yaml(String owner) {
    ArrayNode own = byOwner.get(owner);
    if (own == null) {
      return "";
    }
    ObjectNode root = JSON.createObjectNode();
    root.set("grants", own);
    return JSON.writeValueAsString(root);
  }

  private ArrayNode of(String owner) {
    return byOwner.computeIfAbsent(owner, name -> JSON.createArrayNode());
  }

  private static CommandException bad(Path file, String what) {
    return new CommandException(
        Exit.USAGE, "cli.grants", file + " " + what + "; see docs/guide for the form of grants");
  }
}
