package io.github.sesquill.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Strings that have broken mailers: line breaks, controls, truncation to low bytes, address confusion, odd names. */
final class HostileStrings {

    static final List<String> REFUSED_ON_ONE_LINE = Stream.of(
                    Stream.of("\r\n", "\r", "\r\r\n", "\n", "\r\n\r\n", "\r\n ", "\r\n\t")
                            .flatMap(b -> Stream.of(
                                    "Hi" + b + "Bcc: evil@example.net", b + "Bcc: evil@example.net", "Hi" + b)),
                    IntStream.concat(IntStream.range(0, 0x20), IntStream.rangeClosed(0x7f, 0x9f))
                            .mapToObj(c -> "a" + (char) c + "b"),
                    Stream.of("a\ud800b", "a\udc00b", "a\ufffeb", "a\uffffb", "a\ufdd0b", "\ud83d"),
                    Stream.of(
                            "Hi\r\nX-SES-MESSAGE-TAGS: a=b",
                            "Hi\r\nContent-Type: text/html\r\n\r\n<script>",
                            "Hi\r\n\r\n<b>body</b>",
                            "Hi\r\nContent-Transfer-Encoding: base64",
                            "https://x.example/u\u0001n\u007fsub",
                            "p\r\nX: y"))
            .flatMap(strings -> strings)
            .toList();

    static final List<String> REFUSED_AS_ADDRESSES = Stream.of(
                    Stream.of(
                            "a\u010d\u010aDATA@example.com", "a\u020d\u020aRSET@example.com",
                            "victim\u0140evil.example\u013e@example.com", "a\u0140evil.example\u012cb@example.com",
                            "a\u0100b@example.com", "ceo\u0140evil.example\u013e\u0120BODY=8BITMIME\u0120@example.com"),
                    Stream.of(
                            "\"xclow3n@gmail.com x\"@internal.domain",
                            "\"user@attacker.com\"@legitimate.com",
                            "user@evil.example@good.example",
                            "a@good.example;victim@evil.example",
                            "a@good.example victim@evil.example",
                            "a@good.example,victim@evil.example",
                            "g:a@evil.example,b@evil.example;",
                            "a@evil.example(@good.example)",
                            "(c)a@good.example",
                            "Name <a@good.example",
                            "<a@good.example> NOTIFY=NEVER",
                            "a@good.example> SIZE=1 BODY=<x",
                            "\"a\r\n DATA\"@example.com",
                            "=?utf-8?q?victim=40evil.example=3e?=@example.com",
                            "=?utf-7?q?a+AEA-evil.example?=@example.com",
                            "a@xn--$.com",
                            "@a,@b:c@d.example",
                            "a@[127.0.0.1]",
                            "a@localhost",
                            "a@x..example",
                            ".a@example.com",
                            "a..b@example.com",
                            "a@example",
                            "",
                            " a@example.com",
                            "a@example.com ",
                            "a@example.com\nevil@example.net",
                            "<aaa@bbb.com>ccc@ddd.com"),
                    Stream.of(
                            "a@\uff45xample.com",
                            "a@ex\u200dample.com",
                            "a@\u212aelvin.com",
                            "\u0430dmin@example.com",
                            "a@fa\u00df.example"),
                    Stream.of(
                            "a".repeat(60) + "@" + "b.".repeat(150) + "com",
                            "@".repeat(100_000),
                            "G:".repeat(3000) + "a@b.c" + ";".repeat(3000)))
            .flatMap(strings -> strings)
            .toList();

    private static final List<String> OTHERS = List.of(
            "Hi%0d%0aBcc: evil@example.net",
            "Hi\\r\\nBcc: x",
            "Hi=0D=0ABcc: x",
            "=?UTF-8?B?SGkNCkJjYzogZXZpbEBleGFtcGxlLm5ldA==?=",
            "a\u2028Bcc: x@y",
            "a\u2029Bcc: x@y",
            "a\ufeffb",
            "gpj\u202efdp.exe",
            "X-A\r\nBcc",
            "X A",
            ":",
            "X-A\u0000",
            "bCc",
            "Content-Type",
            "Return-Path",
            "a%evil.example@good.example",
            "u.s-e+r!#$%&'*=?^_`{|}~@example.com",
            "../../etc/passwd",
            "C:\\x\\y.txt",
            "/etc/passwd",
            "CON",
            ".",
            "..",
            "a\tb.pdf",
            "text/plain; x=\"\r\n\"",
            "mult\u0001ipart/mixed",
            "a> <b",
            "utf-8\r\nX: y",
            "a;b=c",
            "<https://x.example/u>\r\nBcc: e@x",
            "<a@b>\r\nBcc: e@x",
            ".\r\n",
            "\n.\n",
            "\r\n.\r",
            "\n.\r\n",
            ".\r",
            "\r\n..\r\n",
            "no newline",
            "\u0085.\u0085",
            "\u2028.\u2028",
            "X-A\u013a v\u760d\u760aBcc",
            "Доктор, «Кто»",
            "日本 太郎 😀",
            "\"quoted\" \\ back",
            "a, b; c: d <e@f.example>",
            " leading and trailing ",
            "a  b");

    private HostileStrings() {}

    static List<String> all() {
        List<String> all = new ArrayList<>(REFUSED_ON_ONE_LINE);
        all.addAll(REFUSED_AS_ADDRESSES);
        all.addAll(OTHERS);
        List.of(255, 998, 999, 1_000, 5_000, 100_000).forEach(length -> all.add("a".repeat(length)));
        return all;
    }
}
