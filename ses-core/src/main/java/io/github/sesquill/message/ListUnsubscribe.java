package io.github.sesquill.message;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a recipient leaves a list: the {@code List-Unsubscribe} headers that mailbox providers ask bulk senders for.
 *
 * <p>Start with {@link #oneClick(URI)}; add a mailbox with {@link #orMail(EmailAddress)} for readers that know no
 * one-click. The web address must be {@code https} and should hold an opaque token that names recipient and list, for
 * the provider posts to it without cookies (RFC 8058 section 3.1).
 *
 * <pre>{@code
 * EmailMessage.from("News <news@acme.example>").to("jane@example.com").subject("News").text("…")
 *         .listUnsubscribe(ListUnsubscribe.oneClick(URI.create("https://acme.example/u/8Zk1")));
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class ListUnsubscribe {

    private final @Nullable URI web;
    private final @Nullable EmailAddress mailbox;

    private ListUnsubscribe(@Nullable URI web, @Nullable EmailAddress mailbox) {
        this.web = web;
        this.mailbox = mailbox;
    }

    /**
     * One click: the provider posts {@code List-Unsubscribe=One-Click} to the address (RFC 8058).
     *
     * @throws IllegalArgumentException if the address is not an absolute {@code https} URI with a host, in ASCII
     */
    public static ListUnsubscribe oneClick(URI web) {
        if (!"https".equals(web.getScheme()) || web.getHost() == null || !Ascii.all(web.toString(), c -> c < 0x7f)) {
            throw new IllegalArgumentException("The unsubscribe address '" + HeaderText.excerpt(web.toString())
                    + "' must be an absolute https URI in ASCII, such as https://acme.example/u/8Zk1.");
        }
        return new ListUnsubscribe(web, null);
    }

    /** A message to a mailbox (RFC 2369 section 3.2). */
    public static ListUnsubscribe mail(EmailAddress mailbox) {
        return new ListUnsubscribe(null, mailbox);
    }

    /** Returns a copy that offers a mailbox too. */
    public ListUnsubscribe orMail(EmailAddress mailbox) {
        return new ListUnsubscribe(web, mailbox);
    }

    /** Returns the headers: {@code List-Unsubscribe}, and {@code List-Unsubscribe-Post} for one click. */
    public List<MessageHeader> headerFields() {
        MessageHeader where = new MessageHeader("List-Unsubscribe", ways());
        return web == null
                ? List.of(where)
                : List.of(where, new MessageHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    }

    private String ways() {
        return Stream.of(web, mailbox == null ? null : "mailto:" + uriEncoded(mailbox))
                .filter(Objects::nonNull)
                .map(way -> "<" + way + ">")
                .collect(Collectors.joining(", "));
    }

    /** Escapes what a local part may hold and a mailto URI may not (RFC 6068 section 2). */
    private static String uriEncoded(EmailAddress mailbox) {
        StringBuilder encoded = new StringBuilder();
        for (char c : mailbox.address().toCharArray()) {
            boolean plain = Character.isLetterOrDigit(c) || "@.-_~!$'*+".indexOf(c) >= 0;
            encoded.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        return encoded.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ListUnsubscribe that
                && Objects.equals(web, that.web)
                && Objects.equals(mailbox, that.mailbox);
    }

    @Override
    public int hashCode() {
        return Objects.hash(web, mailbox);
    }

    /** Returns the value of the {@code List-Unsubscribe} header. */
    @Override
    public String toString() {
        return ways();
    }
}
