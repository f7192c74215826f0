/** Tests of idempotency keys. */
@NullMarked
package io.holdfast.server.idempotency;

import org.jspecify.annotations.NullMarked;
