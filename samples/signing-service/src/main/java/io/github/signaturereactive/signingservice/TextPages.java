package io.github.signaturereactive.signingservice;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.font.encoding.WinAnsiEncoding;

/** Sets lines of text on A4 pages, as many as it takes. */
final class TextPages {

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

    static TextPages on(PDDocument pdf, FontName font, float size) {
        return new TextPages(pdf, new PDType1Font(font), size);
    }

    void write(List<String> lines) throws IOException {
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
        for (int i = 0; i < line.length(); i++) {
            float next = font.getStringWidth(line.substring(i, i + 1)) / 1000 * size;
            if (width + next > WIDTH) {
                wrapped.add(current.toString());
                current.setLength(0);
                width = 0;
            }
            current.append(line.charAt(i));
            width += next;
        }
        wrapped.add(current.toString());
        return wrapped;
    }

    /** The standard fonts know the letters of Western Europe; a question mark stands for every other. */
    private static String printable(String line) {
        StringBuilder printable = new StringBuilder();
        line.codePoints()
                .map(c -> c == '\t' ? ' ' : c)
                .map(c -> c >= ' ' && c != 0x7f && known(c) ? c : '?')
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }

    private static boolean known(int codePoint) {
        return codePoint < 0x7f
                || (codePoint > 0xa0
                        && codePoint <= 0xff
                        && codePoint != 0xad
                        && WinAnsiEncoding.INSTANCE.contains(codePoint));
    }
}
