package io.github.signaturereactive.quickstart;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDPageContentStream;

/**
 * Creates two sample documents, for users without PDFs of their own: an agreement of several pages and an appendix
 * with pictures.
 */
final class SamplePdfs {

    static {
        // Pictures are painted in memory, so no window system is needed.
        System.setProperty("java.awt.headless", "true");
    }

    private SamplePdfs() {}

    /** Writes both documents to the directory. This is file I/O and CPU work, so it must not run on an event loop. */
    static List<InputPdf> write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path agreement = directory.resolve("agreement.pdf");
        Path appendix = directory.resolve("appendix.pdf");
        writeAgreement(agreement);
        writeAppendix(appendix);
        return List.of(
                InputPdf.open(agreement, "Agreement on the rowing boat"),
                InputPdf.open(appendix, "Appendix: the boat and its waters"));
    }

    private static void writeAgreement(Path file) throws IOException {
        try (PdfPages pages = new PdfPages("Agreement on the rowing boat")) {
            pages.title("Between its two owners, on its use, its care and its costs")
                    .figure(190, "The boat. Drawn from memory, not to scale.", SamplePdfs::drawBoat)
                    .heading("1  What this is about")
                    .paragraph(
                            "The parties own a rowing boat together: clinker-built, of spruce, five metres long, with two"
                                    + " pairs of oars. They have shared it for years without a word in writing, and mean to go on"
                                    + " sharing it. This agreement says how, so that nobody has to remember.")
                    .paragraph(
                            "The boat lies at the boathouse from May to September and in it for the rest of the year.")
                    .table(List.of(
                            List.of("Length", "5.0 m"),
                            List.of("Beam", "1.5 m"),
                            List.of("Persons", "4"),
                            List.of("Oars", "2 pairs, of ash"),
                            List.of("Built", "on the west coast, by hand")))
                    .heading("2  Use")
                    .paragraph(
                            "Each party has the boat every other week. The week begins on Monday morning, and the boat is by"
                                    + " then clean, dry and where it belongs. Weeks may be swapped; a message is enough, and silence"
                                    + " is not.")
                    .paragraph(
                            "Who takes guests out is answerable for them: there is a life jacket for everybody on board, or"
                                    + " somebody stays ashore. Nobody rows beyond the headland in a wind in which the flag at the"
                                    + " boathouse stands straight out.")
                    .picture(Landscape.dawn().paint(), "The fjord on a still morning, when the boat is at its best.")
                    .heading("3  Care")
                    .paragraph(
                            "In April the parties turn the boat together, scrape it, and oil it twice. In October they"
                                    + " bring it in. What breaks in between is mended by the one in whose week it broke, before the"
                                    + " week ends if it can be done, and otherwise as soon as it can.")
                    .paragraph(
                            "Found things are kept in the box under the stern thwart for a year. What is in it after that"
                                    + " belongs to the boat.")
                    .heading("4  Costs")
                    .paragraph(
                            "Oil, rope, rent for the boathouse and everything else that is used up are shared equally."
                                    + " Whoever pays keeps the receipt and sends a picture of it. Once a year, on the day the boat is"
                                    + " brought in, the parties settle what is owed, over coffee.")
                    .picture(Landscape.dusk().paint(), "The same place in October, seen from the slip.")
                    .heading("5  If one of us wants to leave")
                    .paragraph(
                            "A party who wants to leave tells the other before the turn of the year. The other may buy the"
                                    + " share at half of what a like boat costs. If they do not, the boat is sold, and the parties"
                                    + " share what it brings and row it to its new owner together.")
                    .heading("6  Signatures")
                    .paragraph(
                            "The parties sign electronically. Both get the signed document, with all signatures in it; it"
                                    + " is as good as paper, and does not get wet.")
                    .save(file);
        }
    }

    private static void writeAppendix(Path file) throws IOException {
        try (PdfPages pages = new PdfPages("Appendix: the boat and its waters")) {
            pages.title("Pictures and a map, so that there is no doubt which boat and which fjord")
                    .picture(
                            Landscape.noon().paint(), "Noon in June. The boathouse is at the foot of the nearest hill.")
                    .paragraph(
                            "The waters inside the headland are sheltered from the west and open to the south. There is"
                                    + " good ground for an anchor in four to eight metres in the inner bay.")
                    .figure(
                            300,
                            "Depths in the bay; each line is five metres. The cross is the mooring.",
                            SamplePdfs::drawMap)
                    .heading("Winter")
                    .paragraph("The fjord does not freeze, but the slip does. The boat is inside by then.")
                    .picture(Landscape.winter().paint(), "January, shortly after the sun has come back.")
                    .save(file);
        }
    }

    private static void drawBoat(PDPageContentStream page, float width, float height) throws IOException {
        page.setNonStrokingColor(new Color(226, 238, 244));
        page.addRect(0, 0, width, height);
        page.fill();
        page.setStrokingColor(new Color(150, 188, 206));
        page.setLineWidth(1.2f);
        for (int wave = 0; wave < 5; wave++) {
            float y = 16 + 11 * wave;
            page.moveTo(0, y);
            for (float x = 0; x < width; x += 40) {
                page.curveTo(x + 12, y + 7, x + 28, y - 7, Math.min(x + 40, width), y);
            }
            page.stroke();
        }
        float bow = width * 0.84f;
        float stern = width * 0.16f;
        for (int strake = 0; strake < 4; strake++) {
            float lift = 18f * strake;
            float inset = 26 - 8f * strake;
            page.setNonStrokingColor(new Color(176 + 12 * strake, 118 + 14 * strake, 66 + 12 * strake));
            page.setStrokingColor(new Color(92, 58, 30));
            page.moveTo(stern + inset, 62 + lift);
            page.curveTo(width * 0.34f, 30 + lift, width * 0.66f, 30 + lift, bow - inset, 66 + lift);
            page.lineTo(bow - inset + 8, 86 + lift);
            page.curveTo(width * 0.66f, 48 + lift, width * 0.34f, 48 + lift, stern + inset - 8, 80 + lift);
            page.closeAndFillAndStroke();
        }
        page.setLineWidth(3.4f);
        page.setStrokingColor(new Color(120, 84, 48));
        for (float at : new float[] {0.42f, 0.6f}) {
            page.moveTo(width * at, 104);
            page.lineTo(width * (at - 0.16f), 26);
            page.stroke();
        }
        page.setNonStrokingColor(new Color(190, 40, 52));
        page.moveTo(stern - 2, 134);
        page.lineTo(stern - 2, 176);
        page.lineTo(stern - 52, 162);
        page.closeAndStroke();
        page.moveTo(stern - 2, 176);
        page.lineTo(stern - 52, 162);
        page.lineTo(stern - 2, 148);
        page.fill();
    }

    private static void drawMap(PDPageContentStream page, float width, float height) throws IOException {
        page.setNonStrokingColor(new Color(232, 226, 206));
        page.addRect(0, 0, width, height);
        page.fill();
        float centerX = width * 0.5f;
        float centerY = height * 0.48f;
        for (int depth = 0; depth < 7; depth++) {
            float share = 1 - depth / 7.5f;
            page.setNonStrokingColor(new Color(212 - 24 * depth, 232 - 18 * depth, 242 - 11 * depth));
            page.setStrokingColor(new Color(70, 118, 150));
            page.setLineWidth(depth == 0 ? 1.4f : 0.5f);
            for (int degrees = 0; degrees <= 360; degrees += 3) {
                double angle = Math.toRadians(degrees);
                double wobble = 1 + 0.14 * Math.sin(3 * angle + 0.7) + 0.07 * Math.sin(7 * angle + depth * 0.35);
                float x = (float) (centerX + Math.cos(angle) * wobble * share * width * 0.4);
                float y = (float) (centerY + Math.sin(angle) * wobble * share * height * 0.4);
                if (degrees == 0) {
                    page.moveTo(x, y);
                } else {
                    page.lineTo(x, y);
                }
            }
            page.closeAndFillAndStroke();
        }
        page.setStrokingColor(new Color(190, 40, 52));
        page.setLineWidth(2);
        float x = width * 0.69f;
        float y = height * 0.62f;
        page.moveTo(x - 6, y - 6);
        page.lineTo(x + 6, y + 6);
        page.moveTo(x - 6, y + 6);
        page.lineTo(x + 6, y - 6);
        page.stroke();
        drawCompass(page, width - 44, height - 44);
    }

    private static void drawCompass(PDPageContentStream page, float x, float y) throws IOException {
        page.setStrokingColor(PdfPages.INK);
        page.setLineWidth(0.8f);
        for (int point = 0; point < 4; point++) {
            double angle = Math.PI / 2 * point;
            float tipX = (float) Math.sin(angle) * 30;
            float tipY = (float) Math.cos(angle) * 30;
            page.setNonStrokingColor(point == 0 ? PdfPages.ACCENT : Color.WHITE);
            page.moveTo(x + tipX, y + tipY);
            page.lineTo(x + tipY / 5, y - tipX / 5);
            page.lineTo(x - tipY / 5, y + tipX / 5);
            page.closeAndFillAndStroke();
        }
    }
}
