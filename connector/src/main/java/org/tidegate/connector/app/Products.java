package org.tidegate.connector.app;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidegate.connector.catalog.Catalog;
import org.tidegate.connector.catalog.CatalogException;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.catalog.ProductFile;
import org.tidegate.connector.job.JobException;
import org.tidegate.connector.job.ProductRef;
import org.tidegate.connector.rpc.JobEndpoint;
import org.tidegate.connector.rpc.RemotePeers;
import org.tidegate.connector.source.ProductCheck;
import org.tidegate.connector.source.ProductInference;
import org.tidegate.connector.source.ProductSource;
import org.tidegate.connector.source.SourceLimits;
import org.tidegate.connector.store.DocumentTables;
import org.tidegate.ledger.client.LedgerClient;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Page;
import org.tidegate.ledger.records.RecordException;
import org.tidegate.proto.job.v1.ProductText;

/**
 * The space's products as this node knows them. Which versions there are, and their digests, is
 * what the ledger says; a description comes from its owner's node and is believed when its digest
 * is the ledger's.
 */
final class Products {
  private static final Logger log = LoggerFactory.getLogger(Products.class);

  private final String self;
  private final LedgerClient ledger;
  private final DocumentTables tables;
  private final RemotePeers peers;
  private final SourceLimits limits;
  private final InstantSource clock;

  Products(
      String self,
      LedgerClient ledger,
      DocumentTables tables,
      RemotePeers peers,
      SourceLimits limits,
      InstantSource clock) {
    this.self = self;
    this.ledger = ledger;
    this.tables = tables;
    this.peers = peers;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Checks a product's rows and offers it. Publishing what stands there changes nothing; another
   * description or number of rows becomes the next version.
   *
   * @param yaml its description; with name and file only, types are taken from the file
   */
  synchronized Product publish(String yaml, Path baseDir) {
    ProductFile description = describe(yaml, baseDir);
    Optional<org.tidegate.ledger.records.Product> present =
        ledger.product(self, description.product().name());
    int version = present.map(org.tidegate.ledger.records.Product::version).orElse(1);
    ProductSource checked = ProductCheck.check(withVersion(description, version), limits);
    if (present.isPresent() && !present.get().digest().equals(checked.product().digest())) {
      ProductFile next = withVersion(checked.description(), version + 1);
      checked = new ProductSource(next);
    }
    Product product = checked.product();
    keep(checked);
    if (present.isEmpty() || present.get().version() != product.version()) {
      ledger.putProduct(
          new org.tidegate.ledger.records.Product(
              self,
              product.name(),
              product.version(),
              product.digest(),
              product.columnNames(),
              clock.instant(),
              product.classification()));
    }
    return product;
  }

  private ProductFile describe(String yaml, Path baseDir) {
    try {
      return ProductFile.parse(self, yaml, "the product description", baseDir);
    } catch (CatalogException e) {
      Optional<BareProduct> bare = BareProduct.parse(yaml);
      if (bare.isEmpty()) {
        throw e;
      }
      return ProductInference.infer(
          self, bare.get().name(), baseDir.resolve(bare.get().file()).normalize(), limits);
    }
  }

  private static ProductFile withVersion(ProductFile file, int version) {
    Product p = file.product();
    return new ProductFile(
        new Product(
            p.owner(),
            p.name(),
            version,
            p.columns(),
            p.keys(),
            p.subject(),
            p.rows(),
            p.description()),
        file.file(),
        file.view(),
        file.baseDir());
  }

  private void keep(ProductSource source) {
    Product product = source.product();
    ProductFile file = source.description();
    // The description first: what stands on the ledger can always be handed out.
    tables.keepProduct(
        new DocumentTables.ProductText(
            self,
            product.name(),
            product.version(),
            product.digest(),
            CanonicalJson.encodeText(product.toJson())));
    tables.keepSource(
        new DocumentTables.SourceText(
            product.name(),
            product.version(),
            Optional.ofNullable(file.file()).map(Path::toString),
            Optional.ofNullable(file.view()),
            file.baseDir().toString()));
  }

  /**
   * An own product with its rows.
   *
   * @throws JobException refused: this version is not, or no longer, there
   */
  ProductSource source(String name, Digest digest) {
    Product product =
        own(name)
            .filter(candidate -> candidate.digest().equals(digest))
            .orElseThrow(() ->
                JobException.refused(
                    "catalog.mismatch",
                    self + " does not offer this version of " + self + "." + name + " any more"));
    DocumentTables.SourceText source =
        tables
            .source(product.name(), product.version())
            .orElseThrow(() ->
                JobException.refused(
                    "catalog.mismatch", self + " has no rows for " + product.qualifiedName()));
    return new ProductSource(
        new ProductFile(
            product,
            source.file().map(Path::of).orElse(null),
            source.view().orElse(null),
            Path.of(source.baseDir())));
  }

  /** The newest published version of an own product, or empty. */
  Optional<Product> newest(String name) {
    return own(name);
  }

  private Optional<Product> own(String name) {
    return tables.productsOf(self).stream()
        .filter(text -> text.name().equals(name))
        .findFirst()
        .map(Products::read);
  }

  /** What this node tells its peers. */
  List<ProductText> offered() {
    return tables.productsOf(self).stream()
        .map(text ->
            JobEndpoint.product(
                text.name(),
                text.version(),
                text.body().getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .toList();
  }

  /** The newest version of every product whose owner's node has ever told its description. */
  Catalog catalog() {
    List<Product> products = new ArrayList<>();
    for (org.tidegate.ledger.records.Product record : listed()) {
      find(record).ifPresent(products::add);
    }
    return Catalog.of(products);
  }

  /**
   * Exactly these versions.
   *
   * @throws JobException refused: one is not the newest on the ledger, or not known here
   */
  Catalog catalog(List<ProductRef> wanted) {
    List<Product> products = new ArrayList<>();
    for (ProductRef ref : wanted) {
      org.tidegate.ledger.records.Product record =
          ledger
              .product(ref.owner(), ref.name())
              .filter(
                  found -> found.version() == ref.version() && found.digest().equals(ref.digest()))
              .orElseThrow(() ->
                  JobException.refused(
                      "catalog.mismatch",
                      "version "
                          + ref.version()
                          + " of "
                          + ref.owner()
                          + "."
                          + ref.name()
                          + " in the proposal is not the one on the ledger"));
      products.add(
          find(record)
              .orElseThrow(() ->
                  JobException.refused(
                      "catalog.mismatch",
                      self + " could not fetch " + ref.owner() + "." + ref.name())));
    }
    return Catalog.of(products);
  }

  private List<org.tidegate.ledger.records.Product> listed() {
    List<org.tidegate.ledger.records.Product> records = new ArrayList<>();
    String after = "";
    do {
      Page<org.tidegate.ledger.records.Product> page = ledger.products(after, Page.MAX_LIMIT);
      records.addAll(page.entries());
      after = page.next();
    } while (!after.isEmpty());
    return records;
  }

  private Optional<Product> find(org.tidegate.ledger.records.Product record) {
    Optional<Product> kept = kept(record);
    if (kept.isEmpty() && !record.owner().equals(self)) {
      fetch(record.owner());
      return kept(record);
    }
    return kept;
  }

  private Optional<Product> kept(org.tidegate.ledger.records.Product record) {
    return tables
        .product(record.owner(), record.name(), record.version())
        .filter(text -> text.digest().equals(record.digest()))
        .map(Products::read);
  }

  private void fetch(String owner) {
    List<ProductText> texts;
    try {
      texts = peers.products(owner);
    } catch (JobException e) {
      log.info("the products of {} are not known yet: {}", owner, e.getMessage());
      return;
    }
    for (ProductText text : texts) {
      try {
        keepVerified(owner, text);
      } catch (RecordException | CatalogException e) {
        log.warn("{} told a malformed product: {}", owner, e.getMessage());
      }
    }
  }

  private void keepVerified(String owner, ProductText text) {
    Product product = Product.fromJson(CanonicalJson.decode(text.getDescription().toByteArray()));
    boolean listed =
        product.owner().equals(owner)
            && ledger
                .product(owner, product.name())
                .map(record ->
                    record.version() == product.version()
                        && record.digest().equals(product.digest()))
                .orElse(false);
    if (!listed) {
      log.warn(
          "{} told a description of {} that is not the one on the ledger",
          owner,
          product.qualifiedName());
      return;
    }
    tables.keepProduct(
        new DocumentTables.ProductText(
            owner,
            product.name(),
            product.version(),
            product.digest(),
            CanonicalJson.encodeText(product.toJson())));
  }

  private static Product read(DocumentTables.ProductText text) {
    return Product.fromJson(CanonicalJson.decodeText(text.body()));
  }
}
