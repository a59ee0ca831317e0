package io.github.sesquill.examples;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that the mailing cannot do without. */
final class DataFile {

    private DataFile() {}

    /**
     * Reads a file of text in UTF-8.
     *
     * @throws CannotStartException if that is not possible
     */
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new CannotStartException("There is no file '" + file + "'; nothing was sent.");
        } catch (CharacterCodingException e) {
            throw new CannotStartException("The file '" + file + "' is not in UTF-8; nothing was sent.");
        } catch (IOException e) {
            throw new CannotStartException("The file '" + file + "' cannot be read; nothing was sent.");
        }
    }

    /**
     * Returns a file that is there.
     *
     * @throws CannotStartException if it is not
     */
    static Path existing(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CannotStartException("There is no file '" + file + "'; nothing was sent.");
        }
        return file;
    }
}
