package io.holdfast.server.lifecycle;
import io.holdfast.server.api.*; import io.holdfast.server.http.*;
final class MetricsRoute { static Routes added(Routes r, Services s, ServerStatus t, ServerPlan p) { return r.add("GET","/metrics",Access.OPEN,q -> new Response.Empty(204)); } }
