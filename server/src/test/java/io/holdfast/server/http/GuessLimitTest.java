package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GuessLimitTest {
  private final AtomicLong nanos = new AtomicLong(1);
  private final GuessLimit limit =
      new GuessLimit(
          3,
          new TimeMeter() {
            @Override
            public long currentTimeNanos() {
              return nanos.get();
            }

            @Override
            public boolean isWallClockBased() {
              return false;
            }
          });

  private void fail(String address, int times) {
    for (int i = 0; i < times; i++) {
      limit.failed(address);
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void anAddressHasSomeFailures() {
    assertThat(limit.wait("192.0.2.1")).isEmpty();
    fail("192.0.2.1", 2);
    assertThat(limit.wait("192.0.2.1")).isEmpty();
    fail("192.0.2.1", 1);
    assertThat(limit.wait("192.0.2.1")).hasValue(21);
    assertThat(limit.wait("192.0.2.2")).isEmpty();
  }

  @Test
  void theyComeBackWithTime() {
    fail("192.0.2.1", 3);
    pass(Duration.ofSeconds(19));
    assertThat(limit.wait("192.0.2.1")).hasValue(2);
    pass(Duration.ofSeconds(2));
    assertThat(limit.wait("192.0.2.1")).isEmpty();
    fail("192.0.2.1", 1);
    assertThat(limit.wait("192.0.2.1")).isPresent();
    pass(Duration.ofDays(1));
    fail("192.0.2.1", 2);
    assertThat(limit.wait("192.0.2.1")).isEmpty();
  }

  @Test
  void failingOnDoesNotLockOutForEver() {
    fail("192.0.2.1", 1000);

    assertThat(limit.wait("192.0.2.1")).isEqualTo(OptionalLong.of(21));
  }

  @Test
  void aNetworkOfIpv6CountsAsOneAddress() {
    fail("2001:db8:0:1:a:b:c:d", 2);
    fail("2001:db8:0:1:0:0:0:1", 1);

    assertThat(limit.wait("2001:db8:0:1:f:f:f:f")).isPresent();
    assertThat(limit.wait("2001:db8:0:2:a:b:c:d")).isEmpty();
    fail("0:0:0:0:0:0:0:1", 3);
    assertThat(limit.wait("0:0:0:0:0:0:0:1")).isPresent();
  }

  @Test
  void remembersABoundedNumberOfAddressesTheLatest() {
    fail("192.0.2.1", 3);
    for (int i = 0; i < 4096; i++) {
      limit.failed("10.0." + i / 256 + "." + i % 256);
    }
    fail("198.51.100.1", 3);

    assertThat(limit.wait("192.0.2.1")).isEmpty();
    assertThat(limit.wait("198.51.100.1")).isPresent();
  }
}
