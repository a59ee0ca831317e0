/**
 * How a message leaves: a <em>transport</em> makes one attempt and answers with an <em>outcome</em>.
 *
 * <p>An outcome is one of three, for ever: <em>sent</em>, SES said so; <em>not sent</em>, SES cannot have it;
 * <em>unknown</em>, SES may have it. What decides between the last two when something breaks is the <em>line of no
 * return</em>: the moment the last byte of a message is released to the network. A transport asks
 * {@link io.github.sesquill.transport.EmailTransport.Attempt#handOff()} right before it.
 */
@NullMarked
package io.github.sesquill.transport;

import org.jspecify.annotations.NullMarked;
