package io.github.signaturereactive.spring;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@AnalyzeClasses(
        packages = "io.github.signaturereactive.spring",
        importOptions = StarterArchitectureTest.OfTheStarter.class)
class StarterArchitectureTest {

    /** Includes the classes of the starter only. */
    static final class OfTheStarter implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return location.contains("signature-reactive-spring-boot-starter/target/classes/");
        }
    }

    private static final String ROOT = "io.github.signaturereactive.spring";

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule dependenciesPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("autoconfigure")
            .definedBy(ROOT + ".autoconfigure")
            .layer("web")
            .definedBy(ROOT + ".web")
            .layer("actuate")
            .definedBy(ROOT + ".actuate")
            .layer("declared")
            .definedBy(ROOT)
            .whereLayer("autoconfigure")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("web")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("actuate")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("declared")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule usesOnlyPublicPackagesOfLibrary = noClasses()
            .that(not(resideInAPackage(ROOT + ".autoconfigure")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.signaturereactive.http",
                    "io.github.signaturereactive.xml",
                    "io.github.signaturereactive.asice");

    @ArchTest
    static final ArchRule nothingBlocks = noClasses()
            .should()
            .callMethodWhere(
                    target(With.<JavaClass>owner(assignableTo(Mono.class).or(assignableTo(Flux.class))))
                            .and(target(nameMatching("block.*|toIterable|toStream|toFuture"))));
}
