package org.tidegate.ledger.fabric;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * The external builder with which a peer takes a contract that is a process of its own: its package
 * says only where that process listens.
 */
final class ServiceBuilder {
  /** The type that the package's metadata states. */
  static final String TYPE = "ccaas";

  /** Where the process listens, in the package and for the peer. */
  static final String CONNECTION = "connection.json";

  // Arguments as Fabric gives them: source, metadata, output; for release: build output, output.
  private static final Map<String, String> SCRIPTS =
      Map.of(
          "detect",
              """
              #!/bin/sh
              grep -q '"type" *: *"%s"' "$2/metadata.json"
              """
                  .formatted(TYPE),
          "build",
              """
              #!/bin/sh
              cp "$1/%1$s" "$3/%1$s"
              """
                  .formatted(CONNECTION),
          "release",
              """
              #!/bin/sh
              mkdir -p "$2/chaincode/server" && cp "$1/%1$s" "$2/chaincode/server/%1$s"
              """
                  .formatted(CONNECTION));

  private ServiceBuilder() {}

  static void write(Path directory) throws IOException {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    for (Map.Entry<String, String> script : SCRIPTS.entrySet()) {
      Path file = bin.resolve(script.getKey());
      Files.writeString(file, script.getValue(), StandardCharsets.US_ASCII);
      var unused =
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }
}
