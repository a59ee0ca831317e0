package io.github.sesquill.local;

import io.github.sesquill.test.engine.Answer;
import io.github.sesquill.test.engine.SesEngine;
import java.util.List;

/** Hands messages to the engine, whichever way they came, and sees that they do not take too much room. */
record Post(SesEngine engine, Cellar cellar) {

    Answer send(Incoming incoming) {
        return engine.submit(cellar.keep(incoming));
    }

    List<Answer> send(List<Incoming> entries) {
        entries.forEach(cellar::keep);
        return engine.submitBulk(entries);
    }
}
