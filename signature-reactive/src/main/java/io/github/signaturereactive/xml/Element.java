package io.github.signaturereactive.xml;

import io.github.signaturereactive.job.Link;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An element that was read. Text comes without the white space around it; empty text counts as none; of what the schema
 * allows once, the first counts. An element and an attribute are asked for in the same way.
 */
final class Element {

    private static final String SIGNATURE_JOB_ID = "signature-job-id";

    /** Where Jackson puts the text of an element that has attributes. */
    private static final String OWN_TEXT = "";

    /** The forms of xs:dateTime with an offset; leniency is about 24:00:00, which is one of them. */
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.withResolverStyle(ResolverStyle.SMART);

    private final String name;
    private final JsonNode node;
    private final String root;
    private final @Nullable Long job;

    /** The root element of a message. */
    Element(String name, JsonNode node) {
        this.name = name;
        this.node = node;
        this.root = name;
        this.job = number(text(SIGNATURE_JOB_ID));
    }

    private Element(String name, JsonNode node, Element parent) {
        this.name = name;
        this.node = node;
        this.root = parent.root;
        this.job = parent.job;
    }

    /** The elements of this name. */
    List<Element> children(String child) {
        JsonNode found = node.path(child);
        List<JsonNode> nodes =
                found.isArray() ? List.copyOf(found.values()) : found.isMissingNode() ? List.of() : List.of(found);
        return nodes.stream().map(each -> new Element(child, each, this)).toList();
    }

    /** The first element of this name, or null. */
    @Nullable
    Element child(String child) {
        List<Element> children = children(child);
        return children.isEmpty() ? null : children.get(0);
    }

    /** The text of the first element, or the value of the attribute, of this name; null if it is absent or blank. */
    @Nullable
    String text(String child) {
        Element found = child(child);
        return found == null ? null : found.text();
    }

    /** The text of this element, or null if there is none but white space. */
    @Nullable
    String text() {
        JsonNode own = node.isObject() ? node.path(OWN_TEXT) : node;
        String text = (own.isArray() ? own.path(0) : own).stringValue("").strip();
        return text.isEmpty() ? null : text;
    }

    /** The job that this message is about. */
    long signatureJobId() {
        if (job == null) {
            throw unreadable("<" + SIGNATURE_JOB_ID + "> is missing or not a whole number");
        }
        return job;
    }

    /** The text of an element without which the message is of no use. */
    String requiredText(String child) {
        String text = text(child);
        if (text == null) {
            throw unreadable("<" + child + "> is missing or empty");
        }
        return text;
    }

    /** What the URL in the first element, or attribute, of this name leads to, or null if there is none. */
    <T> @Nullable T link(String child, Function<URI, T> reference) {
        Element found = child(child);
        URI url = found == null ? null : found.ownUrl();
        return url == null ? null : reference.apply(url);
    }

    /** The URL in the first element of this name, or null if there is none. */
    @Nullable
    URI url(String child) {
        return link(child, Function.identity());
    }

    /** The URL that is the text of this element, exactly as it came; null if there is none. */
    @Nullable
    URI ownUrl() {
        String text = text();
        if (text == null) {
            return null;
        }
        try {
            URI url = URI.create(text);
            Link.requireAbsolute(url);
            return url;
        } catch (IllegalArgumentException e) {
            throw unreadable("<" + name + "> is not an absolute URL");
        }
    }

    /** A time with an offset, or null if there is none that can be understood. */
    @Nullable
    OffsetDateTime time(String child) {
        String text = text(child);
        try {
            return text == null ? null : OffsetDateTime.parse(text, DATE_TIME);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private UnreadableMessageException unreadable(String why) {
        return new UnreadableMessageException("The message is not a readable <" + root + ">: " + why, job);
    }

    private static @Nullable Long number(@Nullable String text) {
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
