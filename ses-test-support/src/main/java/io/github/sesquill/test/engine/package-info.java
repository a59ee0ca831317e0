/**
 * The rules of SES for one account in one region, with no transport in them: whoever speaks HTTP, SMTP or Java to a user
 * hands a {@link io.github.sesquill.test.engine.Submission} to the {@link io.github.sesquill.test.engine.SesEngine} and
 * gives the {@link io.github.sesquill.test.engine.Answer} back in his own words, which the one table of
 * {@link io.github.sesquill.test.engine.Refusal} has for each of them.
 *
 * <p>Shared by the fake in memory and the local SES, and hidden from users.
 */
@NullMarked
package io.github.sesquill.test.engine;

import org.jspecify.annotations.NullMarked;
