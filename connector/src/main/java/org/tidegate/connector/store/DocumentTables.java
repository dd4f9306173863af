package org.tidegate.connector.store;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.SaltedText;

/** Full descriptions of products and full terms of grants; the ledger has their digests. */
public final class DocumentTables {
  private final Jdbi jdbi;
  private final InstantSource clock;

  /**
   * One version of a product.
   *
   * @param owner who offers it
   * @param name its name with the owner
   * @param version 1, 2, …
   * @param digest digest of {@code body} as it stands on the ledger
   * @param body its full description, JSON text
   */
  public record ProductText(String owner, String name, int version, Digest digest, String body) {}

  /**
   * @param clock for the time of keeping
   */
  public DocumentTables(NodeDatabase database, InstantSource clock) {
    this.jdbi = database.jdbi();
    this.clock = clock;
  }

  /** Keeps a version of a product; a version that is there stays as it is. */
  public void keepProduct(ProductText product) {
    jdbi.useTransaction(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO products (owner, name, version, digest, body, kept_at)
                SELECT :owner, :name, :version, :digest, :body, :now
                WHERE NOT EXISTS (SELECT 1 FROM products
                  WHERE owner = :owner AND name = :name AND version = :version)
                """)
            .bind("owner", product.owner())
            .bind("name", product.name())
            .bind("version", product.version())
            .bind("digest", product.digest().toString())
            .bind("body", product.body())
            .bind("now", clock.instant().toEpochMilli())
            .execute());
  }

  /**
   * Where a version of an own product has its rows.
   *
   * @param name the product
   * @param version its version
   * @param file the file, or empty where a view says it
   * @param view a SELECT over files, or empty where a file says it
   * @param baseDir what relative names resolve against
   */
  public record SourceText(
      String name, int version, Optional<String> file, Optional<String> view, String baseDir) {}

  /** Keeps where an own product has its rows. Publishing the same version again may move them. */
  public void keepSource(SourceText source) {
    jdbi.useTransaction(handle -> {
      handle
          .createUpdate("DELETE FROM product_sources WHERE name = :name AND version = :version")
          .bind("name", source.name())
          .bind("version", source.version())
          .execute();
      handle
          .createUpdate(
              """
              INSERT INTO product_sources (name, version, file_name, view_sql, base_dir)
              VALUES (:name, :version, :file, :view, :base)
              """)
          .bind("name", source.name())
          .bind("version", source.version())
          .bind("file", source.file().orElse(null))
          .bind("view", source.view().orElse(null))
          .bind("base", source.baseDir())
          .execute();
    });
  }

  /** Where an own product has its rows, or empty. */
  public Optional<SourceText> source(String name, int version) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT * FROM product_sources WHERE name = :name AND version = :version")
            .bind("name", name)
            .bind("version", version)
            .map((row, context) ->
                new SourceText(
                    row.getString("name"),
                    row.getInt("version"),
                    Optional.ofNullable(row.getString("file_name")),
                    Optional.ofNullable(row.getString("view_sql")),
                    row.getString("base_dir")))
            .findOne());
  }

  /** A version of a product, or empty. */
  public Optional<ProductText> product(String owner, String name, int version) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT * FROM products WHERE owner = :owner AND name = :name AND version ="
                    + " :version")
            .bind("owner", owner)
            .bind("name", name)
            .bind("version", version)
            .map((row, context) ->
                new ProductText(
                    row.getString("owner"),
                    row.getString("name"),
                    row.getInt("version"),
                    Digest.parse(row.getString("digest")),
                    row.getString("body")))
            .findOne());
  }

  /** The newest version kept of each product of an owner, by name. */
  public List<ProductText> productsOf(String owner) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT p.* FROM products p
                WHERE p.owner = :owner AND p.version =
                  (SELECT MAX(q.version) FROM products q
                   WHERE q.owner = p.owner AND q.name = p.name)
                ORDER BY p.name
                """)
            .bind("owner", owner)
            .map((row, context) ->
                new ProductText(
                    row.getString("owner"),
                    row.getString("name"),
                    row.getInt("version"),
                    Digest.parse(row.getString("digest")),
                    row.getString("body")))
            .list());
  }

  /**
   * Keeps a grant's full terms; terms that are there stay as they are.
   *
   * @param digest digest of the grant as it stands on the ledger
   * @param body the terms, JSON text
   */
  public void keepGrant(String grantId, Digest digest, String body) {
    jdbi.useTransaction(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO grants (grant_id, digest, body, kept_at)
                SELECT :id, :digest, :body, :now
                WHERE NOT EXISTS (SELECT 1 FROM grants WHERE grant_id = :id)
                """)
            .bind("id", grantId)
            .bind("digest", digest.toString())
            .bind("body", body)
            .bind("now", clock.instant().toEpochMilli())
            .execute());
  }

  /** A grant's full terms, or empty. */
  public Optional<String> grant(String grantId) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT body FROM grants WHERE grant_id = :id")
            .bind("id", grantId)
            .mapTo(String.class)
            .findOne());
  }

  /** Keeps a text whose digest is on the ledger; a text that is there stays as it is. */
  public void keepNote(SaltedText note) {
    jdbi.useTransaction(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO notes (digest, body, kept_at)
                SELECT :digest, :body, :now
                WHERE NOT EXISTS (SELECT 1 FROM notes WHERE digest = :digest)
                """)
            .bind("digest", note.digest().toString())
            .bind("body", CanonicalJson.encodeText(note.toJson()))
            .bind("now", clock.instant().toEpochMilli())
            .execute());
  }

  /** The text with that digest, or empty where this node never had it. */
  public Optional<SaltedText> note(Digest digest) {
    return jdbi.withHandle(handle ->
            handle
                .createQuery("SELECT body FROM notes WHERE digest = :digest")
                .bind("digest", digest.toString())
                .mapTo(String.class)
                .findOne())
        .map(body -> SaltedText.fromJson(CanonicalJson.decodeText(body)));
  }
}
