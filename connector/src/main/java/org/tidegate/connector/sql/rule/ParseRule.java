package org.tidegate.connector.sql.rule;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.tidegate.connector.sql.text.Position;
import org.tidegate.connector.sql.text.SqlRefusal;

/** Text to syntax tree. */
public final class ParseRule {
  private static final SqlParser.Config CONFIG =
      SqlParser.config()
          // Babel reserves fewer words, so columns may be called value, year or result.
          .withParserFactory(SqlBabelParserImpl.FACTORY)
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withUnquotedCasing(Casing.UNCHANGED)
          .withQuotedCasing(Casing.UNCHANGED)
          .withCaseSensitive(false)
          .withIdentifierMaxLength(256)
          .withConformance(SqlConformanceEnum.LENIENT);

  private static final Pattern ENCOUNTERED = Pattern.compile("Encountered \"([^\"]*)\"");

  private ParseRule() {}

  /**
   * Parses one statement, as {@link TextRule} leaves it.
   *
   * @throws SqlRefusal {@code sql.syntax} with line and column
   */
  public static SqlNode apply(String text) {
    try {
      return SqlParser.create(text, CONFIG).parseStmt();
    } catch (StackOverflowError e) {
      throw new SqlRefusal(
          "sql.syntax", new Position(1, 1), "the statement nests too deep; write it flatter");
    } catch (SqlParseException e) {
      Position at = e.getPos() == null ? new Position(1, 1) : Places.of(e.getPos());
      throw new SqlRefusal("sql.syntax", at, message(String.valueOf(e.getMessage())));
    }
  }

  private static String message(String calcite) {
    Matcher encountered = ENCOUNTERED.matcher(calcite);
    if (encountered.find()) {
      String token = encountered.group(1).strip();
      return token.equals("<EOF>")
          ? "the statement ends too early"
          : "'"
              + token
              + "' does not belong here; a reserved word used as a name needs double"
              + " quotes";
    }
    if (calcite.startsWith("Non-query expression")) {
      return "this begins no statement; expected SELECT";
    }
    return calcite.lines().findFirst().orElse("not SQL");
  }
}
