package io.github.sesquill.test.engine;

import io.github.sesquill.test.engine.TemplateText.Condition;
import io.github.sesquill.test.engine.TemplateText.Each;
import io.github.sesquill.test.engine.TemplateText.Literal;
import io.github.sesquill.test.engine.TemplateText.Node;
import io.github.sesquill.test.engine.TemplateText.Partial;
import io.github.sesquill.test.engine.TemplateText.Variable;
import io.github.sesquill.test.engine.TemplateText.With;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of a template; not thread-safe, for one text. */
final class TemplateParser {

    private static final Pattern PATH = Pattern.compile("(\\.\\./)*@?[\\p{L}0-9_$-]+([./][\\p{L}0-9_$-]+)*|\\.");
    private static final Pattern INLINE = Pattern.compile("#\\*\\s*inline\\s+[\"']([^\"']+)[\"']");
    private static final Pattern SPACE_AT_START = Pattern.compile("^\\s+");
    private static final Pattern SPACE_AT_END = Pattern.compile("\\s+$");
    private static final int DEEPEST = 50;

    private final String text;
    private final Map<String, List<Node>> partials = new HashMap<>();
    private final List<Node> nodes;
    private int position;
    private int tagAt;
    private int depth;
    private boolean eatsSpace;

    /** What a tag ends a list of nodes with. */
    private record Block(List<Node> nodes, String end) {}

    TemplateParser(String text) {
        this.text = text;
        Block all = block();
        if (!all.end.isEmpty()) {
            throw refused("'{{" + all.end + "}}' closes nothing");
        }
        nodes = all.nodes;
    }

    List<Node> nodes() {
        return nodes;
    }

    Map<String, List<Node>> partials() {
        return Map.copyOf(partials);
    }

    /** Reads until a tag that ends a block, or the end of the text. */
    private Block block() {
        if (depth++ > DEEPEST) {
            throw refused("blocks are nested more than " + DEEPEST + " deep");
        }
        List<Node> read = new ArrayList<>();
        while (true) {
            String tag = literalAndTag(read);
            if (tag.isEmpty() || tag.startsWith("/") || tag.equals("else") || tag.startsWith("else ")) {
                depth--;
                return new Block(List.copyOf(read), tag);
            }
            node(tag, read);
        }
    }

    /** Reads text up to the next tag, and the tag without its braces; an empty one at the end of the text. */
    private String literalAndTag(List<Node> read) {
        StringBuilder literal = new StringBuilder();
        int open = text.indexOf("{{", position);
        while (open > position && text.charAt(open - 1) == '\\') {
            literal.append(text, position, open - 1).append("{{");
            position = open + 2;
            open = text.indexOf("{{", position);
        }
        literal.append(text, position, open < 0 ? text.length() : open);
        String tag = open < 0 ? "" : tag(open);
        String before = eatsSpace ? SPACE_AT_START.matcher(literal).replaceFirst("") : literal.toString();
        if (tag.startsWith("~")) {
            before = SPACE_AT_END.matcher(before).replaceFirst("");
        }
        eatsSpace = tag.endsWith("~");
        if (!before.isEmpty()) {
            read.add(new Literal(before));
        }
        if (open < 0) {
            position = text.length();
        }
        return tag.replaceAll("^~|~$", "").strip();
    }

    private String tag(int open) {
        tagAt = open;
        if (text.startsWith("{{{", open)) {
            throw refused("SES offers no '{{{'; values are never escaped");
        }
        boolean comment = text.startsWith("{{!--", open) || text.startsWith("{{~!--", open);
        String end = comment ? "--}}" : "}}";
        int close = text.indexOf(end, open + 2);
        int tilde = comment ? text.indexOf("--~}}", open + 2) : -1;
        if (tilde >= 0 && (close < 0 || tilde < close)) {
            position = tilde + 5;
            return "!~";
        }
        if (close < 0) {
            throw refused("'{{' is not closed");
        }
        position = close + end.length();
        String tag = text.substring(open + 2, close);
        if (tag.strip().isEmpty() || tag.equals("~")) {
            throw refused("'{{}}' names nothing");
        }
        return comment ? (tag.startsWith("~") ? "~!" : "!") : tag;
    }

    private void node(String tag, List<Node> read) {
        if (tag.startsWith("!")) {
            return;
        }
        Matcher inline = INLINE.matcher(tag);
        if (inline.matches()) {
            partials.put(inline.group(1), closed(block(), "inline"));
        } else if (tag.startsWith("#")) {
            read.add(opened(tag.substring(1).strip()));
        } else if (tag.startsWith(">")) {
            read.add(new Partial(tag.substring(1).strip()));
        } else {
            read.add(new Variable(path(tag)));
        }
    }

    private Node opened(String tag) {
        String[] words = tag.split("\\s+", 2);
        if (words.length < 2) {
            throw refused("'{{#" + tag + "}}' has no attribute");
        }
        String path = path(words[1]);
        return switch (words[0]) {
            case "if" -> condition(path, true, "if");
            case "unless" -> condition(path, false, "unless");
            case "each" -> {
                Block body = block();
                yield new Each(path, body.nodes, otherwise(body, "each"));
            }
            case "with" -> {
                Block body = block();
                yield new With(path, body.nodes, otherwise(body, "with"));
            }
            default -> throw refused("SES offers no '{{#" + words[0] + "}}'");
        };
    }

    private Node condition(String path, boolean wanted, String word) {
        Block then = block();
        if (then.end.startsWith("else if ")) {
            String next = path(then.end.substring(8).strip());
            return new Condition(path, wanted, then.nodes, List.of(condition(next, true, word)));
        }
        return new Condition(path, wanted, then.nodes, otherwise(then, word));
    }

    private List<Node> otherwise(Block body, String word) {
        if (body.end.equals("else")) {
            return closed(block(), word);
        }
        closed(body, word);
        return List.of();
    }

    private List<Node> closed(Block block, String word) {
        if (!block.end.startsWith("/") || !block.end.substring(1).strip().equals(word)) {
            throw refused("'{{#" + word + "}}' is closed by "
                    + (block.end.isEmpty() ? "nothing" : "'{{" + block.end + "}}'"));
        }
        return block.nodes;
    }

    private String path(String written) {
        if (!PATH.matcher(written).matches()) {
            throw refused("'" + written + "' is not the name of an attribute");
        }
        return written;
    }

    private TemplateSyntaxException refused(String why) {
        return new TemplateSyntaxException(why, tagAt);
    }
}
