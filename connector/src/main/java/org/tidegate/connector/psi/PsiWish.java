package org.tidegate.connector.psi;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.tidegate.mpc.security.Adversary;

/**
 * What one side asks for.
 *
 * @param receives whether this side wants to learn its matching rows; the other must not
 * @param protocol one of {@link PsiProtocols#names}
 * @param adversary against whom; the same on both sides
 * @param bothLearn whether the right side too gets its matching rows; the same on both sides
 * @param padTo hides both sides' sizes, and says how many rows this one has at most
 * @param bucketRows rows of a bucket, where sets are divided; the smaller number of both sides
 *     holds
 * @param work a directory that keeps finished buckets, so that a run that broke down goes on where
 *     it was
 */
public record PsiWish(
    boolean receives,
    String protocol,
    Adversary adversary,
    boolean bothLearn,
    OptionalInt padTo,
    int bucketRows,
    Optional<Path> work) {
  /**
   * Checks the ranges.
   *
   * @throws PsiInputException if they are left
   */
  public PsiWish {
    if (bucketRows < PsiMethod.MIN_BUCKET_ROWS) {
      throw new PsiInputException(
          "psi.size",
          "buckets of " + bucketRows + " rows; give at least " + PsiMethod.MIN_BUCKET_ROWS);
    }
    if (bothLearn && adversary == Adversary.MALICIOUS) {
      throw new PsiInputException(
          "psi.security",
          "--both is for semi-honest sides: a left side that lies could tell the right anything");
    }
    if (padTo.isPresent() && padTo.getAsInt() < 1) {
      throw new PsiInputException(
          "psi.size", "--pad-to must be at least 1, and is " + padTo.getAsInt());
    }
  }

  /** Without padding, in buckets of the usual size, keeping nothing. */
  public static PsiWish of(boolean receives, String protocol, Adversary adversary) {
    return new PsiWish(
        receives,
        protocol,
        adversary,
        false,
        OptionalInt.empty(),
        PsiMethod.BUCKET_ROWS,
        Optional.empty());
  }
}
