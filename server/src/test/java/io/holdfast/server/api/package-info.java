@NullMarked
package io.holdfast.server.api;

import org.jspecify.annotations.NullMarked;
