package io.github.signaturereactive;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.signaturereactive.asice.Bundle;
import io.github.signaturereactive.asice.Documents;
import io.github.signaturereactive.http.ApiClient;
import io.github.signaturereactive.http.ApiResponse;
import io.github.signaturereactive.http.ClientSchedulers;
import io.github.signaturereactive.http.Download;
import io.github.signaturereactive.http.DroppedErrors;
import io.github.signaturereactive.http.Identity;
import io.github.signaturereactive.http.TokenSettings;
import io.github.signaturereactive.http.TransportSettings;
import io.github.signaturereactive.job.Field;
import io.github.signaturereactive.job.Link;
import io.github.signaturereactive.job.SignatureException;
import io.github.signaturereactive.poll.Delivery;
import io.github.signaturereactive.poll.PollEvent;
import io.github.signaturereactive.poll.PollPermits;
import io.github.signaturereactive.poll.Polled;
import io.github.signaturereactive.poll.ProcessingFailure;
import io.github.signaturereactive.poll.StatusChanges;
import io.github.signaturereactive.poll.StatusQueue;
import io.github.signaturereactive.poll.Unconfirmed;
import io.github.signaturereactive.security.CertificateAuthorities;
import io.github.signaturereactive.security.DrainOnWriteFailureHandler;
import io.github.signaturereactive.security.HandshakeFailures;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.security.ServerTrust;
import io.github.signaturereactive.security.TlsContext;
import io.github.signaturereactive.security.WebTrust;
import io.github.signaturereactive.xml.ErrorMessage;
import io.github.signaturereactive.xml.Messages;
import io.github.signaturereactive.xml.UnreadableMessageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@AnalyzeClasses(packages = "io.github.signaturereactive", importOptions = ArchitectureTest.OfTheSdk.class)
class ArchitectureTest {

    /** Includes the classes of the library only. */
    static final class OfTheSdk implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return location.contains("signature-reactive/target/classes/");
        }
    }

    private static final String ROOT = "io.github.signaturereactive";

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule dependenciesPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("clients")
            .definedBy(ROOT)
            .layer("http")
            .definedBy(ROOT + ".http")
            .layer("asice")
            .definedBy(ROOT + ".asice")
            .layer("xml")
            .definedBy(ROOT + ".xml")
            .layer("poll")
            .definedBy(ROOT + ".poll")
            .layer("observation")
            .definedBy(ROOT + ".observation")
            .layer("connection")
            .definedBy(ROOT + ".connection")
            .layer("security")
            .definedBy(ROOT + ".security")
            .layer("direct")
            .definedBy(ROOT + ".direct")
            .layer("portal")
            .definedBy(ROOT + ".portal")
            .layer("job")
            .definedBy(ROOT + ".job")
            .whereLayer("clients")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("clients")
            .whereLayer("asice")
            .mayOnlyBeAccessedByLayers("clients")
            .whereLayer("poll")
            .mayOnlyBeAccessedByLayers("clients")
            .whereLayer("xml")
            .mayOnlyBeAccessedByLayers("clients", "http")
            .whereLayer("security")
            .mayOnlyBeAccessedByLayers("clients", "http", "asice")
            .whereLayer("observation")
            .mayOnlyBeAccessedByLayers("clients", "http")
            .whereLayer("connection")
            .mayOnlyBeAccessedByLayers("clients", "http")
            .whereLayer("connection")
            .mayNotAccessAnyLayer()
            .whereLayer("observation")
            .mayNotAccessAnyLayer()
            .whereLayer("direct")
            .mayOnlyBeAccessedByLayers("clients", "xml")
            .whereLayer("portal")
            .mayOnlyBeAccessedByLayers("clients", "xml")
            .whereLayer("job")
            .mayNotAccessAnyLayer();

    /** The types of each package that are public only because other packages use them. */
    private static final Map<String, Set<Class<?>>> INTERNAL = Map.of(
            "asice",
            Set.of(Bundle.class, Documents.class),
            "http",
            Set.of(
                    ApiClient.class,
                    ApiResponse.class,
                    ClientSchedulers.class,
                    Download.class,
                    DroppedErrors.class,
                    Identity.class,
                    TokenSettings.class,
                    TransportSettings.class),
            "job",
            Set.of(Field.class, Link.class),
            "security",
            Set.of(
                    CertificateAuthorities.class,
                    DrainOnWriteFailureHandler.class,
                    HandshakeFailures.class,
                    ServerTrust.class,
                    TlsContext.class,
                    WebTrust.class),
            "xml",
            Set.of(ErrorMessage.class, Messages.class, UnreadableMessageException.class));

    /** The public API in packages whose public types are all listed here. The other packages of the public API are only in api.txt. */
    private static final Map<String, Set<Class<?>>> API = Map.of(
            "security",
            Set.of(OrganizationCertificate.class),
            "poll",
            Set.of(
                    Delivery.class,
                    PollEvent.class,
                    PollPermits.class,
                    Polled.class,
                    ProcessingFailure.class,
                    StatusChanges.class,
                    StatusQueue.class,
                    Unconfirmed.class));

    /** Returns whether a type is not part of the public API although it is public. */
    static boolean isInternal(Class<?> type) {
        return INTERNAL.values().stream().anyMatch(types -> types.contains(outermost(type)));
    }

    private static Class<?> outermost(Class<?> type) {
        return type.getDeclaringClass() == null ? type : outermost(type.getDeclaringClass());
    }

    @ArchTest
    static void publicTypesOfInternalPackagesAreListed(JavaClasses classes) {
        for (String name : List.of("asice", "http", "poll", "security", "xml")) {
            Set<Class<?>> listed = new HashSet<>(INTERNAL.getOrDefault(name, Set.of()));
            listed.addAll(API.getOrDefault(name, Set.of()));

            assertThat(classes.stream()
                            .filter(type -> type.getPackageName().equals(ROOT + "." + name))
                            .filter(type -> type.isTopLevelClass()
                                    && type.getModifiers().contains(JavaModifier.PUBLIC))
                            .map(JavaClass::reflect))
                    .as("public types of the package " + name)
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    @ArchTest
    static void packagesWithInternalTypesSaySo(JavaClasses classes) throws IOException {
        for (String name : INTERNAL.keySet()) {
            Path file = Path.of("src/main/java", ROOT.replace('.', '/'), name, "package-info.java");

            assertThat(Files.readString(file).replaceAll("\\s+(\\* ?)?", " "))
                    .as("package-info of " + name)
                    .containsIgnoringCase("internal: ")
                    .containsIgnoringCase("not part of the public API");
        }
    }

    @ArchTest
    static final ArchRule nothingOpensFilesNearAnEventLoop = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".http", ROOT + ".poll", ROOT + ".xml")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.nio.channels..")
            .because("BlockHound does not see file channels");

    @ArchTest
    static final ArchRule everyErrorIsASignatureException = classes()
            .that()
            .resideInAPackage("io.github.signaturereactive.job")
            .and()
            .areAssignableTo(Throwable.class)
            .should()
            .beAssignableTo(SignatureException.class);

    @ArchTest
    static final ArchRule nothingBlocks = noClasses()
            .should()
            .callMethodWhere(
                    target(With.<JavaClass>owner(assignableTo(Mono.class).or(assignableTo(Flux.class))))
                            .and(target(nameMatching("block.*|toIterable|toStream|toFuture"))));
}
