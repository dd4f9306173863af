package org.tidegate.connector.psi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.session.Progress;

/** From two files to the matching rows, divided and not. */
@Timeout(180)
class PsiExchangeTest {
  private static final int BUCKET_ROWS = 700;

  @TempDir Path directory;
  private Path left;
  private Path right;

  /** The left keys are 0 to 4999, each third of them twice; the right ones the even up to 5999. */
  @BeforeEach
  void writeFiles() throws IOException {
    left = directory.resolve("left.csv");
    right = directory.resolve("right.csv");
    Files.write(
        left,
        Stream.concat(
                Stream.of("n,code"), IntStream.range(0, 6_000).mapToObj(i -> i + "," + key(i)))
            .toList());
    Files.write(
        right,
        Stream.concat(Stream.of("code"), IntStream.range(0, 3_000).mapToObj(i -> "clé-" + 2 * i))
            .toList());
  }

  private static String key(int row) {
    // Rows from 5000 on repeat keys; some have none.
    return row % 97 == 5 ? "" : "clé-" + (row < 5_000 ? row : 3 * (row - 5_000));
  }

  private static int[] expected() {
    Set<String> there = new HashSet<>();
    IntStream.range(0, 3_000).forEach(i -> there.add("clé-" + 2 * i));
    return IntStream.range(0, 6_000).filter(row -> there.contains(key(row))).toArray();
  }

  private PsiWish wish(boolean receives, String protocol, Adversary adversary, Path work) {
    return new PsiWish(
        receives, protocol, adversary, false, OptionalInt.empty(), BUCKET_ROWS, Optional.of(work));
  }

  private LocalPsi.Outcome run(PsiWish receiver, PsiWish sender, Progress progress)
      throws InterruptedException {
    try (KeyedFile leftFile = KeyedFile.open(left, List.of("code"));
        KeyedFile rightFile = KeyedFile.open(right, List.of("code"));
        PsiExchange one = PsiExchange.open(leftFile, receiver);
        PsiExchange other = PsiExchange.open(rightFile, sender)) {
      LocalPsi.Outcome outcome =
          LocalPsi.run(one, other, new SecureRandom(), Duration.ofMinutes(2), progress);
      one.complete();
      other.complete();
      return outcome;
    }
  }

  private static int[] sorted(int[] rows) {
    int[] sorted = rows.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  @ParameterizedTest
  @CsvSource({"rr22, SEMI_HONEST", "rr22, MALICIOUS", "rr22-lean, SEMI_HONEST", "auto, MALICIOUS"})
  void dividedSetsGiveTheSameRows(String protocol, Adversary adversary) throws Exception {
    Path one = directory.resolve("one");
    Path other = directory.resolve("other");
    LocalPsi.Outcome outcome =
        run(
            wish(true, protocol, adversary, one),
            wish(false, protocol, adversary, other),
            Progress.NONE);
    assertThat(sorted(outcome.left().rows())).isEqualTo(expected());
    assertThat(outcome.right().rows()).isEmpty();
    assertThat(outcome.left().buckets()).isEqualTo(9);
    assertThat(outcome.left().fileRows()).isEqualTo(6_000);
    assertThat(outcome.right().chosenKeys()).isEqualTo(outcome.left().chosenKeys());
    if (protocol.equals("rr22")) {
      // About 1.4 slots a key, of nine stores that are filled up.
      assertThat(outcome.left().chosenKeys()).isBetween(8_000L, 16_000L);
    }
    // Nothing is left of what was kept in order to go on.
    assertThat(one).doesNotExist();
    assertThat(other).doesNotExist();
  }

  @Test
  void setsThatAreNotDividedGiveThemToo() throws Exception {
    for (String protocol : List.of("rr22", "ecdh")) {
      LocalPsi.Outcome outcome =
          run(
              PsiWish.of(true, protocol, Adversary.SEMI_HONEST),
              PsiWish.of(false, "auto", Adversary.SEMI_HONEST),
              Progress.NONE);
      assertThat(outcome.left().protocol()).isEqualTo(protocol);
      assertThat(outcome.left().buckets()).isEqualTo(1);
      assertThat(outcome.left().rows()).isEqualTo(expected());
    }
  }

  /** What crosses the line says the same of 3,000 keys and of 3 when both are padded. */
  @Test
  void paddedSizesDoNotShow() throws Exception {
    LocalPsi.Outcome many = padded();
    assertThat(many.left().rows()).isEqualTo(expected());
    Files.write(right, List.of("code", "clé-4", "clé-44", "other"));
    LocalPsi.Outcome few = padded();
    assertThat(few.left().rows()).containsExactly(4, 44);
    assertThat(few.left().meter().receivedBytes()).isEqualTo(many.left().meter().receivedBytes());
    assertThat(few.left().meter().sentBytes()).isEqualTo(many.left().meter().sentBytes());
  }

  private LocalPsi.Outcome padded() throws InterruptedException {
    PsiWish plain = PsiWish.of(true, "auto", Adversary.SEMI_HONEST);
    PsiWish padded =
        new PsiWish(
            false,
            "auto",
            Adversary.SEMI_HONEST,
            false,
            OptionalInt.of(4_000),
            PsiMethod.BUCKET_ROWS,
            Optional.empty());
    return run(plain, padded, Progress.NONE);
  }

  /** Divided, padded, and neither: the right side's rows are those whose key the left has. */
  @Test
  void bothSidesLearnWhereBothAgree() throws Exception {
    Set<String> there = new HashSet<>();
    IntStream.range(0, 6_000).forEach(row -> there.add(key(row)));
    int[] rightRows =
        IntStream.range(0, 3_000).filter(row -> there.contains("clé-" + 2 * row)).toArray();
    for (int bucketRows : new int[] {BUCKET_ROWS, PsiMethod.BUCKET_ROWS}) {
      for (OptionalInt padTo : List.of(OptionalInt.empty(), OptionalInt.of(7_000))) {
        LocalPsi.Outcome outcome =
            run(both(true, bucketRows, padTo), both(false, bucketRows, padTo), Progress.NONE);
        assertThat(sorted(outcome.left().rows())).isEqualTo(expected());
        assertThat(sorted(outcome.right().rows())).isEqualTo(rightRows);
      }
    }
  }

  private static PsiWish both(boolean receives, int bucketRows, OptionalInt padTo) {
    return new PsiWish(
        receives, "auto", Adversary.SEMI_HONEST, true, padTo, bucketRows, Optional.empty());
  }

  @Test
  void bothLearnOnlyWhereBothSayItAndAreSemiHonest() {
    PsiWish both = both(true, 1_000, OptionalInt.empty());
    PsiWish one = PsiWish.of(false, "auto", Adversary.SEMI_HONEST);
    assertThatThrownBy(() -> run(both, one, Progress.NONE))
        .isInstanceOf(PsiInputException.class)
        .hasMessageContaining("--both is given on one side only");
    assertThatThrownBy(() ->
            new PsiWish(
                true,
                "rr22",
                Adversary.MALICIOUS,
                true,
                OptionalInt.empty(),
                1_000,
                Optional.empty()))
        .isInstanceOf(PsiInputException.class)
        .hasMessageContaining("--both is for semi-honest sides");
  }

  @Test
  void paddingBelowTheSizeOrWithoutAProtocolForItIsRefused() {
    PsiWish plain = PsiWish.of(true, "ecdh", Adversary.SEMI_HONEST);
    PsiWish small =
        new PsiWish(
            false,
            "auto",
            Adversary.SEMI_HONEST,
            false,
            OptionalInt.of(2_999),
            1_000,
            Optional.empty());
    assertThatThrownBy(() -> run(plain, small, Progress.NONE))
        .isInstanceOf(PsiInputException.class)
        .hasMessageContaining("--pad-to is 2999, and the file has 3000 rows");
    PsiWish large =
        new PsiWish(
            false,
            "auto",
            Adversary.SEMI_HONEST,
            false,
            OptionalInt.of(3_000),
            1_000,
            Optional.empty());
    assertThatThrownBy(() -> run(plain, large, Progress.NONE))
        .isInstanceOf(PsiInputException.class)
        .hasMessageContaining("ecdh can neither hide sizes nor tell both sides");
  }

  /** Breaks down in the fifth bucket, at either side. */
  @ParameterizedTest
  @CsvSource({"rr22, SEMI_HONEST", "rr22, MALICIOUS"})
  void aRunThatBrokeDownGoesOn(String protocol, Adversary adversary) throws Exception {
    PsiWish receiver = wish(true, protocol, adversary, directory.resolve("one"));
    PsiWish sender = wish(false, protocol, adversary, directory.resolve("other"));
    assertThatThrownBy(() -> run(receiver, sender, breaking("bucket 5 of 9: sender's tags")))
        .hasMessageContaining("the power is out");
    assertThat(directory.resolve("one/rows-000003")).exists();
    assertThat(directory.resolve("one/rows-000004")).doesNotExist();
    LocalPsi.Outcome outcome = run(receiver, sender, Progress.NONE);
    assertThat(outcome.left().firstBucket()).isEqualTo(4);
    assertThat(sorted(outcome.left().rows())).isEqualTo(expected());
    assertThat(directory.resolve("one")).doesNotExist();
  }

  @Test
  void whereOnlyOneSideKeptItTheRunStartsAnew() throws Exception {
    PsiWish receiver = wish(true, "rr22", Adversary.SEMI_HONEST, directory.resolve("one"));
    PsiWish sender = wish(false, "rr22", Adversary.SEMI_HONEST, directory.resolve("other"));
    assertThatThrownBy(() -> run(receiver, sender, breaking("bucket 3 of 9: sender's tags")))
        .hasMessageContaining("the power is out");
    PsiWish elsewhere = wish(false, "rr22", Adversary.SEMI_HONEST, directory.resolve("new"));
    LocalPsi.Outcome outcome = run(receiver, elsewhere, Progress.NONE);
    assertThat(outcome.left().firstBucket()).isZero();
    assertThat(sorted(outcome.left().rows())).isEqualTo(expected());
  }

  @Test
  void anotherFileOtherTermsAndForeignFilesAreNotGoneOnWith() throws Exception {
    PsiWish receiver = wish(true, "rr22", Adversary.SEMI_HONEST, directory.resolve("one"));
    PsiWish sender = wish(false, "rr22", Adversary.SEMI_HONEST, directory.resolve("other"));
    assertThatThrownBy(() -> run(receiver, sender, breaking("bucket 3 of 9: sender's tags")))
        .hasMessageContaining("the power is out");
    PsiWish otherTerms = wish(true, "rr22-lean", Adversary.SEMI_HONEST, directory.resolve("one"));
    PsiWish auto = wish(false, "auto", Adversary.SEMI_HONEST, directory.resolve("other"));
    assertThatThrownBy(() -> run(otherTerms, auto, Progress.NONE))
        .isInstanceOf(PsiInputException.class)
        .hasMessageContaining("the unfinished run was on other terms");
    Files.writeString(left, Files.readString(left) + "6000,clé-0\n");
    assertThatThrownBy(() -> run(receiver, sender, Progress.NONE))
        .isInstanceOf(PsiInputException.class)
        .hasMessageContaining("keeps an unfinished run over the left file");
    Files.writeString(directory.resolve("one/run.properties"), "run=1");
    assertThatThrownBy(() -> run(receiver, sender, Progress.NONE))
        .isInstanceOf(PsiInputException.class)
        .hasMessageContaining("is damaged");
    PsiWish foreign = wish(true, "rr22", Adversary.SEMI_HONEST, directory);
    assertThatThrownBy(() -> run(foreign, sender, Progress.NONE))
        .isInstanceOf(PsiInputException.class)
        .hasMessageContaining("has something else in it");
  }

  private static Progress breaking(String where) {
    return (phase, done, total) -> {
      if (phase.equals(where)) {
        throw new IllegalStateException("the power is out");
      }
    };
  }
}
