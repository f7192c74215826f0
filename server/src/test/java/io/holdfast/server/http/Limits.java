package io.holdfast.server.http;

import java.time.Duration;

/** Limits for tests: the defaults, but for what a test changes. */
final class Limits {
  int bodyBytes = HttpLimits.defaults().bodyBytes();
  int headBytes = HttpLimits.defaults().headBytes();
  int uriBytes = HttpLimits.defaults().uriBytes();
  int connections = HttpLimits.defaults().connections();
  int requests = HttpLimits.defaults().requests();
  Duration requestWait = HttpLimits.defaults().requestWait();
  int streams = HttpLimits.defaults().streams();
  int uploads = HttpLimits.defaults().uploads();
  Duration idle = HttpLimits.defaults().idle();
  Duration bodyTime = HttpLimits.defaults().bodyTime();
  Duration writeTime = HttpLimits.defaults().writeTime();
  int failedTokens = HttpLimits.defaults().failedTokens();

  HttpLimits build() {
    return new HttpLimits(
        bodyBytes,
        headBytes,
        uriBytes,
        connections,
        requests,
        requestWait,
        streams,
        uploads,
        idle,
        bodyTime,
        writeTime,
        failedTokens);
  }
}
