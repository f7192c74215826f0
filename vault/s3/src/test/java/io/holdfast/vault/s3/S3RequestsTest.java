package io.holdfast.vault.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.http.HttpSettings;
import io.holdfast.vault.backend.http.Transfer;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of a store. */
class S3RequestsTest {
  private static final byte[] CONTENT = {1, 2, 3};
  private static final ContentId NAME = ContentId.of(CONTENT);
  private static final FileId PACK = FileId.of(FileType.PACK, NAME);
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);

  private static S3Requests requests(String address, Addressing addressing, Credentials who) {
    return new S3Requests(
        new S3Settings(
            S3Address.parse(address),
            "eu-west-1",
            addressing,
            true,
            who,
            HttpSettings.usual(),
            NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "https://host:9000/bucket/a b, AUTO, https://host:9000/bucket/a%20b/",
    "https://host/bucket, VIRTUAL, https://bucket.host/",
    "s3.amazonaws.com/bucket/x, AUTO, https://bucket.s3.eu-west-1.amazonaws.com/x/",
    "s3.amazonaws.com/bucket/x, PATH, https://s3.eu-west-1.amazonaws.com/bucket/x/",
    "s3.amazonaws.com/buc.ket/x, AUTO, https://s3.eu-west-1.amazonaws.com/buc.ket/x/",
    "s3.us-west-2.amazonaws.com/bucket, AUTO, https://bucket.s3.us-west-2.amazonaws.com/"
  })
  @DisplayName("a file is where restic has it, in the address that the store wants")
  void places(String address, Addressing addressing, String below) throws Exception {
    S3Requests requests =
        requests(address.replace(" ", "%20"), addressing, ProxyStore.credentials("secret"));
    assertThat(requests.head(PACK).build().uri().toString())
        .isEqualTo(below + "data/" + NAME.toString().substring(0, 2) + "/" + NAME);
    assertThat(requests.get(FileId.CONFIG).build().uri().toString()).isEqualTo(below + "config");
    assertThat(requests.delete(FileId.of(FileType.KEY, NAME)).build().uri().toString())
        .isEqualTo(below + "keys/" + NAME);
  }

  @Test
  @DisplayName("a list is asked for at the root of the bucket, in the order of names")
  void lists() throws Exception {
    var query = new TreeMap<>(Map.of("prefix", "a/b c/", "list-type", "2"));
    var who = ProxyStore.credentials("secret");
    assertThat(requests("https://host/bucket", Addressing.PATH, who).list(query).build().uri())
        .hasToString("https://host/bucket/?list-type=2&prefix=a%2Fb%20c%2F");
    assertThat(requests("https://host/bucket", Addressing.VIRTUAL, who).list(query).build().uri())
        .hasToString("https://bucket.host/?list-type=2&prefix=a%2Fb%20c%2F");
  }

  @Test
  @DisplayName("a file is stored under the digest of its content, and only where there is none")
  void stores() throws Exception {
    HttpRequest request =
        requests("https://host/bucket", Addressing.AUTO, ProxyStore.credentials("secret"))
            .put(PACK, ByteBuffer.wrap(CONTENT), true, new Transfer())
            .build();
    assertThat(request.method()).isEqualTo("PUT");
    assertThat(request.headers().map())
        .containsEntry("x-amz-content-sha256", List.of(NAME.toString()))
        .containsEntry("if-none-match", List.of("*"))
        .containsEntry("x-amz-date", List.of("20260102T030405Z"))
        .containsKey("authorization");
    assertThat(request.toString() + request.headers()).doesNotContain("secret");
    assertThat(request.bodyPublisher().orElseThrow().contentLength()).isEqualTo(3);
  }

  @Test
  @DisplayName("whoever asks without credentials signs nothing")
  void anonymous() throws Exception {
    HttpRequest request =
        requests("https://host/bucket", Addressing.AUTO, new Credentials(List.of(), NOW))
            .get(PACK, 5, 9)
            .build();
    assertThat(request.headers().map()).containsOnlyKeys("range");
    assertThat(request.headers().firstValue("range")).contains("bytes=5-9");
  }
}
