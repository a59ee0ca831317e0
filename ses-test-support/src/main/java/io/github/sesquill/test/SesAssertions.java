package io.github.sesquill.test;

/**
 * Assertions on what a fake was sent, for AssertJ.
 *
 * <pre>{@code
 * import static io.github.sesquill.test.SesAssertions.assertThat;
 *
 * assertThat(ses).hasSent(1).first().isTo("jane@example.com").hasSubject("Welcome").hasHtmlContaining("Jane");
 * assertThat(ses).hasSent(2);      // fails and lists the one message that was sent, and what was refused
 * }</pre>
 */
public final class SesAssertions {

    private SesAssertions() {}

    /** Begins assertions on a fake. */
    public static FakeSesAssert assertThat(FakeSes actual) {
        return new FakeSesAssert(actual);
    }

    /** Begins assertions on one message. */
    public static SentMessageAssert assertThat(SentMessage actual) {
        return new SentMessageAssert(actual, "the message");
    }
}
