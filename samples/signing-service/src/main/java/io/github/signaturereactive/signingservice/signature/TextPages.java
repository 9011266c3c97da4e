package io.github.signaturereactive.signingservice.signature;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.jspecify.annotations.Nullable;

/** Lays out lines of text on A4 pages. */
public final class TextPages {

    /** The embedded font, which is part of PDFBox. Fonts of the machine are not used. */
    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private static final float MARGIN = 56;
    private static final float WIDTH = PDRectangle.A4.getWidth() - 2 * MARGIN;

    private final PDDocument pdf;
    private final PDFont font;
    private final float size;

    private TextPages(PDDocument pdf, PDFont font, float size) {
        this.pdf = pdf;
        this.font = font;
        this.size = size;
    }

    /** Returns a PDF with these lines, with at least one page. */
    public static byte[] pdf(List<String> lines, float size) throws IOException {
        try (PDDocument pdf = new PDDocument();
                @Nullable InputStream font = PDDocument.class.getResourceAsStream(FONT);
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            if (font == null) {
                throw new IllegalStateException("PDFBox comes without " + FONT);
            }
            new TextPages(pdf, PDType0Font.load(pdf, font), size).write(lines);
            pdf.save(bytes); // embeds the font
            return bytes.toByteArray();
        }
    }

    private void write(List<String> lines) throws IOException {
        List<String> fitting = new ArrayList<>();
        for (String line : lines) {
            fitting.addAll(wrap(printable(line)));
        }
        float leading = 1.4f * size;
        int perPage = (int) ((PDRectangle.A4.getHeight() - 2 * MARGIN) / leading);
        for (int from = 0; from == 0 || from < fitting.size(); from += perPage) {
            page(fitting.subList(from, Math.min(fitting.size(), from + perPage)), leading);
        }
    }

    private void page(List<String> lines, float leading) throws IOException {
        PDPage page = new PDPage(PDRectangle.A4);
        pdf.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
            content.beginText();
            content.setFont(font, size);
            content.setLeading(leading);
            content.newLineAtOffset(MARGIN, PDRectangle.A4.getHeight() - MARGIN);
            for (String line : lines) {
                content.showText(line);
                content.newLine();
            }
            content.endText();
        }
    }

    private List<String> wrap(String line) throws IOException {
        List<String> wrapped = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        float width = 0;
        for (int i = 0; i < line.length(); i += Character.charCount(line.codePointAt(i))) {
            String character = Character.toString(line.codePointAt(i));
            float next = font.getStringWidth(character) / 1000 * size;
            if (width + next > WIDTH) {
                wrapped.add(current.toString());
                current.setLength(0);
                width = 0;
            }
            current.append(character);
            width += next;
        }
        wrapped.add(current.toString());
        return wrapped;
    }

    /** Replaces characters that the font does not have by question marks. */
    private String printable(String line) {
        StringBuilder printable = new StringBuilder();
        line.codePoints()
                .map(c -> c == '	' ? ' ' : c)
                .mapToObj(Character::toString)
                .map(c -> known(c) ? c : "?")
                .forEach(printable::append);
        return printable.toString();
    }

    private boolean known(String character) {
        try {
            return font.encode(character).length > 0;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
