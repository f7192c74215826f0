package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenConnectionsTest {
  private final OpenConnections connections = new OpenConnections(10);
  private final List<SelectableChannel> open = new ArrayList<>();

  @AfterEach
  void close() {
    connections.closeAll();
  }

  /** Whether a connection from there stays open. */
  private boolean connect(String address) throws IOException {
    SocketChannel channel = SocketChannel.open();
    connections.accepted(channel, InetAddress.ofLiteral(address));
    if (channel.isOpen()) {
      open.add(channel);
    }
    return channel.isOpen();
  }

  @Test
  @DisplayName("one address has at most half of the connections, and another still gets in")
  void share() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(connect("192.0.2.1")).isTrue();
    }
    assertThat(connect("192.0.2.1")).isFalse();
    assertThat(connect("192.0.2.2")).isTrue();

    connections.onClosed(open.getFirst());
    assertThat(connect("192.0.2.1")).isTrue();
    assertThat(connect("192.0.2.1")).isFalse();
  }

  @Test
  @DisplayName("the addresses of a network of IPv6 have one share")
  void network() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(connect("2001:db8::" + i)).isTrue();
    }
    assertThat(connect("2001:db8::9")).isFalse();
    assertThat(connect("2001:db8:0:1::9")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  @DisplayName("what comes from this machine may have all, and no more")
  void thisMachine(String address) throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(connect(address)).isTrue();
    }
    assertThat(connect(address)).isFalse();
    assertThat(connect("192.0.2.2")).isFalse();
  }
}
