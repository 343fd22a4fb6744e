package serpentarium.profile.ui;

/// Colours as eyes with a common kind of colour blindness see them, after Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation
/// of Color Vision Deficiency" (2009), full severity; and how far apart two colours are, in Oklab (0 to 1).
final class ColorVision {
    /// Ordinary eyes, then protanopia, deuteranopia and tritanopia: matrices for linear RGB.
    static final double[][][] KINDS = {
        {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
        {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
        {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
        {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
    };

    private ColorVision() {}

    /// How far apart two colours look.
    static double distance(int a, int b, double[][] eyes) {
        double[] first = lab(a, eyes);
        double[] second = lab(b, eyes);
        return Math.sqrt(Math.pow(first[0] - second[0], 2) + Math.pow(first[1] - second[1], 2) + Math.pow(first[2] - second[2], 2));
    }

    private static double[] lab(int argb, double[][] eyes) {
        double[] linear = new double[3];
        for (int i = 0; i < 3; i++) {
            double c = (argb >>> 16 - 8 * i & 0xff) / 255.0;
            linear[i] = c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
        }
        double[] seen = times(eyes, linear);
        for (int i = 0; i < 3; i++) seen[i] = Math.clamp(seen[i], 0, 1);
        double[] cones = times(new double[][] {{0.4122214708, 0.5363325363, 0.0514459929}, {0.2119034982, 0.6806995451, 0.1073969566},
            {0.0883024619, 0.2817188376, 0.6299787005}}, seen);
        for (int i = 0; i < 3; i++) cones[i] = Math.cbrt(cones[i]);
        return times(new double[][] {{0.2104542553, 0.7936177850, -0.0040720468}, {1.9779984951, -2.4285922050, 0.4505937099},
            {0.0259040371, 0.7827717662, -0.8086757660}}, cones);
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] result = new double[3];
        for (int row = 0; row < 3; row++) for (int column = 0; column < 3; column++) result[row] += matrix[row][column] * vector[column];
        return result;
    }
}
