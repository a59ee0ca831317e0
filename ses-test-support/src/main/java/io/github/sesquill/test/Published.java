package io.github.sesquill.test;

import io.github.sesquill.test.engine.Notice;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** Notifications as text, written when they are read: ten thousand of them would not fit a small heap at once. */
final class Published extends AbstractList<String> implements RandomAccess {

    private final List<Notice> notices;

    Published(List<Notice> notices) {
        this.notices = notices;
    }

    @Override
    public String get(int index) {
        return notices.get(index).json();
    }

    @Override
    public int size() {
        return notices.size();
    }
}
