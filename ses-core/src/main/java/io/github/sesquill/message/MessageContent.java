package io.github.sesquill.message;

import java.util.Optional;

/**
 * What the recipient reads: text and HTML ({@link Simple}), a template that SES renders ({@link Template}), or MIME that
 * the caller has made ({@link Raw}).
 *
 * <p>All three are immutable and compared by value. They come from {@link EmailMessage#content()}.
 */
public sealed interface MessageContent {

    /** A subject and one or two bodies. */
    sealed interface Simple extends MessageContent permits SimpleContent {

        /** Returns the subject as people read it. */
        String subject();

        /** Returns the subject as a header shows it: all ASCII, in encoded words (RFC 2047) where it must be. */
        String subjectHeaderValue();

        /** Returns the plain text body, if there is one. */
        Optional<String> text();

        /** Returns the HTML body, if there is one. */
        Optional<String> html();
    }

    /** A template and what fills it. */
    sealed interface Template extends MessageContent permits StoredTemplate, InlineTemplate {

        /** Returns the name of the stored template, or nothing if the template comes with the message. */
        Optional<String> name();

        /** Returns the subject, text and HTML that come with the message, placeholders and all, if it is not stored. */
        Optional<Simple> inline();

        /** Returns what fills it. */
        TemplateData data();
    }

    /** A whole message in MIME. */
    sealed interface Raw extends MessageContent permits RawContent {

        /** Returns a copy of the bytes as they were given. */
        byte[] bytes();

        /** Returns how many bytes there are. */
        int size();
    }
}
