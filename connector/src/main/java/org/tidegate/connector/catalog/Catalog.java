package org.tidegate.connector.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The products of a space, by {@code participant.table}. */
public final class Catalog {
  private final List<Product> products;

  private Catalog(List<Product> products) {
    this.products = products;
  }

  /** A catalogue of these products, one version of each. */
  public static Catalog of(Collection<Product> products) {
    return new Catalog(List.copyOf(products));
  }

  /** The product that SQL means, whatever the case of its name. */
  public Optional<Product> find(String participant, String table) {
    return products.stream()
        .filter(product -> product.owner().equalsIgnoreCase(participant))
        .filter(product -> product.name().equalsIgnoreCase(table))
        .findFirst();
  }

  /** All products. */
  public List<Product> products() {
    return products;
  }

  /** All names, as {@code participant.table}, for hints. */
  public List<String> names() {
    return products.stream().map(Product::qualifiedName).toList();
  }
}
