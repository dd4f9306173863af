package org.tidegate.connector.app;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.tidegate.connector.catalog.Names;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.catalog.YamlProblem;
import org.tidegate.connector.rpc.AdminException;
import org.tidegate.ledger.records.ColumnUses;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.Operation;
import org.tidegate.ledger.records.RecordException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Grants as an owner writes them, in YAML:
 *
 * <pre>
 * grants:
 *   - id: tax-2026-bank
 *     product: filings                 # the newest published version
 *     columns: {uscc: [join], vat_paid: [sum, avg]}    # or: all, or: everything
 *     purpose: credit-risk
 *     recipients: [bank]
 *     from: 2026-01-01T00:00:00Z       # by default now
 *     until: 2027-01-01T00:00:00Z      # by default a year later
 *     count: 100
 *     minimumGroup: 10                 # by default that of the configuration
 *     price: {currency: CNY, perUse: 500.00, perRow: 0.01}      # by default none
 *     frequency: {count: 10, per: day}                          # by default as often as wanted
 * </pre>
 */
final class GrantFile {
  /** On every column every operation but {@code match}. */
  private static final String ALL = "all";

  /** On every column every operation. */
  private static final String EVERYTHING = "everything";

  private static final Set<String> KEYS =
      Set.of(
          "id",
          "product",
          "columns",
          "purpose",
          "recipients",
          "from",
          "until",
          "count",
          "minimumGroup",
          "price",
          "frequency",
          "budget");

  private final String owner;
  private final Function<String, Optional<Product>> products;
  private final List<String> members;
  private final long minimumGroup;
  private final Instant now;

  /**
   * @param products the newest published version of an own product
   * @param members of the space: who can be a recipient
   * @param minimumGroup where a grant says none
   */
  GrantFile(
      String owner,
      Function<String, Optional<Product>> products,
      List<String> members,
      long minimumGroup,
      Instant now) {
    this.owner = owner;
    this.products = products;
    this.members = List.copyOf(members);
    this.minimumGroup = minimumGroup;
    this.now = now;
  }

  /**
   * Reads all grants of a file, or none.
   *
   * @throws AdminException naming the entry and key that do not fit
   */
  List<Grant> parse(String yaml) {
    JsonNode root;
    try {
      root = new YAMLMapper().readTree(yaml);
    } catch (JacksonException e) {
      throw bad("the grants are not YAML: " + YamlProblem.of(e));
    }
    JsonNode list = root.path("grants");
    if (!list.isArray() || list.isEmpty()) {
      throw bad("the file has no list 'grants'");
    }
    List<Grant> grants = new ArrayList<>();
    for (JsonNode entry : list) {
      String where = "grant " + (grants.size() + 1);
      try {
        grants.add(grant(entry));
      } catch (RecordException | DateTimeParseException e) {
        throw bad(where + ": " + e.getMessage());
      }
    }
    return grants;
  }

  private Grant grant(JsonNode entry) {
    for (String key : entry.propertyNames()) {
      if (!KEYS.contains(key)) {
        throw new RecordException(
            "unknown key '" + key + "'; expected " + KEYS.stream().sorted().toList());
      }
    }
    String name = text(entry, "product");
    Product product =
        products
            .apply(name)
            .orElseThrow(() ->
                new RecordException(
                    owner + " has published no product '" + name + "'; publish it first"));
    Instant from = time(entry, "from").orElse(now);
    return new Grant(
        text(entry, "id"),
        owner,
        product.name(),
        product.digest(),
        columns(entry.path("columns"), product),
        text(entry, "purpose"),
        recipients(entry),
        from,
        time(entry, "until").orElse(from.plus(Duration.ofDays(365))),
        Math.toIntExact(number(entry, "count", Optional.empty(), Grant.MAX_COUNT)),
        number(entry, "minimumGroup", Optional.of(minimumGroup), 1_000_000_000L),
        GrantFileTerms.of(entry));
  }

  private List<String> recipients(JsonNode entry) {
    List<String> recipients = texts(entry, "recipients");
    for (String recipient : recipients) {
      if (!members.contains(recipient)) {
        throw new RecordException(
            "recipient '"
                + recipient
                + "' is no member of the space"
                + Names.hint(recipient, members)
                + "; members are "
                + members);
      }
    }
    return recipients;
  }

  private static ColumnUses columns(JsonNode columns, Product product) {
    Map<String, Set<Operation>> uses = new TreeMap<>();
    if (columns.isString() && Set.of(ALL, EVERYTHING).contains(columns.asString())) {
      // Whoever allowed all aggregates has not thereby allowed that single rows be matched.
      Set<Operation> operations =
          columns.asString().equals(EVERYTHING)
              ? EnumSet.allOf(Operation.class)
              : EnumSet.complementOf(EnumSet.of(Operation.MATCH));
      product.columnNames().forEach(column -> uses.put(column, operations));
      return ColumnUses.of(uses);
    }
    if (!columns.isObject()) {
      throw new RecordException(
          "'columns' is neither all nor everything nor columns with operations");
    }
    columns
        .properties()
        .forEach(column -> {
          if (!product.columnNames().contains(column.getKey())) {
            throw new RecordException(
                product.qualifiedName()
                    + " has no column '"
                    + column.getKey()
                    + "'; it has "
                    + product.columnNames());
          }
          Set<Operation> operations = EnumSet.noneOf(Operation.class);
          column.getValue().forEach(word -> operations.add(Operation.parse(word.asString())));
          uses.put(column.getKey(), operations);
        });
    return ColumnUses.of(uses);
  }

  private static String text(JsonNode entry, String key) {
    JsonNode value = entry.path(key);
    if (!value.isValueNode() || value.isNull()) {
      throw new RecordException("'" + key + "' is missing");
    }
    return value.asString();
  }

  private static List<String> texts(JsonNode entry, String key) {
    List<String> texts = new ArrayList<>();
    entry.path(key).forEach(value -> texts.add(value.asString()));
    if (texts.isEmpty()) {
      throw new RecordException("'" + key + "' is missing or empty");
    }
    return texts;
  }

  private static Optional<Instant> time(JsonNode entry, String key) {
    JsonNode value = entry.path(key);
    return value.isMissingNode() || value.isNull()
        ? Optional.empty()
        : Optional.of(Instant.parse(value.asString()));
  }

  private static long number(JsonNode entry, String key, Optional<Long> otherwise, long most) {
    JsonNode value = entry.path(key);
    if (value.isMissingNode() && otherwise.isPresent()) {
      return otherwise.get();
    }
    if (!value.isIntegralNumber() || value.asLong() < 1 || value.asLong() > most) {
      throw new RecordException("'" + key + "' is no whole number from 1 to " + most);
    }
    return value.asLong();
  }

  private static AdminException bad(String message) {
    return new AdminException(AdminException.Kind.BAD_INPUT, "grant.file", message, null);
  }
}
