package org.tidegate.mpc.session;

import org.tidegate.mpc.bigint.SquareModulusKernel;
import org.tidegate.mpc.curve.RistrettoBatch;

/**
 * The kernels of a process, chosen once at start-up and passed in with each session. All choices
 * give the same bytes.
 *
 * @param ristretto scalar multiplication
 * @param squareModulus arithmetic for Paillier
 */
public record Kernels(RistrettoBatch ristretto, SquareModulusKernel squareModulus) {}
