package io.github.sesquill.examples;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What the command line asks for. */
final class Options {

    static final String HELP = """
            Sends a shop's mailing to the customers of a CSV file, takes note of what comes back, leaves out whose mail
            bounced or who complained, and writes to the others again.

            Over a local SES on this machine, the first mailing by its API and the second by SMTP, unless one of these says
            otherwise:
              --memory                  a fake SES in memory, whose time passes without waiting
              --endpoint URL            any SES v2 endpoint, with dummy credentials if the environment has none
              --region REGION           the real SES in this region, with your credentials; it sends real mail
              --smtp HOST:PORT          a mail server by SMTP over TLS, such as that of SES in a region, with the
                                        credentials in SMTP_USERNAME and SMTP_PASSWORD of the environment
              --ca FILE                 certificates in PEM that the mail server is trusted by, instead of Java's

            And:
              --sandbox                 the local or the fake SES is a new account, which refuses recipients that are not
                                        verified
              --keep-open               leaves the inbox of the local SES there to look at, until this is interrupted
              --rate N                  recipients a second, 0.01 to 10000, instead of what the account may; a mail
                                        server cannot be asked, so without it that gets one a second
              --from ADDRESS            the sender (Quill & Ink <news@quill.example>)
              --configuration-set NAME  the configuration set, which must exist where the mail goes (mailings)
              --data DIRECTORY          has mailing.txt, mailing.html, logo.png and catalogue.pdf (examples/data)
              --customers FILE          the customers (customers.csv in that directory)
              --help                    says this

            Ends with 0 if everything was sent, 1 if something was not, 2 if nothing could be.
            """;

    private boolean help;
    private boolean sandbox;
    private boolean memory;
    private boolean keepOpen;
    private @Nullable Double rate;
    private @Nullable URI endpoint;
    private @Nullable String region;
    private @Nullable String smtp;
    private @Nullable Path ca;
    private EmailAddress from = EmailAddress.of("Quill & Ink <news@quill.example>");
    private String configurationSet = "mailings";
    private Path data = Files.isDirectory(Path.of("examples", "data")) ? Path.of("examples", "data") : Path.of("data");
    private @Nullable Path customers;

    private Options() {}

    /**
     * Reads the command line.
     *
     * @throws CannotStartException if it makes no sense
     */
    static Options of(List<String> arguments) {
        Options options = new Options();
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            options.take(rest.remove(), rest);
        }
        if (options.smtp == null ? options.ca != null : options.endpoint != null || options.region != null) {
            throw new CannotStartException(
                    "--smtp goes without --endpoint and --region, and --ca only with --smtp; leave out what is not meant.");
        }
        if (options.sandbox && !options.isHere()) {
            throw new CannotStartException(
                    "--sandbox is about the fake SES; leave out --endpoint, --region and --smtp, or it.");
        }
        if (options.memory ? options.keepOpen || !options.isHere() : options.keepOpen && !options.isHere()) {
            throw new CannotStartException(
                    "--memory and --keep-open are about the fake and the local SES; leave out one of"
                            + " them, and --endpoint, --region and --smtp.");
        }
        return options;
    }

    /** Tells whether the SES is one of this job's own. */
    private boolean isHere() {
        return smtp == null && endpoint == null && region == null;
    }

    private void take(String flag, Deque<String> rest) {
        switch (flag) {
            case "--help" -> help = true;
            case "--sandbox" -> sandbox = true;
            case "--memory" -> memory = true;
            case "--keep-open" -> keepOpen = true;
            case "--rate" -> rate = rateOf(value(flag, rest));
            case "--endpoint" -> endpoint = endpointOf(value(flag, rest));
            case "--region" -> region = value(flag, rest);
            case "--smtp" -> smtp = smtpOf(value(flag, rest));
            case "--ca" -> ca = Path.of(value(flag, rest));
            case "--from" -> from = addressOf(value(flag, rest));
            case "--configuration-set" -> configurationSet = configurationSetOf(value(flag, rest));
            case "--data" -> data = Path.of(value(flag, rest));
            case "--customers" -> customers = Path.of(value(flag, rest));
            default ->
                throw new CannotStartException(
                        "'" + Text.visible(flag) + "' is no flag of this job; --help lists them.");
        }
    }

    private static String value(String flag, Deque<String> rest) {
        if (rest.isEmpty() || rest.element().startsWith("--")) {
            throw new CannotStartException(flag + " needs a value after it; --help says which.");
        }
        return rest.remove();
    }

    private static double rateOf(String text) {
        String wanted = "--rate must be a number from 0.01 to 10000, not '" + Text.visible(text) + "'.";
        double rate;
        try {
            rate = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new CannotStartException(wanted);
        }
        if (rate >= 0.01 && rate <= 10_000) {
            return rate;
        }
        throw new CannotStartException(wanted);
    }

    private static URI endpointOf(String text) {
        String wanted =
                "--endpoint must be an address such as http://localhost:8005, not '" + Text.visible(text) + "'.";
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new CannotStartException(wanted);
        }
        if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            return uri;
        }
        throw new CannotStartException(wanted);
    }

    private static String smtpOf(String text) {
        if (text.matches("[A-Za-z0-9._-]+:[0-9]{1,5}")) {
            return text;
        }
        throw new CannotStartException(
                "--smtp must be a host and a port such as localhost:465, not '" + Text.visible(text) + "'.");
    }

    private static EmailAddress addressOf(String text) {
        try {
            return EmailAddress.of(text);
        } catch (IllegalArgumentException e) {
            throw new CannotStartException("--from: " + e.getMessage());
        }
    }

    private String configurationSetOf(String name) {
        try {
            EmailMessage.from(from).configurationSet(name);
            return name;
        } catch (IllegalArgumentException e) {
            throw new CannotStartException("--configuration-set: " + e.getMessage());
        }
    }

    /** Tells whether only the help is wanted. */
    boolean help() {
        return help;
    }

    /** Tells whether the SES is the fake in memory. */
    boolean memory() {
        return memory;
    }

    /** Tells whether the inbox stays when the job is done. */
    boolean keepOpen() {
        return keepOpen;
    }

    /** Tells whether the account of the fake or local SES is in the sandbox. */
    boolean sandbox() {
        return sandbox;
    }

    /** Returns the rate that was asked for. */
    OptionalDouble rate() {
        return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
    }

    /** Returns the endpoint instead of the fake. */
    Optional<URI> endpoint() {
        return Optional.ofNullable(endpoint);
    }

    /** Returns the region of the real SES, or the one to sign for if there is an endpoint. */
    Optional<String> region() {
        return Optional.ofNullable(region);
    }

    /** Returns the mail server instead of the fake. */
    Optional<Smtp> smtp() {
        return Optional.ofNullable(smtp).map(server -> {
            String[] parts = server.split(":", -1);
            return new Smtp(parts[0], Integer.parseInt(parts[1]), Optional.ofNullable(ca));
        });
    }

    /** A mail server, and what it is trusted by if that is not what Java trusts. */
    record Smtp(String host, int port, Optional<Path> ca) {}

    /** Returns the sender. */
    EmailAddress from() {
        return from;
    }

    /** Returns the configuration set. */
    String configurationSet() {
        return configurationSet;
    }

    /** Returns the directory of the letter's files. */
    Path data() {
        return data;
    }

    /** Returns the file of the customers. */
    Path customers() {
        return customers == null ? data.resolve("customers.csv") : customers;
    }
}
