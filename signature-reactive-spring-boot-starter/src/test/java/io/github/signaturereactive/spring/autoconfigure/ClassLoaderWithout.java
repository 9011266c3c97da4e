package io.github.signaturereactive.spring.autoconfigure;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.springframework.boot.test.context.FilteredClassLoader;

/** A class loader that hides jars, with their packages and their lists of auto-configurations. */
final class ClassLoaderWithout extends FilteredClassLoader {

    private final List<String> jars;

    /**
     * Creates the class loader.
     *
     * @param jars the prefixes of the names of the jars
     * @param packages the packages of the jars
     */
    ClassLoaderWithout(List<String> jars, String... packages) {
        super(packages);
        this.jars = jars;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return Collections.enumeration(Collections.list(super.getResources(name)).stream()
                .filter(url -> jars.stream().noneMatch(jar -> url.toString().contains("/" + jar)))
                .toList());
    }
}
