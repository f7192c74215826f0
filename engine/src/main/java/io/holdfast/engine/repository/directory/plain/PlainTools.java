package io.holdfast.engine.repository.directory.plain;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.repository.layout.StorageErrors;
import io.holdfast.engine.repository.transfer.Workers;

/** What all writers of one plain backup share. */
record PlainTools(
    FileLayer files,
    StorageErrors errors,
    Workers workers,
    FileCopy copy,
    MetadataCopy metadataCopy) {}
