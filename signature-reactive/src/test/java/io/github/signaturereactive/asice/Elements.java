package io.github.signaturereactive.asice;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Reads elements of written messages. */
final class Elements {

    private Elements() {}

    static String text(Element parent, String name) {
        List<Element> children = children(parent, name);
        return children.isEmpty() ? null : children.get(0).getTextContent();
    }

    static String attribute(Element parent, String name, String attribute) {
        List<Element> children = children(parent, name);
        return children.isEmpty() ? null : children.get(0).getAttribute(attribute);
    }

    static List<Element> children(Element parent, String name) {
        NodeList nodes = parent.getChildNodes();
        return new ArrayList<>(IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(node -> name.equals(node.getLocalName()))
                .map(Element.class::cast)
                .toList());
    }
}
