/** Tests of requests and their bodies. */
@NullMarked
package io.holdfast.vault.backend.http;

import org.jspecify.annotations.NullMarked;
