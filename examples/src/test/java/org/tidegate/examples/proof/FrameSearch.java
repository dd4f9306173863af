package org.tidegate.examples.proof;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Looks through recorded frames for keys, hashes of keys and values. Every pattern is looked for by
 * its first eight bytes, at every offset, so a hash that was truncated to eight bytes is found too,
 * and so is what begins in one frame and ends in the next.
 */
final class FrameSearch {
  private static final int WINDOW = Long.BYTES;

  private static final Provider SM3 = new BouncyCastleProvider();

  private final Map<Long, String> patterns = new HashMap<>();

  /** One lane's frames in one direction, as {@code --trace} wrote them. */
  record Recording(String name, List<byte[]> frames) {
    List<Integer> lengths() {
      return frames.stream().map(frame -> frame.length).toList();
    }

    private byte[] joined() {
      ByteBuffer all = ByteBuffer.allocate(frames.stream().mapToInt(frame -> frame.length).sum());
      frames.forEach(all::put);
      return all.array();
    }
  }

  /** Reads every recording below a directory, by its path there. */
  static Map<String, Recording> read(Path directory) throws IOException {
    Map<String, Recording> recordings = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = directory.relativize(file).toString();
        recordings.put(name, new Recording(name, split(ByteBuffer.wrap(Files.readAllBytes(file)))));
      }
    }
    return recordings;
  }

  private static List<byte[]> split(ByteBuffer file) {
    List<byte[]> frames = new ArrayList<>();
    while (file.hasRemaining()) {
      byte[] frame = new byte[file.getInt()];
      file.get(frame);
      frames.add(frame);
    }
    return frames;
  }

  /** A key as text, in other cases and encodings, and hashed in all these forms. */
  void key(String key) {
    for (String form : List.of(key, key.toLowerCase(Locale.ROOT), " " + key, key + "\n")) {
      for (Charset charset :
          List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
        byte[] bytes = form.getBytes(charset);
        add(bytes, "the key " + key);
        hashes(bytes, key);
      }
    }
    add(key.substring(key.length() - WINDOW).getBytes(StandardCharsets.UTF_8), "the end of " + key);
  }

  private void hashes(byte[] bytes, String key) {
    for (String algorithm : List.of("MD5", "SHA-1", "SHA-256", "SHA-512", "SHA3-256", "SM3")) {
      byte[] once = digest(algorithm, bytes);
      for (byte[] hash : List.of(once, digest(algorithm, once))) {
        String what = algorithm + " of the key " + key;
        add(hash, what);
        add(reversed(hash), what + ", backwards");
        add(HexFormat.of().formatHex(hash), what + " in hex");
        add(HexFormat.of().withUpperCase().formatHex(hash), what + " in upper-case hex");
        add(Base64.getEncoder().encodeToString(hash), what + " in Base64");
      }
    }
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      MessageDigest digest =
          algorithm.equals("SM3")
              ? MessageDigest.getInstance(algorithm, SM3)
              : MessageDigest.getInstance(algorithm);
      return digest.digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A value as it stands in the file. Short ones are left out: chance would find them. */
  void text(String value) {
    add(value, "the value " + value);
  }

  /** An integer, or a decimal's unscaled one, as 8 or 16 bytes of either order. */
  void number(BigInteger value) {
    add(value.toString(), "the value " + value);
    add(value.toString(16), "the value " + value + " in hex");
    if (value.bitLength() > 48) {
      byte[] wide = new byte[16];
      Arrays.fill(wide, (byte) (value.signum() < 0 ? -1 : 0));
      byte[] exact = value.toByteArray();
      System.arraycopy(exact, 0, wide, wide.length - exact.length, exact.length);
      byte[] low = Arrays.copyOfRange(wide, WINDOW, wide.length);
      add(low, "the value " + value + ", big-endian");
      add(reversed(low), "the value " + value + ", little-endian");
    }
  }

  /** A floating-point value's bits, in either order. */
  void bits(double value) {
    byte[] bytes = new byte[WINDOW];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putDouble(value);
    add(bytes, "the value " + value + ", little-endian");
    add(reversed(bytes), "the value " + value + ", big-endian");
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] other = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      other[i] = bytes[bytes.length - 1 - i];
    }
    return other;
  }

  private void add(String text, String what) {
    add(text.getBytes(StandardCharsets.UTF_8), what);
  }

  private void add(byte[] pattern, String what) {
    if (pattern.length >= WINDOW) {
      patterns.put(ByteBuffer.wrap(pattern).getLong(), what);
    }
  }

  /** How many patterns there are. */
  int size() {
    return patterns.size();
  }

  /** What of the patterns is in the frames, and where. */
  List<String> findings(Map<String, Recording> recordings) {
    List<String> findings = new ArrayList<>();
    for (Recording recording : recordings.values()) {
      byte[] bytes = recording.joined();
      long window = 0;
      for (int i = 0; i < bytes.length; i++) {
        window = (window << 8) | (bytes[i] & 0xff);
        String what = i >= WINDOW - 1 ? patterns.get(window) : null;
        if (what != null) {
          findings.add(recording.name() + " at byte " + (i - WINDOW + 1) + ": " + what);
        }
      }
    }
    return findings;
  }

  /** All patterns of the data. */
  static FrameSearch of(SmallData data) {
    FrameSearch search = new FrameSearch();
    data.keys().forEach(search::key);
    data.texts().forEach(search::text);
    data.numbers().forEach(search::number);
    data.doubles().forEach(search::bits);
    return search;
  }
}
