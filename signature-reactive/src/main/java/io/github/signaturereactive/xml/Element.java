package io.github.signaturereactive.xml;

import io.github.signaturereactive.job.Link;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An element of a message. Text is returned without surrounding white space, and empty text as null. Of elements that the schema
 * allows once, the first counts.
 */
final class Element {

    private static final String SIGNATURE_JOB_ID = "signature-job-id";

    /** The forms of xs:dateTime with an offset, 24:00:00 included. */
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.withResolverStyle(ResolverStyle.SMART);

    private final String name;
    private final Element root;
    private final Map<String, String> attributes = new HashMap<>(4);
    private final List<Element> children = new ArrayList<>(4);
    private final StringBuilder text = new StringBuilder(0);

    /** Creates the root element of a message. */
    Element(String name) {
        this.name = name;
        this.root = this;
    }

    private Element(String name, Element root) {
        this.name = name;
        this.root = root;
    }

    /** Adds a child element, for the parser. */
    Element add(String child) {
        var element = new Element(child, root);
        children.add(element);
        return element;
    }

    /** Adds an attribute, for the parser. */
    void addAttribute(String attribute, String value) {
        attributes.putIfAbsent(attribute, value);
    }

    /** Adds text, for the parser. */
    void addText(String more) {
        text.append(more);
    }

    /** Returns the child elements of this name. */
    List<Element> children(String child) {
        return children.stream().filter(element -> element.name.equals(child)).toList();
    }

    /** Returns the first child element of this name, or null. */
    @Nullable
    Element child(String child) {
        for (Element element : children) {
            if (element.name.equals(child)) {
                return element;
            }
        }
        return null;
    }

    /** Returns the text of the first child element of this name, or null if it is absent or blank. */
    @Nullable
    String text(String child) {
        Element found = child(child);
        return found == null ? null : found.text();
    }

    /** Returns the text of this element, or null if it is blank. */
    @Nullable
    String text() {
        return nullIfBlank(text.toString());
    }

    /** Returns the value of the attribute of this name, or null if it is absent or blank. */
    @Nullable
    String attribute(String attribute) {
        return nullIfBlank(attributes.get(attribute));
    }

    private static @Nullable String nullIfBlank(@Nullable String text) {
        String stripped = text == null ? "" : text.strip();
        return stripped.isEmpty() ? null : stripped;
    }

    /** Returns the number of the job that this message is about. */
    long signatureJobId() {
        Long job = root.job();
        if (job == null) {
            throw unreadable("<" + SIGNATURE_JOB_ID + "> is missing or not a whole number");
        }
        return job;
    }

    private @Nullable Long job() {
        String number = text(SIGNATURE_JOB_ID);
        try {
            return number == null ? null : Long.valueOf(number);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Returns the text of a child element without which the message is of no use. */
    String requiredText(String child) {
        String found = text(child);
        if (found == null) {
            throw unreadable("<" + child + "> is missing or empty");
        }
        return found;
    }

    /** Returns the reference for the URL in the first child element of this name, or null if there is none. */
    <T> @Nullable T link(String child, Function<URI, T> reference) {
        URI url = url(child);
        return url == null ? null : reference.apply(url);
    }

    /** Returns the URL in the first child element of this name, or null if there is none. */
    @Nullable
    URI url(String child) {
        Element found = child(child);
        return found == null ? null : found.url();
    }

    /** Returns the URL in this element exactly as it is written, or null if there is none. */
    @Nullable
    URI url() {
        return url("<" + name + ">", text());
    }

    /** Returns the URL in the attribute of this name, or null if there is none. */
    @Nullable
    URI urlAttribute(String attribute) {
        return url("The attribute " + attribute + " of <" + name + ">", attribute(attribute));
    }

    private @Nullable URI url(String source, @Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            URI url = URI.create(value);
            Link.requireAbsolute(url);
            return url;
        } catch (IllegalArgumentException e) {
            throw unreadable(source + " is not an absolute URL");
        }
    }

    /** Returns the time with an offset in the attribute of this name, or null if it is absent or malformed. */
    @Nullable
    OffsetDateTime timeAttribute(String attribute) {
        String value = attribute(attribute);
        try {
            return value == null ? null : OffsetDateTime.parse(value, DATE_TIME);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private UnreadableMessageException unreadable(String why) {
        return new UnreadableMessageException("The message is not a readable <" + root.name + ">: " + why, root.job());
    }
}
