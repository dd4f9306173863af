package org.tidegate.mpc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidegate.mpc.curve.ScalarRistretto;

class KernelChoiceTest {
  @Test
  void theChoiceGivesTheBytesOfTheScalarTwin() {
    KernelChoice choice = KernelChoice.best();
    assertThat(choice.simdBits()).isIn(0, 256, 512);
    byte[] scalar = new byte[32];
    new Random(1).nextBytes(scalar);
    scalar[31] = 1;
    byte[] uniform = new byte[64 * 9];
    new Random(2).nextBytes(uniform);
    byte[] out = new byte[32 * 9];
    byte[] expected = new byte[32 * 9];
    choice.kernels().ristretto().multiplyUniform(scalar, uniform, 0, out, 0, 9);
    new ScalarRistretto().multiplyUniform(scalar, uniform, 0, expected, 0, 9);
    assertThat(out).isEqualTo(expected);
  }

  @Test
  void warmingUpEnds() {
    assertThat(KernelChoice.best().warmUp()).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void withoutTheVectorModuleItRunsOnScalarCodeAndSaysSo() throws Exception {
    assertThat(run())
        .contains("simdBits=0")
        .contains("--add-modules=jdk.incubator.vector")
        .doesNotContain("Exception");
  }

  @Test
  void withNarrowVectorsItTakesThem() throws Exception {
    if (KernelChoice.best().simdBits() < 512) {
      return; // This JVM itself is the case.
    }
    assertThat(run("--add-modules=jdk.incubator.vector", "-XX:UseAVX=2")).contains("simdBits=256");
  }

  /** In a JVM of its own; prints the choice after one multiplication. */
  private static String run(String... flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Choose.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  /** What the other JVM runs. */
  static final class Choose {
    private Choose() {}

    public static void main(String[] arguments) {
      KernelChoice choice = KernelChoice.best();
      byte[] scalar = new byte[32];
      scalar[0] = 3;
      choice.kernels().ristretto().multiplyUniform(scalar, new byte[64], 0, new byte[32], 0, 1);
      System.out.println("simdBits=" + choice.simdBits() + ": " + choice.reason());
    }
  }
}
