package io.github.sesquill.test;

import io.github.sesquill.suppression.SuppressionList;

class InMemorySuppressionListContractTest extends SuppressionListContract {

    @Override
    protected SuppressionList open() {
        return SuppressionList.inMemory();
    }
}
