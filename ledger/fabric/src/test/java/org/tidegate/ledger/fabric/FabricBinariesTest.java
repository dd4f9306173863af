package org.tidegate.ledger.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the programs are looked for, and what is said when they are not there or not right. */
class FabricBinariesTest {
  @TempDir Path home;

  private Path release(String directory, String peer, String orderer) throws IOException {
    Path bin = Files.createDirectories(home.resolve(directory));
    program(bin.resolve("peer"), peer);
    program(bin.resolve("orderer"), orderer);
    return bin;
  }

  private static void program(Path file, String version) throws IOException {
    Files.writeString(file, "#!/bin/sh\necho 'x:'\necho ' Version: " + version + "'\n");
    var unused = Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void theVariableComesFirst() throws IOException {
    Path named = release("named", "v2.5.15", "v2.5.15");
    Path path = release("path", "v3.1.5", "v3.1.5");
    FabricBinaries found =
        FabricBinaries.find(
            Map.of("FABRIC_BIN", named.toString(), "PATH", path + ":/usr/bin:/bin"), home);
    assertThat(found.version()).isEqualTo("2.5.15");
    assertThat(found.peer()).isEqualTo(named.resolve("peer"));
  }

  @Test
  void thePathComesBeforeTheHome() throws IOException {
    Path path = release("path", "v3.1.5", "v3.1.5");
    Path own = release(".tidegate/fabric/bin", "v2.5.15", "v2.5.15");
    assertThat(FabricBinaries.find(Map.of("PATH", path.toString()), home).version())
        .isEqualTo("3.1.5");
    assertThat(FabricBinaries.find(Map.of("PATH", "/nowhere"), home).orderer())
        .isEqualTo(own.resolve("orderer"));
  }

  @Test
  void whereThereAreNoneTheMessageSaysWhatAndWhere() {
    assertThatThrownBy(() -> FabricBinaries.find(Map.of(), home))
        .isInstanceOf(FabricException.class)
        .hasMessageContaining("'peer' and 'orderer' of Fabric 2.5 LTS or 3.x")
        .hasMessageContaining("FABRIC_BIN (not set), the PATH, and " + home);
  }

  @Test
  void aNamedDirectoryIsNotReplacedByAnother() throws IOException {
    Path path = release("path", "v3.1.5", "v3.1.5");
    Path named = Files.createDirectories(home.resolve("empty"));
    program(named.resolve("peer"), "v3.1.5");
    assertThatThrownBy(() ->
            FabricBinaries.find(
                Map.of("FABRIC_BIN", named.toString(), "PATH", path.toString()), home))
        .hasMessageContaining("no program orderer in " + named);
  }

  @Test
  void anotherReleaseIsRefused() throws IOException {
    assertThatThrownBy(() -> FabricBinaries.in(release("old", "v2.2.3", "v2.2.3")))
        .hasMessageContaining("are of Fabric 2.2.3; needed is Fabric 2.5 LTS or 3.x");
    assertThatThrownBy(() -> FabricBinaries.in(release("mixed", "v2.5.15", "v3.1.5")))
        .hasMessageContaining("the peer is of release 2.5.15, the orderer of 3.1.5");
    assertThatThrownBy(() -> FabricBinaries.in(release("silent", "", "")))
        .hasMessageContaining("does not say its release");
  }
}
