package io.github.sesquill.local;

import io.github.sesquill.quota.SendingQuota;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A local SES as a program: {@code java -jar ses-local-…-app.jar}. */
final class LocalSesProgram {

    static final String HELP = """
            A SES on this machine: the SES v2 API, SMTP and a web inbox. It sends nothing anywhere.

              --http-port N             API and inbox (8005)
              --smtp-port N             SMTP with STARTTLS (2587)
              --smtps-port N            SMTP over TLS (2465)
              --verify NAME             an address or a domain that is verified from the start; may be repeated
              --configuration-set NAME  a configuration set with all events; may be repeated
              --sandbox                 a new account: 1 recipient a second, 200 in 24 hours, verified recipients
              --rate N                  recipients a second (14)
              --region REGION           the region of ids, ARNs and the SMTP password (eu-west-1)
              --pending                 leave an identity that the API creates pending until it is verified in the inbox
              --certificate FILE        write the certificate of SMTP there, for clients to trust
              --webhook URL             post what is published there, signed as SNS does
              --bind ADDRESS            open the ports there; everybody who reaches it reads all mail (loopback)
              --allow-host NAME         be called by this name too, as in a container; may be repeated
              --help                    say this

            A port of 0 takes one that is free. Ends when it is interrupted.
            """;

    private final LocalSes.Builder builder =
            LocalSes.builder().httpPort(8005).smtpPort(2587).smtpsPort(2465);
    private @Nullable Path certificate;

    private LocalSesProgram() {}

    /** Runs until it is interrupted. */
    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream problems = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        if (List.of(arguments).contains("--help")) {
            out.print(HELP);
            return;
        }
        try (LocalSes ses = start(List.of(arguments))) {
            out.print(greeting(ses));
            new CountDownLatch(1).await();
        } catch (IllegalArgumentException e) {
            problems.println(e.getMessage());
            System.exit(2);
        } catch (UncheckedIOException e) {
            problems.println(e.getMessage());
            System.exit(1);
        }
    }

    /**
     * Starts what a command line asks for.
     *
     * @throws IllegalArgumentException if it makes no sense
     */
    static LocalSes start(List<String> arguments) {
        LocalSesProgram program = new LocalSesProgram();
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            program.take(rest.remove(), rest);
        }
        LocalSes ses = program.builder.start();
        if (program.certificate != null) {
            program.writeCertificate(ses, program.certificate);
        }
        return ses;
    }

    private void writeCertificate(LocalSes ses, Path file) {
        try {
            Files.writeString(file, ses.certificatePem());
        } catch (IOException e) {
            ses.close();
            throw new UncheckedIOException("The certificate cannot be written to " + file + ".", e);
        }
    }

    private void take(String flag, Deque<String> rest) {
        switch (flag) {
            case "--http-port" -> builder.httpPort(number(flag, rest));
            case "--smtp-port" -> builder.smtpPort(number(flag, rest));
            case "--smtps-port" -> builder.smtpsPort(number(flag, rest));
            case "--verify" -> builder.verify(value(flag, rest));
            case "--configuration-set" -> builder.configurationSet(value(flag, rest));
            case "--sandbox" -> builder.sandbox();
            case "--rate" -> builder.quota(SendingQuota.perSecond(number(flag, rest)));
            case "--region" -> builder.region(value(flag, rest));
            case "--pending" -> builder.pendingIdentities();
            case "--certificate" -> certificate = Path.of(value(flag, rest));
            case "--webhook" -> builder.webhook(URI.create(value(flag, rest)));
            case "--bind" -> builder.bind(address(value(flag, rest)));
            case "--allow-host" -> builder.allowHost(value(flag, rest));
            default ->
                throw new IllegalArgumentException("'" + flag + "' is no flag of this program; --help lists them.");
        }
    }

    private static String value(String flag, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(flag + " needs a value after it; --help says which.");
        }
        return rest.remove();
    }

    private static int number(String flag, Deque<String> rest) {
        String text = value(flag, rest);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(flag + " needs a number after it, not '" + text + "'.", e);
        }
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("--bind needs an address of this machine, not '" + text + "'.", e);
        }
    }

    static String greeting(LocalSes ses) {
        return "Inbox and API   " + ses.endpoint() + "\n"
                + "SMTP, STARTTLS  port " + ses.smtpPort() + "\n"
                + "SMTP over TLS   port " + ses.smtpsPort() + "\n"
                + "SMTP user       " + ses.smtpUser() + "\n"
                + "SMTP password   " + ses.smtpPassword() + "\n";
    }
}
