package io.github.sesquill.acceptance;

import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The walls between modules and rooms: who may know whom, and what nobody does. */
class ArchitectureTest {
    private static final String ROOT = "io.github.sesquill";
    private static final String API = ROOT + ".api";
    private static final String TRANSPORT = ROOT + ".transport";
    private static final String MESSAGE = ROOT + ".message";
    private static final String MIME = ROOT + ".mime";
    private static final String QUOTA = ROOT + ".quota";
    private static final String SUPPRESSION = ROOT + ".suppression";
    private static final String TIME = ROOT + ".time";
    private static final String NOTIFICATION = ROOT + ".notifications";
    private static final String TEST = ROOT + ".test";
    private static final String LOCAL = ROOT + ".local";

    private static final JavaClasses NOTIFICATIONS = PublishedModule.imported(PublishedModule.NOTIFICATIONS);
    private static final JavaClasses CORE = PublishedModule.imported(PublishedModule.CORE);
    private static final JavaClasses PUBLISHED = PublishedModule.imported(PublishedModule.values());

    private static final Pattern SYNCHRONIZED_BLOCK = Pattern.compile("\\bsynchronized\\s*\\(");

    /** The rooms of ses-core, each with the rooms that it may know. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            ROOT, Set.of(API, TRANSPORT, MESSAGE, QUOTA, SUPPRESSION, TIME),
            MIME, Set.of(MESSAGE),
            API, Set.of(TRANSPORT, MESSAGE, TIME),
            TRANSPORT, Set.of(MESSAGE, TIME),
            MESSAGE, Set.of(TIME),
            QUOTA, Set.of(TIME),
            SUPPRESSION, Set.of(TIME),
            TIME, Set.of());

    static Set<String> rooms() {
        return ARROWS.keySet();
    }

    @Test
    void onlyTheApiRoomKnowsTheAwsSdk() {
        noClasses()
                .that()
                .resideOutsideOfPackage(API)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .because("a message and its outcome outlive any SDK")
                .check(PUBLISHED);
    }

    @Test
    void onlyTheQuotaRoomKnowsResilience4j() {
        noClasses()
                .that()
                .resideOutsideOfPackage(QUOTA)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.github.resilience4j..")
                .because("who paces is a detail of the quota guard")
                .check(PUBLISHED);
    }

    @Test
    void onlyTheLocalSesKnowsJakartaMail() {
        noClasses()
                .that()
                .resideOutsideOfPackage(LOCAL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.mail..", "javax.mail..", "jakarta.activation..", "org.eclipse.angus..")
                .because("MIME and SMTP are our own, and a mail library is for those who read what arrives")
                .check(PUBLISHED);
    }

    @Test
    void onlyTemplateDataNotificationsAndTheFakesKnowJackson() {
        noClasses()
                .that()
                .resideOutsideOfPackages(MESSAGE, NOTIFICATION, TEST + "..", LOCAL)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson..")
                .because("JSON is what template data and notifications are made of, and nothing else")
                .check(PUBLISHED);
    }

    @Test
    void nobodyReadsXml() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.xml..", "org.w3c.dom..", "org.xml.sax..")
                .because("SES speaks JSON, and an XML parser brings entities")
                .check(PUBLISHED);
    }

    @Test
    void coreKnowsNeitherNotificationsNorTestSupport() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(NOTIFICATION + "..", TEST + "..")
                .because("the bridge from notifications to sending is a module of its own")
                .check(CORE);
    }

    @Test
    void notificationsKnowNoOtherModule() {
        noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "belong to another module of Sesquill",
                        type -> type.getPackageName().startsWith(ROOT)
                                && !type.getPackageName().startsWith(NOTIFICATION)))
                .because("other projects take the parser alone")
                .check(NOTIFICATIONS);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void arrowsInCorePointOneWay(String room) {
        noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbiddenTo(room))
                .because("the pipeline knows everybody, and nobody knows the pipeline")
                .check(CORE);
    }

    @Test
    void packagesFormNoCircle() {
        slices().matching("io.github.(**)").should().beFreeOfCycles().check(PUBLISHED);
    }

    @Test
    void everyPackageOfCoreIsARoomOfTheHouse() {
        noClasses()
                .should()
                .resideOutsideOfPackages(ARROWS.keySet().toArray(String[]::new))
                .because("a new room needs its arrows first")
                .check(CORE);
    }

    @Test
    void notificationsAreReadWithoutReflection() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.reflect..")
                .orShould()
                .callMethodWhere(calls(Class.class, "forName|newInstance|get(Declared)?(Constructor|Method|Field)s?"))
                .because("what arrives from the internet never chooses a class")
                .check(NOTIFICATIONS);
    }

    @Test
    void nobodySleeps() {
        noClasses()
                .should()
                .callMethodWhere(calls(Thread.class, "sleep"))
                .because("waiting goes through TimeSource, where a test can advance it")
                .check(PUBLISHED);
    }

    @Test
    void nobodyPrints() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS
                .because("a library has no console")
                .check(PUBLISHED);
    }

    @Test
    void noMethodIsSynchronized() {
        noMethods()
                .should()
                .haveModifier(SYNCHRONIZED)
                .because("a monitor pins a virtual thread before JDK 24; a ReentrantLock does not")
                .check(PUBLISHED);
    }

    @ParameterizedTest
    @EnumSource
    void noBlockIsSynchronized(PublishedModule module) {
        assertThat(module.sources())
                .filteredOn(source ->
                        SYNCHRONIZED_BLOCK.matcher(contentOf(source.toFile())).find())
                .isEmpty();
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Base|DTO|Dto)([$].*)?")
                .because("such a name says that its author did not know either")
                .check(PUBLISHED);
    }

    @Test
    void publicFieldsAreConstants() {
        fields().that()
                .arePublic()
                .should()
                .haveModifier(STATIC)
                .andShould()
                .haveModifier(FINAL)
                .because("state has an owner")
                .check(PUBLISHED);
    }

    private static String[] forbiddenTo(String room) {
        Set<String> allowed = ARROWS.getOrDefault(room, Set.of());
        return ARROWS.keySet().stream()
                .filter(other -> !other.equals(room) && !allowed.contains(other))
                .toArray(String[]::new);
    }

    private static DescribedPredicate<JavaCall<?>> calls(Class<?> owner, String methods) {
        return DescribedPredicate.describe(
                "the target is " + owner.getSimpleName() + "." + methods,
                call -> call.getTargetOwner().isEquivalentTo(owner)
                        && call.getName().matches(methods));
    }
}
