package org.tidegate.connector.app;

import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A description that is a name and a file only; everything else is taken from the file.
 *
 * @param name the product's name
 * @param file where its rows lie
 */
record BareProduct(String name, String file) {
  /** Reads one, or empty if the text says more, or less. */
  static Optional<BareProduct> parse(String yaml) {
    JsonNode root;
    try {
      root = new YAMLMapper().readTree(yaml);
    } catch (JacksonException e) {
      return Optional.empty();
    }
    if (!root.isObject() || !Set.copyOf(root.propertyNames()).equals(Set.of("name", "file"))) {
      return Optional.empty();
    }
    return Optional.of(new BareProduct(root.path("name").asString(), root.path("file").asString()));
  }
}
