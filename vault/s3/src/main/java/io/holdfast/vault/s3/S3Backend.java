package io.holdfast.vault.s3;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.http.Conversation;
import io.holdfast.vault.backend.http.Gather.Gathered;
import io.holdfast.vault.backend.http.ServerTime;
import io.holdfast.vault.backend.http.Status;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * A vault in a bucket. A file is one object, stored by one request whose signature covers its
 * content.
 *
 * <p>That a name which is taken is refused, also for several at once, is as good as the store: it
 * is asked to store only what is absent ({@code If-None-Match}). One that passes over the question
 * replaces what is there, which is the same content, since files are named by it; only the config
 * is not, and it is looked for first. One that says that it cannot is asked without, after looking.
 * So on such a store two who make one vault at the very same time may both believe that they did.
 *
 * <p>The bucket has to be there: whether it keeps versions, in which region it is and who may read
 * it is its owner's to decide. Versions that a bucket keeps of deleted files are its lifecycle's to
 * remove. {@code doctor repository} tells what a store does.
 */
public final class S3Backend implements Backend {
  private static final int MOST_KEYS = 1000;

  /** So many pages in a row may hold nothing of the vault, but what others have put there. */
  private static final int MOST_IDLE_PAGES = 1000;

  private final S3Address address;
  private final S3Requests requests;
  private final S3Answers answers;
  private final Conversation conversation;
  private volatile boolean conditional;

  /** Connects to nothing yet. */
  S3Backend(S3Settings settings) {
    this.address = settings.address();
    this.requests = new S3Requests(settings);
    this.answers = new S3Answers(settings.credentials());
    this.conversation = new Conversation(settings.http(), location());
    this.conditional = settings.conditional();
  }

  @Override
  public String location() {
    return address.text();
  }

  /** Makes nothing: there are no directories, and the bucket is there. */
  @Override
  public void create() throws IOException {
    var ask = conversation.about("create", location());
    var query = query(address.prefix());
    query.put("max-keys", "1");
    page(ask, query);
  }

  @Override
  public void write(FileId file, ByteBuffer content) throws IOException {
    var ask = conversation.about("write", file.toString());
    boolean asked = conditional;
    if ((!asked || file.type() == FileType.CONFIG) && exists(file)) {
      throw ask.failure(Reason.ALREADY_EXISTS, "");
    }
    Optional<StoreError> error = put(ask, file, content, asked);
    if (asked && error.isPresent() && error.get().reason(true) == Reason.UNSUPPORTED) {
      conditional = false;
      if (exists(file)) {
        throw ask.failure(Reason.ALREADY_EXISTS, "");
      }
      error = put(ask, file, content, false);
    }
    if (error.isPresent()) {
      throw answers.failure(ask, error.get(), true);
    }
  }

  private Optional<StoreError> put(
      Conversation.Ask ask, FileId file, ByteBuffer content, boolean ifAbsent) throws IOException {
    HttpResponse<Gathered> answer =
        answers.whole(
            ask,
            transfer -> requests.put(file, content, ifAbsent, transfer),
            S3Answers.LONGEST_ERROR);
    return Status.isSuccess(answer.statusCode())
        ? Optional.empty()
        : Optional.of(answers.error(answer));
  }

  @Override
  public void read(FileId file, long offset, ByteBuffer target) throws IOException {
    if (offset < 0) {
      throw new IllegalArgumentException("negative offset: " + offset);
    }
    var ask = conversation.about("read", file.toString());
    int wanted = target.remaining();
    if (wanted == 0) {
      // No range is empty, so no request can ask for one.
      if (offset > size(file)) {
        throw ask.failure(Reason.TOO_SHORT, "the part begins at " + offset);
      }
      return;
    }
    if (offset > Long.MAX_VALUE - wanted) {
      throw ask.failure(Reason.TOO_SHORT, "the part begins at " + offset);
    }
    answers.part(ask, t -> requests.get(file, offset, offset + wanted - 1), offset, target);
    target.position(target.limit());
  }

  @Override
  public byte[] readAll(FileId file) throws IOException {
    var ask = conversation.about("read", file.toString());
    return answers.success(ask, transfer -> requests.get(file), file.type().mostBytes());
  }

  @Override
  public long size(FileId file) throws IOException {
    var ask = conversation.about("size", file.toString());
    HttpResponse<Gathered> answer = answers.whole(ask, transfer -> requests.head(file), 0);
    int status = answer.statusCode();
    if (status == 404) {
      throw ask.failure(Reason.NOT_FOUND, "");
    }
    if (status == 400 || status == 301 || status == 403) {
      // Answers to this question have no body that could say why; those to another one have.
      answers.success(ask, transfer -> requests.get(file, 0, 0), S3Answers.LONGEST_ERROR);
    }
    answers.requireSuccess(ask, answer);
    OptionalLong size = answer.headers().firstValueAsLong("Content-Length");
    return size.orElseThrow(() -> ask.failure(Reason.OTHER, "the store does not tell the size"));
  }

  @Override
  public List<Listed> list(FileType type) throws IOException {
    if (type == FileType.CONFIG) {
      throw new IllegalArgumentException("there is one config, and no list of it");
    }
    var ask = conversation.about("list", type.word());
    Map<ContentId, Listed> files = new LinkedHashMap<>();
    TreeMap<String, String> query = query(address.keys(type));
    Set<String> tokens = new HashSet<>();
    int idle = 0;
    for (Optional<String> token = Optional.of(""); token.isPresent(); ) {
      int before = files.size();
      ListPage page = page(ask, query);
      for (ListPage.S3Object object : page.objects()) {
        Optional<ContentId> id = address.id(type, object.key());
        id.ifPresent(name -> files.put(name, new Listed(name, object.size())));
      }
      idle = files.size() > before ? 0 : idle + 1;
      token = page.next();
      if (token.isPresent() && (!tokens.add(token.get()) || idle > MOST_IDLE_PAGES)) {
        throw ask.failure(Reason.OTHER, "the store's list never ends");
      }
      token.ifPresent(next -> query.put("continuation-token", next));
    }
    return new ArrayList<>(files.values());
  }

  private static TreeMap<String, String> query(String prefix) {
    var query = new TreeMap<String, String>();
    // So that a key of somebody else, with characters that XML cannot hold, does no harm.
    query.put("encoding-type", "url");
    query.put("list-type", "2");
    query.put("max-keys", String.valueOf(MOST_KEYS));
    query.put("prefix", prefix);
    return query;
  }

  private ListPage page(Conversation.Ask ask, TreeMap<String, String> query) throws IOException {
    byte[] page = answers.success(ask, transfer -> requests.list(query), S3Answers.LONGEST_PAGE);
    try {
      return ListPage.parse(page);
    } catch (IllegalArgumentException e) {
      throw ask.failure(Reason.OTHER, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void delete(FileId file) throws IOException {
    var ask = conversation.about("delete", file.toString());
    HttpResponse<Gathered> answer =
        answers.whole(ask, transfer -> requests.delete(file), S3Answers.LONGEST_ERROR);
    boolean gone =
        answer.statusCode() == 404 && !answers.error(answer).code().equals("NoSuchBucket");
    if (!gone) {
      answers.requireSuccess(ask, answer);
    }
  }

  @Override
  public Optional<Instant> time() throws IOException {
    var ask = conversation.about("size", FileId.CONFIG.toString());
    return ServerTime.of(answers.whole(ask, transfer -> requests.head(FileId.CONFIG), 0).headers());
  }

  @Override
  public void close() {
    conversation.close();
  }
}
