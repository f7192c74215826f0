/** Tests of a vault behind a server, and such servers for tests. */
@NullMarked
package io.holdfast.vault.backend.rest;

import org.jspecify.annotations.NullMarked;
