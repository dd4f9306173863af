package org.tidegate.connector.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the temporary files of a node that was killed. */
final class NodeScratchTest {
  @TempDir private Path home;

  @Test
  void aStartDeletesWhatAKilledNodeLeftAndNothingElse() throws Exception {
    Path scratch = Files.createDirectories(home.resolve("tmp"));
    Files.writeString(scratch.resolve("libduckdb_java1.so"), "native");
    Files.createDirectories(scratch.resolve("a/b"));
    Files.writeString(scratch.resolve("a/b/c"), "left");
    Files.writeString(scratch.resolve("tidegate-1-bug.txt"), "to be sent");
    Files.writeString(home.resolve("state.db"), "kept");
    NodeScratch.clean(home);
    assertThat(scratch).isDirectoryContaining("glob:**bug.txt").isNotEmptyDirectory();
    assertThat(Files.list(scratch)).hasSize(1);
    assertThat(home.resolve("state.db")).hasContent("kept");
  }

  @Test
  void aHomeWithoutOneIsLeftAlone() throws Exception {
    NodeScratch.clean(home);
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void theOptionNamesADirectoryThatIsThere() {
    String option = NodeScratch.jvmOption(home);
    assertThat(option).isEqualTo("-Djava.io.tmpdir=" + home.resolve("tmp"));
    assertThat(home.resolve("tmp")).isDirectory();
    assertThat(NodeScratch.isGiven(List.of("-Xmx1g", option))).isTrue();
    assertThat(NodeScratch.isGiven(List.of("-Xmx1g"))).isFalse();
  }
}
