package io.github.signaturereactive.spring.autoconfigure;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.springframework.boot.test.context.FilteredClassLoader;

/** A class loader that seems to lack jars: neither packages nor what announces auto-configurations in them is there. */
final class ClassLoaderWithout extends FilteredClassLoader {

    private final List<String> jars;

    /**
     * A class loader without jars.
     *
     * @param jars how their names begin
     * @param packages the packages in them
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
