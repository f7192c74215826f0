package io.holdfast.server.http;

import java.time.Duration;

/**
 * What a server takes from its clients before it gives them up. All numbers are at least 1, all
 * times at least a millisecond.
 *
 * @param bodyBytes the largest body of a request; beyond it 413. At most 1 GiB, since bodies are
 *     held in memory
 * @param headBytes the largest request line with headers; beyond it 431 or 414. At least 512
 * @param uriBytes the longest path with query; beyond it 414
 * @param connections how many connections may be open, from one network other than this machine
 *     half of them; beyond them a new one is closed at once
 * @param requests how many requests may be worked on at once; the next one waits
 * @param requestWait how long it waits; then 503. Routes that are open to anybody never wait
 * @param streams how many downloads and event streams may be under way, which last as long as their
 *     readers like; beyond them 503. Best fewer than connections
 * @param uploads how many bodies of routes that stream them may be under way; the next one waits as
 *     a request does. Best fewer than connections
 * @param idle how long a connection may take to bring the whole head of its first or next request,
 *     however it trickles
 * @param bodyTime how long a request's body may take to arrive in whole, or each 32 KiB of one that
 *     is streamed; then 408
 * @param writeTime how long a client may take to accept a piece of an answer (an event, or 32 KiB);
 *     then its connection is broken off
 * @param failedTokens how many bad tokens one address may present in a minute; beyond them 429
 */
public record HttpLimits(
    int bodyBytes,
    int headBytes,
    int uriBytes,
    int connections,
    int requests,
    Duration requestWait,
    int streams,
    int uploads,
    Duration idle,
    Duration bodyTime,
    Duration writeTime,
    int failedTokens) {

  private static final int MOST_BODY_BYTES = 1 << 30;
  private static final int LEAST_HEAD_BYTES = 512;

  public HttpLimits {
    require(bodyBytes >= 1 && bodyBytes <= MOST_BODY_BYTES, "bodyBytes", bodyBytes);
    require(headBytes >= LEAST_HEAD_BYTES, "headBytes", headBytes);
    require(uriBytes >= 1, "uriBytes", uriBytes);
    require(connections >= 1, "connections", connections);
    require(requests >= 1, "requests", requests);
    require(streams >= 1, "streams", streams);
    require(uploads >= 1, "uploads", uploads);
    require(failedTokens >= 1, "failedTokens", failedTokens);
    require(requestWait.toMillis() >= 1, "requestWait", requestWait);
    require(idle.toMillis() >= 1, "idle", idle);
    require(bodyTime.toMillis() >= 1, "bodyTime", bodyTime);
    require(writeTime.toMillis() >= 1, "writeTime", writeTime);
  }

  /**
   * What suits a server with a few people and machines as its clients. All bodies at once, each of
   * which may be held back before its last byte, have to leave most of a heap of 128 MiB free; no
   * document of the API has more than a few KiB.
   */
  public static HttpLimits defaults() {
    return new HttpLimits(
        64 << 10,
        8 << 10,
        4 << 10,
        1024,
        256,
        Duration.ofSeconds(10),
        512,
        256,
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        10);
  }

  private static void require(boolean holds, String name, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " out of range: " + value);
    }
  }
}
