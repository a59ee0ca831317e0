package io.github.sesquill.test;

import io.github.sesquill.message.EmailAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A message as it came in, read by somebody else than the transport. */
public interface ArrivedMessage {

    /** Returns From, as {@link EmailAddress#headerValue()} has it. */
    String from();

    /** Returns the bare addresses of the envelope. */
    List<String> recipients();

    /** Returns the values of a header, unfolded and decoded: To, Cc, Subject and the like too. */
    List<String> headers(String name);

    /** Returns the plain text. */
    Optional<String> text();

    /** Returns the HTML. */
    Optional<String> html();

    /** Returns attachments and inline parts, in order. */
    List<Part> parts();

    /** Returns the message tags, whichever way they came. */
    Map<String, String> tags();

    /** Returns the configuration set, whichever way it was named. */
    Optional<String> configurationSet();

    /** Returns the MIME if the message came raw. */
    Optional<byte[]> raw();

    /** An attachment or an inline part. */
    @SuppressWarnings("ArrayRecordComponent") // only read
    public record Part(String fileName, String contentType, Optional<String> contentId, byte[] bytes) {}
}
