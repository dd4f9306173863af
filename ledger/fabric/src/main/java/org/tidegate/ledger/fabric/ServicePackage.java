package org.tidegate.ledger.fabric;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.tidegate.ledger.audit.block.BlockHashes;
import org.tidegate.ledger.records.JsonObject;

/**
 * A Fabric chaincode package of a contract that is a process of its own: a gzipped tar (POSIX
 * ustar) of {@code metadata.json} and {@code code.tar.gz}, in which {@code connection.json} says
 * where the process listens. The same address makes the same bytes.
 *
 * @param bytes what is installed
 * @param label as in the metadata
 */
@SuppressWarnings("ArrayRecordComponent") // Written once, read once, never compared.
record ServicePackage(byte[] bytes, String label) {
  private static final int RECORD_BYTES = 512;
  private static final int CHECKSUM_AT = 148;
  private static final String MODE = "0000644";

  /** The package of a process that listens at {@code address}, {@code host:port}. */
  static ServicePackage of(String label, String address) {
    JsonObject connection =
        JsonObject.builder()
            .put("address", address)
            .put("dial_timeout", "10s")
            .put("tls_required", false)
            .build();
    JsonObject metadata =
        JsonObject.builder().put("label", label).put("type", ServiceBuilder.TYPE).build();
    SortedMap<String, byte[]> outer = new TreeMap<>();
    outer.put(
        "code.tar.gz",
        archive(new TreeMap<>(java.util.Map.of(ServiceBuilder.CONNECTION, bytes(connection)))));
    outer.put("metadata.json", bytes(metadata));
    return new ServicePackage(archive(outer), label);
  }

  /** The id under which peers know it: label and SHA-256. */
  String id() {
    return label + ":" + HexFormat.of().formatHex(BlockHashes.sha256(bytes));
  }

  private static byte[] bytes(JsonObject json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] archive(SortedMap<String, byte[]> files) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zipped = new GZIPOutputStream(out)) {
      for (var file : files.entrySet()) {
        byte[] content = file.getValue();
        zipped.write(header(file.getKey(), content.length));
        zipped.write(content);
        zipped.write(new byte[(RECORD_BYTES - content.length % RECORD_BYTES) % RECORD_BYTES]);
      }
      zipped.write(new byte[2 * RECORD_BYTES]);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return out.toByteArray();
  }

  private static byte[] header(String name, int size) {
    byte[] header = new byte[RECORD_BYTES];
    put(header, 0, name);
    put(header, 100, MODE);
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, "%011o".formatted(size));
    put(header, 136, "00000000000");
    // The checksum is taken with blanks in its own place.
    Arrays.fill(header, CHECKSUM_AT, CHECKSUM_AT + 8, (byte) ' ');
    put(header, 156, "0");
    put(header, 257, "ustar");
    put(header, 263, "00");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, CHECKSUM_AT, "%06o".formatted(sum));
    header[CHECKSUM_AT + 6] = 0;
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
