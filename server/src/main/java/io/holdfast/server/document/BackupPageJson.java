package io.holdfast.server.document;

import io.avaje.jsonb.Json;
import java.util.List;

/** A page of backups, newest first. */
@Json(naming = Json.Naming.LowerUnderscore)
public record BackupPageJson(List<BackupSummaryJson> data, PaginationJson pagination) {}
