package io.github.signaturereactive.quickstart;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/**
 * A generated picture of mountains by the sea. The same seed gives the same picture.
 *
 * @param seed the seed of the shapes of the mountains
 * @param sky the colour at the top of the sky
 * @param horizon the colour at the horizon
 * @param rock the colour of the nearest mountain; the colours of mountains farther away are closer to the horizon's
 */
record Landscape(long seed, Color sky, Color horizon, Color rock) {

    private static final int WIDTH = 1200;
    private static final int HEIGHT = 720;
    private static final int SHORE = HEIGHT * 62 / 100;
    private static final int RIDGES = 5;

    static Landscape dawn() {
        return new Landscape(3, new Color(70, 98, 150), new Color(252, 214, 178), new Color(38, 48, 74));
    }

    static Landscape noon() {
        return new Landscape(11, new Color(58, 128, 200), new Color(214, 234, 246), new Color(36, 78, 66));
    }

    static Landscape dusk() {
        return new Landscape(29, new Color(52, 36, 92), new Color(246, 142, 96), new Color(28, 20, 44));
    }

    static Landscape winter() {
        return new Landscape(47, new Color(14, 24, 58), new Color(150, 190, 206), new Color(22, 38, 62));
    }

    /** Paints the picture. */
    BufferedImage paint() {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D brush = picture.createGraphics();
        try {
            brush.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            Random random = new Random(seed);
            paintSky(brush, random);
            for (int ridge = 0; ridge < RIDGES; ridge++) {
                paintRidge(brush, random, ridge);
            }
        } finally {
            brush.dispose();
        }
        paintSea(picture);
        addGrain(picture, new Random(seed));
        return picture;
    }

    private void paintSky(Graphics2D brush, Random random) {
        brush.setPaint(new GradientPaint(0, 0, sky, 0, SHORE, horizon));
        brush.fillRect(0, 0, WIDTH, SHORE);
        double x = WIDTH * (0.25 + 0.5 * random.nextDouble());
        double y = SHORE * 0.45;
        for (int radius = 130; radius >= 34; radius -= 8) {
            boolean disc = radius < 42;
            brush.setColor(new Color(255, 246, 224, disc ? 255 : 14));
            brush.fill(new Ellipse2D.Double(x - radius, y - radius, 2.0 * radius, 2.0 * radius));
        }
    }

    private void paintRidge(Graphics2D brush, Random random, int ridge) {
        double nearness = (ridge + 1.0) / RIDGES;
        double[] heights = midpointDisplacement(random, 0.55 - 0.06 * ridge);
        double crest = SHORE * (0.42 + 0.46 * nearness);
        Path2D outline = new Path2D.Double();
        outline.moveTo(0, SHORE);
        for (int i = 0; i < heights.length; i++) {
            double x = (double) WIDTH * i / (heights.length - 1);
            outline.lineTo(x, Math.min(SHORE, crest - heights[i] * SHORE * (0.34 - 0.2 * nearness)));
        }
        outline.lineTo(WIDTH, SHORE);
        outline.closePath();
        Color near = mix(horizon, rock, nearness);
        brush.setPaint(new GradientPaint(0, (float) crest - 120, near, 0, SHORE, mix(near, horizon, 0.35)));
        brush.fill(outline);
    }

    /** Returns the heights of a ridge, about -1 to 1, by midpoint displacement. */
    private static double[] midpointDisplacement(Random random, double roughness) {
        double[] heights = new double[1025];
        double range = 1;
        for (int step = heights.length - 1; step > 1; step /= 2) {
            for (int i = step / 2; i < heights.length; i += step) {
                heights[i] =
                        (heights[i - step / 2] + heights[i + step / 2]) / 2 + (random.nextDouble() * 2 - 1) * range;
            }
            range *= roughness;
        }
        return heights;
    }

    /** Paints the sea as a mirror image of the picture above it, darker and rippled. */
    private void paintSea(BufferedImage picture) {
        for (int y = SHORE; y < HEIGHT; y++) {
            double depth = (double) (y - SHORE) / (HEIGHT - SHORE);
            for (int x = 0; x < WIDTH; x++) {
                double ripple = Math.sin(y * 0.9 + Math.sin(x * 0.013) * 3) * (1 + 9 * depth);
                int mirroredX = Math.floorMod((int) Math.round(x + ripple), WIDTH);
                int mirroredY = Math.max(0, (int) (SHORE - 1 - (y - SHORE) * 1.35));
                Color reflected = new Color(picture.getRGB(mirroredX, mirroredY));
                picture.setRGB(x, y, mix(reflected, sky, 0.3 + 0.3 * depth).getRGB());
            }
        }
    }

    private static void addGrain(BufferedImage picture, Random random) {
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int rgb = picture.getRGB(x, y);
                int grain = (int) Math.round(random.nextGaussian() * 3);
                picture.setRGB(
                        x, y, brighten(rgb >> 16, grain) << 16 | brighten(rgb >> 8, grain) << 8 | brighten(rgb, grain));
            }
        }
    }

    private static int brighten(int channel, int by) {
        return Math.max(0, Math.min(255, (channel & 0xff) + by));
    }

    private static Color mix(Color from, Color to, double share) {
        return new Color(
                (int) (from.getRed() + (to.getRed() - from.getRed()) * share),
                (int) (from.getGreen() + (to.getGreen() - from.getGreen()) * share),
                (int) (from.getBlue() + (to.getBlue() - from.getBlue()) * share));
    }
}
