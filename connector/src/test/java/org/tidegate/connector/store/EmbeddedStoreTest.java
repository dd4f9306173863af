package org.tidegate.connector.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedStoreTest extends StoreContract {
  @TempDir Path home;

  @Override
  NodeDatabase open() {
    return NodeDatabase.embedded(home);
  }

  @Test
  void theFileIsForTheNodeOnly() throws Exception {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(home.resolve(NodeDatabase.FILE))))
        .isEqualTo("rw-------");
  }

  @Test
  void aDamagedFileIsNamed(@TempDir Path other) throws Exception {
    Files.writeString(
        other.resolve(NodeDatabase.FILE), "this is no database, not at all. ".repeat(99));
    assertThatThrownBy(() -> NodeDatabase.embedded(other))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(other.resolve(NodeDatabase.FILE).toString())
        .hasMessageContaining("restore it from a copy");
  }
}
