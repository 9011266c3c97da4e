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
 * An element of a message. Text and attribute values are returned without surrounding white space, or as null if they are blank. If
 * an element that the schema permits once occurs more often, the first one is used.
 */
final class Element {

    private static final String SIGNATURE_JOB_ID = "signature-job-id";

    /** The forms of {@code xs:dateTime} that have an offset. {@code 24:00:00} is one of them. */
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

    /** Returns the child elements with this name. */
    List<Element> children(String child) {
        return children.stream().filter(element -> element.name.equals(child)).toList();
    }

    /** Returns the first child element with this name, or null. */
    @Nullable
    Element child(String child) {
        for (Element element : children) {
            if (element.name.equals(child)) {
                return element;
            }
        }
        return null;
    }

    /** Returns the text of the first child element with this name, or null if it is absent or blank. */
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

    /** Returns the value of the attribute, or null if it is absent or blank. */
    @Nullable
    String attribute(String attribute) {
        return nullIfBlank(attributes.get(attribute));
    }

    private static @Nullable String nullIfBlank(@Nullable String text) {
        String stripped = text == null ? "" : text.strip();
        return stripped.isEmpty() ? null : stripped;
    }

    /** Returns the {@code signature-job-id} of the message. Throws if it is missing. */
    long signatureJobId() {
        Long job = root.job();
        if (job == null) {
            throw unreadable("<" + SIGNATURE_JOB_ID + "> is missing or not an integer");
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

    /** Returns the text of a child element. Throws if it is missing. */
    String requiredText(String child) {
        String found = text(child);
        if (found == null) {
            throw unreadable("<" + child + "> is missing or empty");
        }
        return found;
    }

    /** Returns a reference for the URL in the first child element with this name, or null if it is absent or blank. */
    <T> @Nullable T link(String child, Function<URI, T> reference) {
        URI url = url(child);
        return url == null ? null : reference.apply(url);
    }

    /** Returns the URL in the first child element with this name, or null if it is absent or blank. */
    @Nullable
    URI url(String child) {
        Element found = child(child);
        return found == null ? null : found.url();
    }

    /** Returns the URL in this element without normalizing it, or null if the element is blank. */
    @Nullable
    URI url() {
        return url("<" + name + ">", text());
    }

    /** Returns the URL in the attribute, or null if it is absent or blank. */
    @Nullable
    URI urlAttribute(String attribute) {
        return url("attribute " + attribute + " of <" + name + ">", attribute(attribute));
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

    /** Returns the time in the attribute, or null if it is absent, malformed or without an offset. */
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
        return new UnreadableMessageException(root.name, why, root.job());
    }
}
