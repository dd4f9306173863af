package org.tidegate.connector.sql.rule;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.tidegate.connector.sql.text.Position;

/** Positions of Calcite's tree in ours. */
final class Places {
  private Places() {}

  static Position of(SqlNode node) {
    return of(node.getParserPosition());
  }

  static Position of(SqlParserPos position) {
    return position.getLineNum() < 1
        ? Position.NONE
        : new Position(position.getLineNum(), position.getColumnNum());
  }
}
