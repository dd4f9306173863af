package org.tidegate.mpc.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9380, appendices K.1 and K.3. */
final class ExpandMessageXmdTest {
  @ParameterizedTest
  @CsvSource({
    "'',0,32,6b9a7312411d92f921c6f68ca0b6380730a1a4d982c507211a90964c394179ba",
    "abc,0,32,0da749f12fbe5483eb066a5f595055679b976e93abe9be6f0f6318bce7aca8dc",
    "abcdef0123456789,0,32,087e45a86e2939ee8b91100af1583c4938e0f5fc6c9db4b107b83346bc967f58",
    "q128_,128,32,7336234ee9983902440f6bc35b348352013becd88938d2afec44311caf8356b3",
    "a512_,512,32,57b5f7e766d5be68a6bfe1768e3c2b7f1228b3e4b3134956dd73a59b954c66f4",
    "abcdef0123456789,0,128,"
        + "3f721f208e6199fe903545abc26c837ce59ac6fa45733f1baaf0222f8b7acb0424814fcb5eecf6c1d38f06e9"
        + "d0a6ccfbf85ae612ab8735dfdf9ce84c372a77c8f9e1c1e952c3a61b7567dd0693016af51d2745822663d0c2"
        + "367e3f4f0bed827feecc2aaf98c949b5ed0d35c3f1023d64ad1407924288d366ea159f46287e61ac"
  })
  void vectors(String start, int repeats, int bytes, String expected) {
    String message = start + start.substring(0, Math.min(1, start.length())).repeat(repeats);
    byte[] in = message.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[bytes + 2];
    new ExpandMessageXmd("QUUX-V01-CS02-with-expander-SHA512-256")
        .expand(in, 0, in.length, out, 1, bytes);
    assertThat(HexFormat.of().formatHex(out, 1, bytes + 1)).isEqualTo(expected);
    assertThat(out[0]).isZero();
    assertThat(out[bytes + 1]).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "'',68a985b87eb6b46952128911f2a4412bbc302a9d759667f87f7a21d803f07235",
    "abc,d8ccab23b5985ccea865c6c97b6e5b8350e794e603b4b97902f53a8a0d605615"
  })
  void vectorsOfSha256(String message, String expected) {
    byte[] in = message.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[32];
    new ExpandMessageXmd(ExpandMessageXmd.Hash.SHA_256, "QUUX-V01-CS02-with-expander-SHA256-128")
        .expand(in, 0, in.length, out, 0, 32);
    assertThat(HexFormat.of().formatHex(out)).isEqualTo(expected);
  }
}
