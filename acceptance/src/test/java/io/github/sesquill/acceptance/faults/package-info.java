/**
 * What becomes of messages when everything around them fails: each fault by itself, every byte at which a connection can
 * end, random faults in virtual time, and load; always against the ledger of what the other side took.
 */
@NullMarked
package io.github.sesquill.acceptance.faults;

import org.jspecify.annotations.NullMarked;
