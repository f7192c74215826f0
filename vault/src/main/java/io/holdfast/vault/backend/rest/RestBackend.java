package io.holdfast.vault.backend.rest;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.http.Conversation;
import io.holdfast.vault.backend.http.Fill;
import io.holdfast.vault.backend.http.Gather;
import io.holdfast.vault.backend.http.PartialAnswer;
import io.holdfast.vault.backend.http.ServerTime;
import io.holdfast.vault.backend.http.Upload;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A vault behind a server that speaks restic's REST protocol, with lists of version 2.
 *
 * <p>That a name which is taken is refused is not in the protocol. Servers differ: restic's own
 * refuses, mostly, Holdfast's always, and rclone replaces what is there unless it is append-only.
 * So the config, whose name says nothing of its content, is asked for first, which keeps the
 * promise for one caller after another; for several at once it is as good as the server's. All
 * other files are named after their content: whoever replaces one puts the same in its place, and a
 * request more for every file would buy nothing. The same goes for durability, and for files that
 * appear whole: rclone, if it serves a directory, writes them in place, and it may still tell of a
 * file that was deleted unless it is started with {@code --cache-objects=false}.
 *
 * <p>A server that never answers is noticed by its silence, see {@link
 * io.holdfast.vault.backend.http.HttpSettings#stall}. Redirects are not followed: they could lead a
 * secret anywhere.
 */
public final class RestBackend implements Backend {
  /** A list of some three million files, 45 TB of packs. */
  private static final int LONGEST_LIST = 256 << 20;

  private final RestSettings settings;
  private final Requests requests;
  private final Conversation conversation;

  /** Connects to nothing yet. */
  public RestBackend(RestSettings settings) {
    this.settings = settings;
    this.requests = new Requests(settings);
    this.conversation = new Conversation(settings.http(), location());
  }

  @Override
  public String location() {
    return settings.address().toString();
  }

  @Override
  public void create() throws IOException {
    var ask = conversation.about("create", location());
    ask.expectSuccess(ask.headOf(requests.creation().POST(BodyPublishers.noBody())).statusCode());
  }

  @Override
  public void write(FileId file, ByteBuffer content) throws IOException {
    var ask = conversation.about("write", file.toString());
    if (file.type() == FileType.CONFIG && isThere(file)) {
      throw ask.failure(Reason.ALREADY_EXISTS, "");
    }
    var request = requests.about("write", file).header("Content-Type", "application/octet-stream");
    int status = ask.headOf(transfer -> request.POST(Upload.of(content, transfer))).statusCode();
    // To restic's server this is the answer both to a name that is taken and to a writer who may
    // not; and whoever took the name may have done so just now.
    if (status == 403 && isThere(file)) {
      throw ask.failure(Reason.ALREADY_EXISTS, "");
    }
    ask.expectStored(status);
  }

  private boolean isThere(FileId file) throws IOException {
    var ask = conversation.about("write", file.toString());
    int status = ask.headOf(requests.about("write", file).HEAD()).statusCode();
    if (status != 404) {
      ask.expectSuccess(status);
    }
    return status != 404;
  }

  @Override
  public void read(FileId file, long offset, ByteBuffer target) throws IOException {
    if (offset < 0) {
      throw new IllegalArgumentException("negative offset: " + offset);
    }
    var ask = conversation.about("read", file.toString());
    int wanted = target.remaining();
    if (wanted == 0) {
      // A range of no bytes cannot be asked for.
      if (size(file) < offset) {
        throw ask.failure(Reason.TOO_SHORT, "the part begins at " + offset);
      }
      return;
    }
    if (offset > Long.MAX_VALUE - wanted) {
      throw ask.failure(Reason.TOO_SHORT, "the part begins at " + offset);
    }
    var request =
        requests
            .about("read", file)
            .header("Range", "bytes=" + offset + "-" + (offset + wanted - 1));
    HttpResponse<Fill.Filled> answer =
        ask.exchange(
            transfer -> request.GET(),
            (info, transfer) ->
                switch (info.statusCode()) {
                  case 206 -> new Fill(transfer, 0, target.duplicate());
                  // A server that knows no ranges sends all there is.
                  case 200 -> new Fill(transfer, offset, target.duplicate());
                  default -> new Fill(transfer, 0, ByteBuffer.allocate(0));
                });
    ask.expectSuccess(answer.statusCode());
    new PartialAnswer(answer.statusCode(), answer.headers(), answer.body())
        .check(ask, offset, wanted);
    target.position(target.limit());
  }

  @Override
  public byte[] readAll(FileId file) throws IOException {
    var ask = conversation.about("read", file.toString());
    var request = requests.about("read", file);
    HttpResponse<Gather.Gathered> answer =
        ask.exchange(
            transfer -> request.GET(),
            (info, transfer) ->
                new Gather(transfer, info.statusCode() == 200 ? file.type().mostBytes() : 0));
    ask.expectOk(answer.statusCode());
    if (answer.body().tooLong()) {
      throw ask.failure(Reason.OTHER, "too large");
    }
    return answer.body().bytes();
  }

  @Override
  public long size(FileId file) throws IOException {
    var ask = conversation.about("size", file.toString());
    var answer = ask.headOf(requests.about("size", file).HEAD());
    ask.expectSuccess(answer.statusCode());
    OptionalLong size = answer.headers().firstValueAsLong("Content-Length");
    return size.orElseThrow(() -> ask.failure(Reason.OTHER, "the server does not tell the size"));
  }

  @Override
  public List<Listed> list(FileType type) throws IOException {
    if (type == FileType.CONFIG) {
      throw new IllegalArgumentException("there is one config, and no list of it");
    }
    var ask = conversation.about("list", type.word());
    var request = requests.list(type);
    HttpResponse<Gather.Gathered> answer =
        ask.exchange(
            transfer -> request.GET(),
            (info, transfer) -> new Gather(transfer, info.statusCode() == 200 ? LONGEST_LIST : 0));
    if (answer.statusCode() == 404) {
      throw notListed(ask);
    }
    ask.expectOk(answer.statusCode());
    return new ListAnswer(answer).files(ask);
  }

  /**
   * What a list that is not found means. Restic's server also says so when a file vanishes while it
   * lists, and rclone when anything fails: to take that for an empty list would be to take every
   * backup for lost, and every pack for unused.
   */
  private BackendException notListed(Conversation.Ask ask) throws IOException {
    return exists(FileId.CONFIG)
        ? ask.failure(
            Reason.TRANSIENT,
            "the server says that there is no such directory; creating the vault again makes it"
                + " without touching what is there")
        : ask.failure(Reason.NOT_FOUND, "there is no vault");
  }

  @Override
  public void delete(FileId file) throws IOException {
    var ask = conversation.about("delete", file.toString());
    int status = ask.headOf(requests.about("delete", file).DELETE()).statusCode();
    if (status != 404) {
      ask.expectSuccess(status);
    }
  }

  @Override
  public Optional<Instant> time() throws IOException {
    var ask = conversation.about("size", FileId.CONFIG.toString());
    return ServerTime.of(ask.headOf(requests.about("size", FileId.CONFIG).HEAD()).headers());
  }

  @Override
  public void close() {
    conversation.close();
  }
}
