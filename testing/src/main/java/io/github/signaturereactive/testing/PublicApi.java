package io.github.signaturereactive.testing;

import java.io.IOException;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A listing of the public API of a module: its public types, and their public and protected members with full signatures. The file {@code
 * api.txt} of the module has the same listing, so that a change of the API is visible in a diff.
 *
 * <p>The listing omits interfaces that are not public, methods of {@link Object} that types override, and the methods of records and
 * enums that follow from their components and constants.
 */
public final class PublicApi {

    private static final Path FILE = Path.of("api.txt");
    private static final String MEMBER = "    ";
    private static final Pattern TYPE = Pattern.compile("(?:class|interface|record|enum) ([\\w.]+)");
    private static final int MODIFIERS =
            Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL;

    private final String module;
    private final List<String> lines = new ArrayList<>();
    private final Set<Class<?>> named = new HashSet<>();

    private PublicApi(String module) {
        this.module = module;
    }

    /**
     * Creates the listing of a module.
     *
     * @param module the directory of the module
     * @param type any type of the module
     * @param internal whether a public type is not part of the public API. Such types are listed by name only
     */
    public static PublicApi of(String module, Class<?> type, Predicate<Class<?>> internal) {
        var api = new PublicApi(module);
        List<Class<?>> types = publicTypes(type);
        types.stream().filter(internal.negate()).forEach(api::add);
        List<String> internals =
                types.stream().filter(internal).map(Class::getCanonicalName).toList();
        if (!internals.isEmpty()) {
            api.lines.add("");
            api.lines.add("# Internal types, which are public so that other packages can use them");
            api.lines.addAll(internals);
        }
        return api;
    }

    /** Returns all types that are named in the public API: its own types, and the types in signatures. */
    public Set<Class<?>> namedTypes() {
        return Set.copyOf(named);
    }

    /**
     * Compares the listing with {@code api.txt} of the module. If the system property {@code updateApi} is set, writes the file instead.
     *
     * @throws AssertionError if the file differs, with the difference and the command that rewrites the file
     */
    public void compareWithFile() throws IOException {
        String command = "mvn test -pl " + module
                + " -am -Dtest=PublicApiTest -Dsurefire.failIfNoSpecifiedTests=false -DupdateApi";
        List<String> actual = new ArrayList<>(List.of(
                "# The public API of " + module + ". PublicApiTest checks it. To update this file:", "# " + command));
        actual.addAll(lines);
        if (System.getProperty("updateApi") != null) {
            Files.write(FILE, actual);
            return;
        }
        List<String> expected = Files.exists(FILE) ? Files.readAllLines(FILE) : List.of();
        if (!actual.equals(expected)) {
            throw new AssertionError("The public API differs from " + module + "/" + FILE + ":\n\n"
                    + difference(expected, actual) + "\nIf this is intended, rewrite the file and commit it:\n\n  "
                    + command + "\n");
        }
    }

    /** Returns removed and added lines, with the line of their type. */
    private static String difference(List<String> expected, List<String> actual) {
        Map<String, List<String>> before = sections(expected);
        Map<String, List<String>> after = sections(actual);
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        var difference = new StringBuilder();
        for (String name : names) {
            List<String> old = before.getOrDefault(name, List.of());
            List<String> current = after.getOrDefault(name, List.of());
            if (!old.equals(current)) {
                difference.append("  ").append(name).append('\n');
                old.stream().filter(line -> !current.contains(line)).forEach(line -> append(difference, "- ", line));
                current.stream().filter(line -> !old.contains(line)).forEach(line -> append(difference, "+ ", line));
            }
        }
        return difference.toString();
    }

    private static void append(StringBuilder text, String prefix, String line) {
        text.append(prefix).append(line).append('\n');
    }

    /** Groups the lines by the name of the type to which they belong. */
    private static Map<String, List<String>> sections(List<String> lines) {
        Map<String, List<String>> sections = new HashMap<>();
        String name = "";
        for (String line : lines) {
            if (!line.startsWith(MEMBER)) {
                Matcher type = TYPE.matcher(line);
                name = type.find() ? type.group(1) : line;
            }
            sections.computeIfAbsent(name, any -> new ArrayList<>()).add(line);
        }
        return sections;
    }

    private static List<Class<?>> publicTypes(Class<?> type) {
        try {
            Path classes = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            try (Stream<Path> files = Files.walk(classes)) {
                return files.map(file -> classes.relativize(file).toString())
                        .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                        .map(file -> file.substring(0, file.length() - ".class".length())
                                .replace(file.contains("\\") ? '\\' : '/', '.'))
                        .<Class<?>>map(name -> load(name, type.getClassLoader()))
                        .filter(PublicApi::isVisible)
                        .sorted(Comparator.comparing(Class::getCanonicalName))
                        .toList();
            }
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns whether the type and all types around it are public or protected. */
    private static boolean isVisible(Class<?> type) {
        @Nullable Class<?> enclosing = type.getDeclaringClass();
        return isVisible(type.getModifiers())
                && !type.isAnonymousClass()
                && !type.isLocalClass()
                && (enclosing == null || isVisible(enclosing));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private void add(Class<?> type) {
        lines.add(declaration(type));
        Arrays.stream(type.getDeclaredFields())
                .filter(PublicApi::isListed)
                .map(this::field)
                .sorted()
                .forEach(this::addMember);
        Arrays.stream(type.getDeclaredConstructors())
                .filter(constructor -> isListed(constructor) && !isCanonical(constructor))
                .map(constructor ->
                        executable(constructor, constructor.getDeclaringClass().getSimpleName()))
                .sorted()
                .forEach(this::addMember);
        Arrays.stream(type.getDeclaredMethods())
                .filter(method -> isListed(method) && !isImplied(method))
                .sorted(Comparator.comparing(Method::getName).thenComparing(this::method))
                .map(this::method)
                .forEach(this::addMember);
    }

    private void addMember(String line) {
        lines.add(MEMBER + line);
    }

    private static boolean isListed(Member member) {
        return isVisible(member.getModifiers()) && !member.isSynthetic();
    }

    /** Returns whether the constructor follows from the components of a record. */
    private static boolean isCanonical(Constructor<?> constructor) {
        Class<?> type = constructor.getDeclaringClass();
        return type.isRecord()
                && Arrays.equals(
                        constructor.getParameterTypes(),
                        Arrays.stream(type.getRecordComponents())
                                .map(component -> component.getType())
                                .toArray());
    }

    /** Returns whether the method overrides one of {@link Object}, or follows from the components or constants of its type. */
    private static boolean isImplied(Method method) {
        Class<?> type = method.getDeclaringClass();
        if (type.isRecord()
                && Arrays.stream(type.getRecordComponents())
                        .anyMatch(component -> method.equals(component.getAccessor()))) {
            return true;
        }
        if (type.isEnum()
                && Modifier.isStatic(method.getModifiers())
                && List.of("values", "valueOf").contains(method.getName())) {
            return true;
        }
        try {
            Method overridden = Object.class.getMethod(method.getName(), method.getParameterTypes());
            return !Modifier.isFinal(overridden.getModifiers());
        } catch (NoSuchMethodException notOfObject) {
            return false;
        }
    }

    private String declaration(Class<?> type) {
        named.add(type);
        String kind = type.isAnnotation()
                ? "@interface"
                : type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
        // Enums and records are static and final, and interfaces abstract, without these words in the source.
        int implied = kind.equals("class") ? 0 : Modifier.FINAL | Modifier.ABSTRACT | Modifier.STATIC;
        var line = new StringBuilder(annotations(type))
                .append(modifiers(type.getModifiers() & ~implied))
                .append(type.isSealed() && !type.isEnum() ? "sealed " : "")
                .append(kind)
                .append(' ')
                .append(type.getCanonicalName())
                .append(typeParameters(type.getTypeParameters()));
        if (type.isRecord()) {
            line.append(Arrays.stream(type.getRecordComponents())
                    .map(component -> type(component.getAnnotatedType()) + " " + component.getName())
                    .collect(Collectors.joining(", ", "(", ")")));
        }
        @Nullable AnnotatedType superclass = type.getAnnotatedSuperclass();
        if (kind.equals("class") && superclass != null && superclass.getType() != Object.class) {
            line.append(" extends ").append(type(superclass));
        }
        AnnotatedType[] interfaces = Arrays.stream(type.getAnnotatedInterfaces())
                .filter(implemented -> isVisible(raw(implemented)))
                .toArray(AnnotatedType[]::new);
        if (interfaces.length > 0 && !type.isAnnotation()) {
            line.append(type.isInterface() ? " extends " : " implements ").append(types(interfaces));
        }
        return line.toString();
    }

    private String field(Field field) {
        return field.isEnumConstant()
                ? annotations(field) + field.getName()
                : annotations(field)
                        + modifiers(field.getModifiers())
                        + type(field.getAnnotatedType())
                        + " "
                        + field.getName();
    }

    private String method(Method method) {
        return executable(method, type(method.getAnnotatedReturnType()) + " " + method.getName());
    }

    private String executable(Executable executable, String resultAndName) {
        String typeParameters = typeParameters(executable.getTypeParameters());
        String parameters = types(executable.getAnnotatedParameterTypes());
        if (executable.isVarArgs()) {
            parameters = parameters.substring(0, parameters.length() - "[]".length()) + "...";
        }
        AnnotatedType[] exceptions = executable.getAnnotatedExceptionTypes();
        return annotations(executable)
                + modifiers(executable.getModifiers())
                + (executable instanceof Method method && method.isDefault() ? "default " : "")
                + (typeParameters.isEmpty() ? "" : typeParameters + " ")
                + resultAndName
                + "("
                + parameters
                + ")"
                + (exceptions.length == 0 ? "" : " throws " + types(exceptions));
    }

    private static String modifiers(int modifiers) {
        String text = Modifier.toString(modifiers & MODIFIERS);
        return text.isEmpty() ? "" : text + " ";
    }

    private String typeParameters(TypeVariable<?>[] variables) {
        return variables.length == 0
                ? ""
                : Arrays.stream(variables)
                        .map(variable -> variable.getName() + bounds(" extends ", variable.getAnnotatedBounds()))
                        .collect(Collectors.joining(", ", "<", ">"));
    }

    private String bounds(String keyword, AnnotatedType[] bounds) {
        String text = Arrays.stream(bounds).map(this::type).collect(Collectors.joining(" & "));
        return text.isEmpty() || (keyword + text).equals(" extends Object") ? "" : keyword + text;
    }

    private String types(AnnotatedType[] types) {
        return Arrays.stream(types).map(this::type).collect(Collectors.joining(", "));
    }

    private String type(AnnotatedType annotated) {
        if (annotated instanceof AnnotatedArrayType array) {
            String component = type(array.getAnnotatedGenericComponentType());
            String annotations = annotations(array);
            return component + (annotations.isEmpty() ? "" : " " + annotations) + "[]";
        }
        return annotations(annotated) + withoutAnnotations(annotated);
    }

    private String withoutAnnotations(AnnotatedType annotated) {
        if (annotated instanceof AnnotatedParameterizedType parameterized) {
            return name(raw(parameterized)) + "<" + types(parameterized.getAnnotatedActualTypeArguments()) + ">";
        }
        if (annotated instanceof AnnotatedWildcardType wildcard) {
            String lower = bounds(" super ", wildcard.getAnnotatedLowerBounds());
            return "?" + (lower.isEmpty() ? bounds(" extends ", wildcard.getAnnotatedUpperBounds()) : lower);
        }
        Type type = annotated.getType();
        return annotated instanceof AnnotatedTypeVariable || !(type instanceof Class<?> named)
                ? type.getTypeName()
                : name(named);
    }

    private static Class<?> raw(AnnotatedType annotated) {
        Type type = annotated.getType();
        return (Class<?>) (type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type);
    }

    private String name(Class<?> type) {
        named.add(type);
        String name = type.getCanonicalName();
        return name.startsWith("java.lang.") && type.getPackageName().equals("java.lang")
                ? name.substring("java.lang.".length())
                : name;
    }

    private static String annotations(AnnotatedElement element) {
        return (element.isAnnotationPresent(Nullable.class) ? "@Nullable " : "")
                + (element.isAnnotationPresent(FunctionalInterface.class) ? "@FunctionalInterface " : "")
                + (element.isAnnotationPresent(Deprecated.class) ? "@Deprecated " : "");
    }
}
