package org.tidegate.mpc.okvs;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.tidegate.mpc.lane.Gf128;

/**
 * The 2-core of a cluster: a few rows that peeling leaves, solved by elimination. First in the
 * sparse columns, over GF(2); rows whose sparse part vanishes determine dense slots, over
 * GF(2^128), of which GF(2) is a part.
 */
final class Core {
  /** More rows than this are a failure: a core is tiny or has most rows of the cluster. */
  private static final int MAX_ROWS = 256;

  private final Gf128 field;
  private final int dense;
  private final List<Equation> pivots = new ArrayList<>();
  private final List<Equation> rest = new ArrayList<>();

  /** A sum of rows: sparse columns, dense coefficients and value, as pairs of words. */
  private static final class Equation {
    final BitSet columns = new BitSet();
    final long[] coefficients;
    long low;
    long high;
    int pivot;

    Equation(int dense) {
      coefficients = new long[2 * dense];
    }

    void add(Equation other) {
      columns.xor(other.columns);
      for (int i = 0; i < coefficients.length; i++) {
        coefficients[i] ^= other.coefficients[i];
      }
      low ^= other.low;
      high ^= other.high;
    }
  }

  /** Eliminates the sparse columns from the rows that were not taken out. */
  Core(ClusterRows rows, boolean[] taken, long[] values, int dense, Gf128 field) {
    this.field = field;
    this.dense = dense;
    for (int row = 0; row < taken.length; row++) {
      if (!taken[row]) {
        if (pivots.size() + rest.size() == MAX_ROWS) {
          throw failed();
        }
        eliminate(equation(rows, row, values));
      }
    }
  }

  private static OkvsFailedException failed() {
    return new OkvsFailedException("these keys have no encoding under this seed; choose another");
  }

  private Equation equation(ClusterRows rows, int row, long[] values) {
    Equation equation = new Equation(dense);
    for (int k = 0; k < 3; k++) {
      equation.columns.set(rows.columns[3 * row + k]);
    }
    for (int k = 0; k < dense; k++) {
      equation.coefficients[2 * k] = rows.coefficient(row, k);
    }
    equation.low = values[2 * row];
    equation.high = values[2 * row + 1];
    return equation;
  }

  private void eliminate(Equation equation) {
    for (Equation pivot : pivots) {
      if (equation.columns.get(pivot.pivot)) {
        equation.add(pivot);
      }
    }
    if (equation.columns.isEmpty()) {
      rest.add(equation);
    } else {
      equation.pivot = equation.columns.nextSetBit(0);
      pivots.add(equation);
    }
  }

  /**
   * Sets the dense slots that are determined; the others keep what they hold.
   *
   * @param store P
   * @param at the first dense slot
   */
  void solveDense(long[] store, int at) {
    int[] pivotOf = new int[rest.size()];
    for (int i = 0; i < rest.size(); i++) {
      Equation equation = rest.get(i);
      int k = 0;
      while (k < dense && (equation.coefficients[2 * k] | equation.coefficients[2 * k + 1]) == 0) {
        k++;
      }
      if (k == dense) {
        throw failed();
      }
      pivotOf[i] = k;
      scale(equation, inverse(coefficient(equation, k)));
      for (int other = 0; other < rest.size(); other++) {
        if (other != i) {
          addScaled(rest.get(other), equation, coefficient(rest.get(other), k));
        }
      }
    }
    // Each pivot stands in its own equation only, with factor 1.
    long[] solved = new long[2 * rest.size()];
    for (int i = 0; i < rest.size(); i++) {
      Equation equation = rest.get(i);
      long[] sum = denseSum(equation, store, at, pivotOf[i]);
      solved[2 * i] = equation.low ^ sum[0];
      solved[2 * i + 1] = equation.high ^ sum[1];
    }
    for (int i = 0; i < pivotOf.length; i++) {
      System.arraycopy(solved, 2 * i, store, 2 * (at + pivotOf[i]), 2);
    }
  }

  /** Sets the sparse slots of the core, from the last pivot to the first. */
  void solveSparse(long[] store, int sparse, int denseAt) {
    for (Equation equation : pivots.reversed()) {
      long[] sum = denseSum(equation, store, denseAt, -1);
      long low = equation.low ^ sum[0];
      long high = equation.high ^ sum[1];
      for (int column = equation.columns.nextSetBit(0);
          column >= 0;
          column = equation.columns.nextSetBit(column + 1)) {
        if (column != equation.pivot) {
          low ^= store[2 * (sparse + column)];
          high ^= store[2 * (sparse + column) + 1];
        }
      }
      store[2 * (sparse + equation.pivot)] = low;
      store[2 * (sparse + equation.pivot) + 1] = high;
    }
  }

  private long[] denseSum(Equation equation, long[] store, int at, int except) {
    long[] sum = new long[2];
    for (int k = 0; k < dense; k++) {
      if (k != except) {
        long[] slot = {store[2 * (at + k)], store[2 * (at + k) + 1]};
        long[] term = product(coefficient(equation, k), slot);
        sum[0] ^= term[0];
        sum[1] ^= term[1];
      }
    }
    return sum;
  }

  private static long[] coefficient(Equation equation, int k) {
    return new long[] {equation.coefficients[2 * k], equation.coefficients[2 * k + 1]};
  }

  private void scale(Equation equation, long[] factor) {
    Equation copy = new Equation(dense);
    copy.add(equation);
    addScaled(equation, copy, new long[] {factor[0] ^ 1, factor[1]});
  }

  /** target += factor·equation, sparse parts aside. */
  private void addScaled(Equation target, Equation equation, long[] factor) {
    for (int k = 0; k < dense; k++) {
      long[] term = product(coefficient(equation, k), factor);
      target.coefficients[2 * k] ^= term[0];
      target.coefficients[2 * k + 1] ^= term[1];
    }
    long[] term = product(new long[] {equation.low, equation.high}, factor);
    target.low ^= term[0];
    target.high ^= term[1];
  }

  private long[] product(long[] a, long[] b) {
    long[] low = {a[0], b[0]};
    long[] high = {a[1], b[1]};
    long[] other = {b[0], 0};
    long[] otherHigh = {b[1], 0};
    field.multiply(low, high, low, high, other, otherHigh, 0, 1);
    return new long[] {low[0], high[0]};
  }

  /** a^(2^128 − 2) = a² · a⁴ ⋯ a^(2^127). */
  private long[] inverse(long[] a) {
    long[] square = a;
    long[] result = {1, 0};
    for (int i = 1; i < 128; i++) {
      square = product(square, square);
      result = product(result, square);
    }
    return result;
  }
}
