package org.govcore;

/** Weights from comparisons and from data, and the sharing of a budget. */
public final class Weights {
    private Weights() {
    }

    /** What data may suggest weights by, in the order of the C library's numbers. */
    public enum Advice {
        ENTROPY, CRITIC, DEVIATION, PCA
    }

    /** Weights from pairwise comparisons. */
    public static final class Ahp {
        private final double[] weights;
        private final double consistencyRatio;

        private Ahp(double[] weights, double consistencyRatio) {
            this.weights = weights;
            this.consistencyRatio = consistencyRatio;
        }

        public double[] weights() {
            return weights.clone();
        }

        /** Above 0.1 is called inconsistent. */
        public double consistencyRatio() {
            return consistencyRatio;
        }
    }

    /** The principal eigenvector of a reciprocal matrix (Saaty 1980, with his random index). */
    public static Ahp ahp(double[][] matrix) {
        double[] weights = new double[matrix.length];
        double ratio = Native.need_ahp(flat(matrix), "saaty1980", weights);
        return new Ahp(weights, ratio);
    }

    /** Advice only: such weights move a household's score when other households change. */
    public static double[] advise(double[][] matrix, Advice method) {
        double[] weights = new double[matrix.length == 0 ? 0 : matrix[0].length];
        Native.need_advise(flat(matrix), method.ordinal(), null, weights);
        return weights;
    }

    /** Shares whole units among areas so that their unmet shares, from the largest down, are as small as can be. */
    public static long[] allocate(long[] demand, long budget) {
        long[] given = new long[demand.length];
        Native.need_allocate(demand, budget, given);
        return given;
    }

    private static double[] flat(double[][] matrix) {
        int columns = matrix.length == 0 ? 0 : matrix[0].length;
        double[] flat = new double[matrix.length * columns];
        for (int row = 0; row < matrix.length; row++) {
            if (matrix[row].length != columns) {
                throw new IllegalArgumentException("all rows of a matrix must be of one length");
            }
            System.arraycopy(matrix[row], 0, flat, row * columns, columns);
        }
        return flat;
    }
}
