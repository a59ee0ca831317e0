package io.github.sesquill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The fake in a class loader that has neither JUnit nor AssertJ. */
class WithoutTestLibrariesTest {

    private static final Pattern TEST_LIBRARIES = Pattern.compile(".*(junit|assertj|opentest4j|apiguardian).*");

    @Test
    void theFakeWorksAndTheAssertionsDoNot() throws Exception {
        try (URLClassLoader bare = withoutTestLibraries()) {
            Object ses = bare.loadClass(FakeSes.class.getName())
                    .getMethod("production")
                    .invoke(null);
            ses.getClass().getMethod("mailer").invoke(ses);

            assertThat(ses.getClass().getClassLoader()).isSameAs(bare);
            assertThat(ses.toString()).isEqualTo("FakeSes[0 sent, 0 refused]");
            assertThatThrownBy(() -> bare.loadClass(FakeSesAssert.class.getName()))
                    .isInstanceOf(NoClassDefFoundError.class);
        }
    }

    private static URLClassLoader withoutTestLibraries() throws IOException {
        URL[] urls = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry ->
                        !TEST_LIBRARIES.matcher(new File(entry).getName()).matches())
                .map(WithoutTestLibrariesTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(entry, e);
        }
    }
}
