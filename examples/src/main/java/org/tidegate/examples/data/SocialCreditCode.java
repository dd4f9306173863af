package org.tidegate.examples.data;

import java.util.random.RandomGenerator;

/**
 * The unified social credit code (统一社会信用代码) of GB 32100-2015: 18 characters, of which the ninth to
 * the seventeenth are an organisation code of GB 11714 with its own check character, and the last
 * is a check character over all others.
 *
 * <pre>
 *   c18 = (31 − Σ value(c_i) · 3^(i−1) mod 31) mod 31,  i = 1…17
 *   c17 = 11 − Σ value(c_i) · w_i mod 11 over the organisation code's first eight, 10 is X, 11 is 0
 * </pre>
 */
public final class SocialCreditCode {
  /** The code's alphabet: digits and capitals without I, O, S, V, Z. */
  private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

  private static final int[] ORGANISATION_WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};
  private static final int LENGTH = 18;

  private SocialCreditCode() {}

  /**
   * A fresh code.
   *
   * @param district six digits of the administrative division
   */
  public static String random(RandomGenerator random, String district) {
    StringBuilder code = new StringBuilder(LENGTH);
    // 91: registered with market supervision, an enterprise.
    code.append("91").append(district);
    StringBuilder organisation = new StringBuilder("MA");
    while (organisation.length() < ORGANISATION_WEIGHTS.length) {
      organisation.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    code.append(organisation).append(organisationCheck(organisation));
    return code.append(check(code)).toString();
  }

  /** Whether {@code code} has the right length, alphabet and check characters. */
  public static boolean isValid(String code) {
    if (code.length() != LENGTH || code.chars().anyMatch(c -> ALPHABET.indexOf(c) < 0)) {
      return false;
    }
    return code.charAt(LENGTH - 1) == check(code.substring(0, LENGTH - 1))
        && code.charAt(LENGTH - 2) == organisationCheck(code.substring(8, 16));
  }

  private static char check(CharSequence first17) {
    int sum = 0;
    int weight = 1;
    for (int i = 0; i < LENGTH - 1; i++) {
      sum += ALPHABET.indexOf(first17.charAt(i)) * weight;
      weight = weight * 3 % ALPHABET.length();
    }
    return ALPHABET.charAt((ALPHABET.length() - sum % ALPHABET.length()) % ALPHABET.length());
  }

  private static char organisationCheck(CharSequence first8) {
    int sum = 0;
    for (int i = 0; i < ORGANISATION_WEIGHTS.length; i++) {
      // In organisation codes a letter counts from A = 10, none left out.
      sum += Character.getNumericValue(first8.charAt(i)) * ORGANISATION_WEIGHTS[i];
    }
    int check = 11 - sum % 11;
    return check == 10 ? 'X' : check == 11 ? '0' : (char) ('0' + check);
  }
}
