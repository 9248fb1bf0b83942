package io.witan.documents.sample;

import io.witan.catalogue.CollectionStewardship;
import io.witan.catalogue.CollectionSummary;
import io.witan.documents.DocumentUploads;
import io.witan.identity.AccessScope;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Service;

/** Witan's own manual, in every language it is written in, as documents to ask about. */
@Service
class SampleCollection {
  private static final String ROOT = "manual/";
  private static final String FILES = "classpath*:" + ROOT + "**/*.md";

  private final CollectionStewardship stewardship;
  private final DocumentUploads uploads;

  SampleCollection(CollectionStewardship stewardship, DocumentUploads uploads) {
    this.stewardship = stewardship;
    this.uploads = uploads;
  }

  /** Makes the collection; its documents are indexed like any others. */
  CollectionSummary create(AccessScope scope) throws IOException {
    var collection =
        stewardship.createSample(
            scope, "Witan manual · 使用手册", "How to use Witan: a sample to try questions with.");
    var files = new PathMatchingResourcePatternResolver().getResources(FILES);
    Arrays.sort(files, Comparator.comparing(SampleCollection::name));
    for (var file : files) {
      try (var bytes = file.getInputStream()) {
        var ignored = uploads.upload(scope, collection.id(), name(file), bytes);
      }
    }
    return collection;
  }

  /** The path below the manual's folder, such as en/chat.md. */
  private static String name(Resource file) {
    try {
      var url = file.getURL().getPath();
      return url.substring(url.lastIndexOf("/" + ROOT) + ROOT.length() + 1);
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
