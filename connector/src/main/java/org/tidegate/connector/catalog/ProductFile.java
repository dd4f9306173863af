package org.tidegate.connector.catalog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A product's description as its owner writes it, in YAML:
 *
 * <pre>
 * name: filings
 * version: 1
 * file: filings.csv        # or: sql: SELECT … FROM read_parquet('…')
 * description: Yearly filings, one row a company
 * columns:
 *   - {name: uscc, type: VARCHAR, nullable: false, class: public.identity, grade: general}
 *   - {name: vat_paid, type: "DECIMAL(18,2)", class: tax.amount, grade: important}
 * key: [uscc]             # these columns together are unique
 * unique: [[licence]]     # so are these
 * subject: [uscc]
 * </pre>
 *
 * @param product what the space sees; its rows are not counted yet
 * @param file where the rows lie, absolute, or null where a view says it
 * @param view a SELECT over files, or null where a file says it
 * @param baseDir what relative names resolve against
 */
public record ProductFile(
    Product product, @Nullable Path file, @Nullable String view, Path baseDir) {
  private static final long MAX_BYTES = 1 << 20;
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  /**
   * Reads a description.
   *
   * @param owner whose product it is
   * @throws CatalogException saying what is wrong, in which line
   */
  public static ProductFile load(String owner, Path yaml) {
    try {
      if (Files.size(yaml) > MAX_BYTES) {
        throw new CatalogException(yaml + " is larger than 1 MiB; is it a product description?");
      }
      Path directory = yaml.toAbsolutePath().getParent();
      return parse(
          owner,
          Files.readString(yaml, StandardCharsets.UTF_8),
          yaml.toString(),
          directory == null ? Path.of("/") : directory);
    } catch (IOException e) {
      throw new CatalogException(
          "cannot read " + yaml + ": " + (Files.exists(yaml) ? e.getMessage() : "no such file"), e);
    }
  }

  /**
   * Parses a description.
   *
   * @param where how messages name the text
   * @param baseDir what a relative {@code file} resolves against
   */
  public static ProductFile parse(String owner, String text, String where, Path baseDir) {
    try {
      Yaml yaml = YAML.readValue(text, Yaml.class);
      if (yaml == null) {
        throw new CatalogException(where + " is empty");
      }
      return yaml.toFile(owner, where, baseDir);
    } catch (UnrecognizedPropertyException e) {
      throw new CatalogException(
          where
              + line(text, e)
              + ": unknown key '"
              + e.getPropertyName()
              + "'"
              + Names.hint(
                  e.getPropertyName(),
                  e.getKnownPropertyIds().stream().map(String::valueOf).toList()),
          e);
    } catch (JacksonException e) {
      throw new CatalogException(where + ": " + YamlProblem.of(e), e);
    } catch (CatalogException e) {
      String message = String.valueOf(e.getMessage());
      throw message.startsWith(where) ? e : new CatalogException(where + ": " + message, e);
    } catch (RuntimeException e) {
      throw new CatalogException(where + ": " + e.getMessage(), e);
    }
  }

  private static String line(String text, JacksonException e) {
    int line = e.getLocation() == null ? -1 : e.getLocation().getLineNr();
    if (line < 1 && e instanceof UnrecognizedPropertyException unknown) {
      // Records are built once all their keys are read: the place is gone by then.
      Matcher key =
          Pattern.compile(
                  "(?m)(^|[{,])[ \\t-]*" + Pattern.quote(unknown.getPropertyName()) + "\\s*:")
              .matcher(text);
      line = key.find() ? (int) text.substring(0, key.end()).lines().count() : line;
    }
    return line < 1 ? "" : ", line " + line;
  }

  /** The file's shape. */
  private record Yaml(
      @Nullable String name,
      @Nullable Integer version,
      @Nullable String file,
      @Nullable String sql,
      @Nullable String description,
      @Nullable List<YamlColumn> columns,
      @Nullable List<String> key,
      @Nullable List<List<String>> unique,
      @Nullable List<String> subject) {
    @JsonCreator
    Yaml {}

    ProductFile toFile(String owner, String where, Path baseDir) {
      if (name == null || columns == null) {
        throw new CatalogException(
            where + ": '" + (name == null ? "name" : "columns") + "' is missing");
      }
      if ((file == null) == (sql == null)) {
        throw new CatalogException(where + ": expected either 'file' or 'sql'");
      }
      Product product =
          new Product(
              owner,
              name,
              version == null ? 1 : version,
              columns.stream().map(column -> column.toColumn(where)).toList(),
              keys(),
              subject == null ? List.of() : subject,
              0,
              description == null ? "" : description);
      return new ProductFile(
          product, file == null ? null : baseDir.resolve(file).normalize(), sql, baseDir);
    }

    private List<List<String>> keys() {
      List<List<String>> keys = new ArrayList<>();
      if (key != null) {
        keys.add(key);
      }
      if (unique != null) {
        keys.addAll(unique);
      }
      return keys;
    }
  }

  private record YamlColumn(
      @Nullable String name,
      @Nullable String type,
      @Nullable Boolean nullable,
      @JsonProperty("class") @Nullable String dataClass,
      @Nullable String grade) {
    @JsonCreator
    YamlColumn {}

    Column toColumn(String where) {
      if (name == null || type == null) {
        throw new CatalogException(where + ": every column needs 'name' and 'type'");
      }
      return new Column(
          name,
          type.strip().replaceAll("\\s*,\\s*", ","),
          nullable == null || nullable,
          dataClass == null ? "" : dataClass,
          grade == null ? Grade.GENERAL : Grade.parse(grade));
    }
  }
}
