package io.github.signaturereactive.signingservice;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "io.github.signaturereactive.signingservice",
        importOptions = ImportOption.DoNotIncludeTests.class)
class SigningServiceArchitectureTest {

    private static final String ROOT = "io.github.signaturereactive.signingservice";

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyUsersOfServiceDependOnRootPackage = noClasses()
            .that()
            .resideInAPackage(ROOT + ".(*)..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT);

    @ArchTest
    static final ArchRule dependenciesPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("root")
            .definedBy(ROOT)
            .layer("api")
            .definedBy(ROOT + ".api")
            .layer("control")
            .definedBy(ROOT + ".control")
            .layer("pages")
            .definedBy(ROOT + ".pages")
            .layer("job")
            .definedBy(ROOT + ".job")
            .layer("signature")
            .definedBy(ROOT + ".signature")
            .layer("protocol")
            .definedBy(ROOT + ".protocol")
            .layer("certificate")
            .definedBy(ROOT + ".certificate")
            .whereLayer("root")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("api")
            .mayOnlyBeAccessedByLayers("root")
            .whereLayer("control")
            .mayOnlyBeAccessedByLayers("root")
            .whereLayer("pages")
            .mayOnlyBeAccessedByLayers("root", "api", "control")
            .whereLayer("job")
            .mayOnlyBeAccessedByLayers("root", "api", "control", "pages")
            .whereLayer("signature")
            .mayOnlyBeAccessedByLayers("root", "api", "control", "pages", "job")
            .whereLayer("protocol")
            .mayOnlyBeAccessedByLayers("root", "api", "control", "pages", "job", "signature")
            .whereLayer("certificate")
            .mayOnlyBeAccessedByLayers("root", "api", "protocol", "signature");
}
