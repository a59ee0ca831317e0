package io.github.sesquill.examples;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.suppression.SuppressionList;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads customers from a CSV file (RFC 4180, in UTF-8, names of the columns in the first line).
 *
 * <p>A line that holds no customer becomes a problem, in a sentence, and the others are read all the same. After a line
 * whose quotes are broken reading goes on with the next line of the file, for nobody can say where the record should have
 * ended.
 */
final class Customers {

    private static final List<String> REQUIRED = List.of("name", "email", "order");

    private final Path file;
    private final List<String> lines;
    private final List<String> columns;
    private final List<Customer> customers = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Integer> lineOfAddress = new HashMap<>();

    private Customers(Path file, String content) {
        this.file = file;
        // With their ends, so that they can be put together again as they were.
        this.lines = List.of(content.split("(?<=\n)|(?<=\r)(?!\n)"));
        this.columns = header();
        int next = 1;
        while (next < lines.size()) {
            next = readFrom(next);
        }
    }

    /**
     * Reads a file.
     *
     * @throws CannotStartException if it cannot be read or lacks a column that is needed
     */
    static Customers read(Path file) {
        // Spreadsheets put a byte order mark before the first name.
        return new Customers(file, DataFile.text(file).replaceFirst("^\uFEFF", ""));
    }

    /** Returns the customers, in the order of the file. */
    List<Customer> customers() {
        return List.copyOf(customers);
    }

    /** Returns the names of the columns. */
    List<String> columns() {
        return columns;
    }

    /** Returns what is wrong with lines that hold no customer, each in a sentence that names file, line and value. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** Says in a sentence what is wrong with a line. */
    String problem(int line, String sentence) {
        return file.getFileName() + ", line " + line + ": " + sentence;
    }

    private List<String> header() {
        try (CSVParser parser = CSVParser.parse(new StringReader(lines.get(0)), CSVFormat.RFC4180)) {
            List<String> names =
                    parser.stream().findFirst().map(CSVRecord::toList).orElse(List.of());
            List<String> missing =
                    REQUIRED.stream().filter(name -> !names.contains(name)).toList();
            if (!missing.isEmpty()) {
                throw new CannotStartException(problem(
                        1,
                        "there is no column '" + missing.get(0) + "' in '" + shown(lines.get(0)) + "'; name it so."));
            }
            return names;
        } catch (IOException | UncheckedIOException e) {
            throw new CannotStartException(problem(1, "the quotes in '" + shown(lines.get(0)) + "' are not closed."));
        }
    }

    /** Reads up to the first broken line, or the end, and answers with which line to go on. */
    private int readFrom(int first) {
        int line = first;
        String rest = String.join("", lines.subList(first, lines.size()));
        try (CSVParser parser = CSVParser.parse(new StringReader(rest), CSVFormat.RFC4180)) {
            for (CSVRecord entry : parser) {
                add(line + 1, entry.toList());
                line = first + (int) parser.getCurrentLineNumber();
            }
            return lines.size();
        } catch (IOException | UncheckedIOException e) {
            problems.add(problem(
                    line + 1,
                    "the quotes in '" + shown(lines.get(line))
                            + "' are broken; close each, and write a quote within quotes twice."));
            return line + 1;
        }
    }

    private void add(int line, List<String> values) {
        if (values.equals(List.of(""))) {
            return;
        }
        if (values.size() != columns.size()) {
            problems.add(problem(
                    line,
                    values.size() + " columns instead of " + columns.size() + " in the line that begins with '"
                            + shown(values.get(0)) + "'."));
            return;
        }
        try {
            Customer customer = customer(line, values);
            checkIsNew(customer);
            customers.add(customer);
        } catch (IllegalArgumentException e) {
            problems.add(problem(line, String.valueOf(e.getMessage())));
        }
    }

    private Customer customer(int line, List<String> values) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            fields.put(columns.get(i), values.get(i));
        }
        String name = fields.getOrDefault("name", "");
        String email = fields.getOrDefault("email", "");
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name that goes with '" + shown(email) + "' is empty.");
        }
        return new Customer(line, EmailAddress.of(name, email), fields);
    }

    /** Takes each address once, however it is written: two letters would be one too many. */
    private void checkIsNew(Customer customer) {
        String address = customer.address().address();
        Integer before = lineOfAddress.putIfAbsent(SuppressionList.key(address), customer.line());
        if (before != null) {
            throw new IllegalArgumentException(
                    "'" + address + "' is in line " + before + " already, and gets one letter, the one of that line.");
        }
    }

    private static String shown(String value) {
        return Text.cut(Text.visible(value.strip()), 60);
    }
}
