package io.github.sesquill.message;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How attachments may be named and typed. */
final class AttachmentRules {

    private static final int MAX_FILE_NAME = 255;
    private static final int MAX_CONTENT_TYPE = 78;
    private static final int MAX_CONTENT_ID = 76;
    private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`{|}~";

    /** Marks that turn the direction of writing around, so that {@code gpj.exe} is read as {@code exe.jpg}. */
    private static final String DIRECTION_MARKS =
            "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

    /** SES Developer Guide, "SES unsupported attachment types". */
    private static final Set<String> REFUSED_BY_SES = Set.of(
            ("ade adp app asp bas bat cer chm cmd com cpl crt csh der exe fxp gadget hlp hta inf ins isp its js jse ksh"
                            + " lib lnk mad maf mag mam maq mar mas mat mau mav maw mda mdb mde mdt mdw mdz msc msh msh1"
                            + " msh2 mshxml msh1xml msh2xml msi msp mst ops pcd pif plg prf prg reg scf scr sct shb shs"
                            + " sys ps1 ps1xml ps2 ps2xml psc1 psc2 tmp url vb vbe vbs vps vsmacros vss vst vsw vxd ws"
                            + " wsc wsf wsh xnk")
                    .split(" "));

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("avif", "image/avif"),
            Map.entry("bmp", "image/bmp"),
            Map.entry("css", "text/css"),
            Map.entry("csv", "text/csv"),
            Map.entry("doc", "application/msword"),
            Map.entry("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            Map.entry("eml", "message/rfc822"),
            Map.entry("epub", "application/epub+zip"),
            Map.entry("gif", "image/gif"),
            Map.entry("gz", "application/gzip"),
            Map.entry("htm", "text/html"),
            Map.entry("html", "text/html"),
            Map.entry("ics", "text/calendar"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("json", "application/json"),
            Map.entry("md", "text/markdown"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("odp", "application/vnd.oasis.opendocument.presentation"),
            Map.entry("ods", "application/vnd.oasis.opendocument.spreadsheet"),
            Map.entry("odt", "application/vnd.oasis.opendocument.text"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("png", "image/png"),
            Map.entry("ppt", "application/vnd.ms-powerpoint"),
            Map.entry("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
            Map.entry("rtf", "application/rtf"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("tif", "image/tiff"),
            Map.entry("tiff", "image/tiff"),
            Map.entry("txt", "text/plain"),
            Map.entry("vcf", "text/vcard"),
            Map.entry("wav", "audio/wav"),
            Map.entry("webp", "image/webp"),
            Map.entry("xls", "application/vnd.ms-excel"),
            Map.entry("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            Map.entry("xml", "application/xml"),
            Map.entry("zip", "application/zip"));

    private AttachmentRules() {}

    static String fileName(String name) {
        if (name.isEmpty() || name.length() > MAX_FILE_NAME || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException("An attachment needs a file name of 1 to " + MAX_FILE_NAME
                    + " characters, not '" + HeaderText.excerpt(name) + "'.");
        }
        HeaderText.checked("file name", name);
        if (name.chars().anyMatch(c -> DIRECTION_MARKS.indexOf(c) >= 0)) {
            throw new IllegalArgumentException(
                    "The file name '" + HeaderText.excerpt(name)
                            + "' holds a mark that changes the direction of writing and so can hide its real ending. Leave it out.");
        }
        if (REFUSED_BY_SES.contains(ending(name))) {
            throw new IllegalArgumentException("SES refuses attachments that end in '." + ending(name) + "': '"
                    + HeaderText.excerpt(name) + "'. Send a link, or put it into an archive.");
        }
        return name;
    }

    static String guessedType(String fileName) {
        return TYPES.getOrDefault(ending(fileName), "application/octet-stream");
    }

    private static String ending(String name) {
        // Windows drops spaces and dots at the end, so "a.exe. " is an .exe there.
        String trimmed = name.replaceAll("[. ]+$", "");
        int dot = trimmed.lastIndexOf('.');
        return dot < 0 ? "" : trimmed.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    static String contentId(String id) {
        boolean wellFormed = !id.isEmpty()
                && id.length() <= MAX_CONTENT_ID
                && id.chars().allMatch(c -> Ascii.isAtom(c) || c == '.' || c == '@');
        if (!wellFormed) {
            throw new IllegalArgumentException("The Content-ID '" + HeaderText.excerpt(id) + "' must have 1 to "
                    + MAX_CONTENT_ID + " ASCII letters, digits, dots or dashes, such as logo, without angle brackets.");
        }
        return id;
    }

    /** Checks {@code type/subtype} and {@code ; name=value} parameters, values as tokens or quoted (RFC 2045 section 5.1). */
    static String contentType(String type) {
        int end = type.length() > MAX_CONTENT_TYPE ? -1 : token(type, 0);
        end = end > 0 && end < type.length() && type.charAt(end) == '/' ? token(type, end + 1) : -1;
        while (end > 0 && end < type.length()) {
            end = parameter(type, end);
        }
        if (end < 0 || type.regionMatches(true, 0, "multipart/", 0, 10)) {
            throw new IllegalArgumentException("'" + HeaderText.excerpt(type)
                    + "' is not the content type of one part; write it as type/subtype, such as application/pdf, in at most "
                    + MAX_CONTENT_TYPE + " characters.");
        }
        return type;
    }

    private static int token(String text, int from) {
        int i = from;
        while (i < text.length()
                && (Ascii.isLetterOrDigit(text.charAt(i)) || TOKEN_PUNCTUATION.indexOf(text.charAt(i)) >= 0)) {
            i++;
        }
        return i == from ? -1 : i;
    }

    private static int parameter(String text, int from) {
        if (text.charAt(from) != ';') {
            return -1;
        }
        int i = from + 1;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        int equals = token(text, i);
        if (equals < 0 || equals == text.length() || text.charAt(equals) != '=') {
            return -1;
        }
        return text.startsWith("\"", equals + 1) ? quoted(text, equals + 2) : token(text, equals + 1);
    }

    private static int quoted(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > 0x7e || c == '\\') {
                return -1;
            }
            if (c == '"') {
                return i + 1;
            }
        }
        return -1;
    }
}
