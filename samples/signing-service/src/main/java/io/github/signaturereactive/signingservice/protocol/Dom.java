package io.github.signaturereactive.signingservice.protocol;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** Finds child elements by their local name. The schema validation has already checked the namespaces. */
public final class Dom {

    private Dom() {}

    /** Returns the child elements. */
    public static Stream<Element> children(Element parent) {
        return IntStream.range(0, parent.getChildNodes().getLength())
                .mapToObj(i -> parent.getChildNodes().item(i))
                .filter(Element.class::isInstance)
                .map(Element.class::cast);
    }

    /** Returns the child elements of this local name. */
    public static List<Element> children(Element parent, String name) {
        return children(parent)
                .filter(child -> name.equals(child.getLocalName()))
                .toList();
    }

    /** Returns the first child element of this local name. */
    public static Optional<Element> child(Element parent, String name) {
        return children(parent)
                .filter(child -> name.equals(child.getLocalName()))
                .findFirst();
    }

    /** Returns the first child element of this local name, which must exist. */
    public static Element required(Element parent, String name) {
        return child(parent, name)
                .orElseThrow(() -> new IllegalArgumentException("No " + name + " in " + parent.getLocalName()));
    }

    /** Returns the text of the first child element of this local name. */
    public static Optional<String> text(Element parent, String name) {
        return child(parent, name).map(child -> child.getTextContent().trim());
    }
}
