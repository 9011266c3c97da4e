package io.github.signaturereactive;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.signaturereactive.job.SignatureException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@AnalyzeClasses(packages = "io.github.signaturereactive", importOptions = ArchitectureTest.OfTheSdk.class)
class ArchitectureTest {

    /** The other modules' classes, on the class path of the tests, follow rules of their own. */
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
            .layer("doors")
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
            .whereLayer("doors")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("doors")
            .whereLayer("asice")
            .mayOnlyBeAccessedByLayers("doors")
            .whereLayer("poll")
            .mayOnlyBeAccessedByLayers("doors")
            .whereLayer("xml")
            .mayOnlyBeAccessedByLayers("doors", "http", "asice")
            .whereLayer("security")
            .mayOnlyBeAccessedByLayers("doors", "http", "asice")
            .whereLayer("observation")
            .mayOnlyBeAccessedByLayers("doors", "http")
            .whereLayer("connection")
            .mayOnlyBeAccessedByLayers("doors", "http")
            .whereLayer("connection")
            .mayNotAccessAnyLayer()
            .whereLayer("observation")
            .mayNotAccessAnyLayer()
            .whereLayer("direct")
            .mayOnlyBeAccessedByLayers("doors", "xml")
            .whereLayer("portal")
            .mayOnlyBeAccessedByLayers("doors", "xml")
            .whereLayer("job")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule thePublicApiSpeaksOfNothingInternal = noMethods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(
                    ROOT,
                    ROOT + ".connection",
                    ROOT + ".job",
                    ROOT + ".direct",
                    ROOT + ".portal",
                    ROOT + ".observation")
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .and()
            .doNotHaveName("eventLoops")
            .should()
            .haveRawReturnType(
                    resideInAnyPackage(ROOT + ".http", ROOT + ".xml", ROOT + ".asice", "io.netty..", "reactor.netty.."))
            .orShould()
            .haveRawParameterTypes(anyElementThat(resideInAnyPackage(
                    ROOT + ".http", ROOT + ".xml", ROOT + ".asice", "io.netty..", "reactor.netty..")));

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
