package io.github.signaturereactive.quickstart;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.util.Matrix;

/** Lays out headings, text, pictures and drawings from top to bottom on A4 pages. */
final class PdfPages implements AutoCloseable {

    static final Color INK = new Color(34, 40, 49);
    static final Color ACCENT = new Color(22, 92, 125);

    private static final float MARGIN = 64;
    private static final float WIDTH = PDRectangle.A4.getWidth() - 2 * MARGIN;
    private static final float TOP = PDRectangle.A4.getHeight() - MARGIN;
    private static final float JPEG_QUALITY = 0.92f;

    private final String title;
    private final PDDocument document = new PDDocument();
    private final PDFont body = new PDType1Font(FontName.TIMES_ROMAN);
    private final PDFont plain = new PDType1Font(FontName.HELVETICA);
    private final PDFont bold = new PDType1Font(FontName.HELVETICA_BOLD);
    private PDPageContentStream page;
    private float y = TOP;

    PdfPages(String title) throws IOException {
        this.title = title;
        this.page = nextPage();
        document.getDocumentInformation().setTitle(title);
    }

    /** A drawing in a frame whose lower left corner is at (0, 0). */
    interface Drawing {
        void draw(PDPageContentStream page, float width, float height) throws IOException;
    }

    PdfPages title(String subtitle) throws IOException {
        line(title, bold, 25, ACCENT, 34);
        line(subtitle, plain, 11, Color.GRAY, 30);
        return this;
    }

    PdfPages heading(String text) throws IOException {
        makeRoom(70);
        y -= 12;
        line(text, bold, 14, ACCENT, 23);
        return this;
    }

    PdfPages paragraph(String text) throws IOException {
        for (String line : wrapped(text, body, 11.5f)) {
            makeRoom(17);
            line(line, body, 11.5f, INK, 16.5f);
        }
        y -= 8;
        return this;
    }

    PdfPages picture(BufferedImage picture, String caption) throws IOException {
        PDImageXObject image = JPEGFactory.createFromImage(document, picture, JPEG_QUALITY);
        float height = WIDTH * picture.getHeight() / picture.getWidth();
        return figure(height, caption, (canvas, w, h) -> canvas.drawImage(image, 0, 0, w, h));
    }

    PdfPages figure(float height, String caption, Drawing drawing) throws IOException {
        makeRoom(height + 40);
        y -= height;
        page.saveGraphicsState();
        page.transform(Matrix.getTranslateInstance(MARGIN, y));
        drawing.draw(page, WIDTH, height);
        page.restoreGraphicsState();
        y -= 16;
        line(caption, plain, 9, Color.GRAY, 22);
        return this;
    }

    /** Adds a table with names on the left and values on the right, and a rule below each row. */
    PdfPages table(List<List<String>> rows) throws IOException {
        for (List<String> row : rows) {
            makeRoom(26);
            text(row.get(0), bold, 10, INK, MARGIN);
            text(row.get(1), plain, 10, INK, MARGIN + WIDTH * 0.42f);
            page.setStrokingColor(new Color(200, 206, 212));
            page.setLineWidth(0.6f);
            page.moveTo(MARGIN, y - 7);
            page.lineTo(MARGIN + WIDTH, y - 7);
            page.stroke();
            y -= 23;
        }
        y -= 6;
        return this;
    }

    void save(Path file) throws IOException {
        page.close();
        int count = document.getNumberOfPages();
        for (int i = 0; i < count; i++) {
            try (PDPageContentStream footer =
                    new PDPageContentStream(document, document.getPage(i), AppendMode.APPEND, true, true)) {
                page = footer;
                y = MARGIN / 2;
                text(title, plain, 8, Color.GRAY, MARGIN);
                String number = (i + 1) + " / " + count;
                text(number, plain, 8, Color.GRAY, MARGIN + WIDTH - width(number, plain, 8));
            }
        }
        document.save(file.toFile());
    }

    @Override
    public void close() throws IOException {
        document.close();
    }

    private PDPageContentStream nextPage() throws IOException {
        PDPage next = new PDPage(PDRectangle.A4);
        document.addPage(next);
        y = TOP;
        return new PDPageContentStream(document, next);
    }

    private void makeRoom(float height) throws IOException {
        if (y - height < MARGIN) {
            page.close();
            page = nextPage();
        }
    }

    private void line(String text, PDFont font, float size, Color color, float advance) throws IOException {
        text(text, font, size, color, MARGIN);
        y -= advance;
    }

    private void text(String text, PDFont font, float size, Color color, float x) throws IOException {
        page.beginText();
        page.setFont(font, size);
        page.setNonStrokingColor(color);
        page.newLineAtOffset(x, y);
        page.showText(text);
        page.endText();
    }

    private static List<String> wrapped(String text, PDFont font, float size) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split("\\s+", -1)) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (width(longer, font, size) > WIDTH && !line.isEmpty()) {
                lines.add(line.toString());
                line.setLength(0);
                line.append(word);
            } else {
                line.setLength(0);
                line.append(longer);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    private static float width(String text, PDFont font, float size) throws IOException {
        return font.getStringWidth(text) / 1000 * size;
    }
}
