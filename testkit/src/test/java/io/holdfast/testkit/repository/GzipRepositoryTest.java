package io.holdfast.testkit.repository;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.directory.DirectoryRepository;

class GzipRepositoryTest extends RepositoryContract {
  @Override
  protected Repository open(FilePath place) {
    return new DirectoryRepository(files, CLOCK, place, 3);
  }

  @Override
  protected Compression compression() {
    return Compression.GZIP;
  }
}
