package io.github.sesquill.examples;

import io.github.sesquill.message.EmailAddress;
import java.util.Map;

/**
 * A customer, as a line of the file has it.
 *
 * @param line where the line begins, from 1
 * @param address name and address
 * @param fields all columns by their names, as they are in the file
 */
record Customer(int line, EmailAddress address, Map<String, String> fields) {

    String name() {
        return field("name");
    }

    /** Returns what is in a column; the file was checked to have it. */
    String field(String column) {
        String value = fields.get(column);
        if (value == null) {
            throw new IllegalArgumentException("There is no column '" + column + "' in the file of the customers.");
        }
        return value;
    }
}
