package org.tidegate.ledger.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package that peers install, read back by the system's own tar. */
class ServicePackageTest {
  @TempDir Path directory;

  @Test
  void tarReadsThePackageAndWhatIsInIt() throws Exception {
    ServicePackage contract = ServicePackage.of("tidegate", "127.0.0.1:7777");
    Files.write(directory.resolve("package.tgz"), contract.bytes());
    unpack("package.tgz");
    unpack("code.tar.gz");
    assertThat(directory.resolve("metadata.json"))
        .hasContent("{\"label\":\"tidegate\",\"type\":\"ccaas\"}");
    assertThat(directory.resolve("connection.json"))
        .hasContent(
            "{\"address\":\"127.0.0.1:7777\",\"dial_timeout\":\"10s\",\"tls_required\":false}");
  }

  @Test
  void theSameAddressMakesTheSameId() {
    String id = ServicePackage.of("tidegate", "127.0.0.1:7777").id();
    assertThat(id).matches("tidegate:[0-9a-f]{64}");
    assertThat(ServicePackage.of("tidegate", "127.0.0.1:7777").id()).isEqualTo(id);
    assertThat(ServicePackage.of("tidegate", "127.0.0.1:7778").id()).isNotEqualTo(id);
  }

  private void unpack(String archive) throws IOException, InterruptedException {
    Process tar =
        new ProcessBuilder("tar", "xzf", archive).directory(directory.toFile()).inheritIO().start();
    assertThat(tar.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(tar.exitValue()).isZero();
  }
}
