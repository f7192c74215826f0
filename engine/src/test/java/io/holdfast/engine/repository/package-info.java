@NullMarked
package io.holdfast.engine.repository;

import org.jspecify.annotations.NullMarked;
