package io.github.signaturereactive.signingservice;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** Finds child elements by their local name. The schema validation has already checked the namespaces. */
final class Dom {

    private Dom() {}

    static Stream<Element> children(Element parent) {
        return IntStream.range(0, parent.getChildNodes().getLength())
                .mapToObj(i -> parent.getChildNodes().item(i))
                .filter(Element.class::isInstance)
                .map(Element.class::cast);
    }

    static List<Element> children(Element parent, String name) {
        return children(parent)
                .filter(child -> name.equals(child.getLocalName()))
                .toList();
    }

    static Optional<Element> child(Element parent, String name) {
        return children(parent)
                .filter(child -> name.equals(child.getLocalName()))
                .findFirst();
    }

    static Element required(Element parent, String name) {
        return child(parent, name)
                .orElseThrow(() -> new IllegalArgumentException("No " + name + " in " + parent.getLocalName()));
    }

    static Optional<String> text(Element parent, String name) {
        return child(parent, name).map(child -> child.getTextContent().trim());
    }
}
