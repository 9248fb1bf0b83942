package io.witan.documents.extraction.worker;

import io.witan.documents.extraction.ExtractionFailed;
import io.witan.documents.extraction.wire.Frame;
import io.witan.documents.extraction.wire.FrameInput;
import io.witan.documents.extraction.wire.FrameOutput;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The worker process: reads requests from standard input, one file at a time, and answers on
 * standard output. Ends when its parent does, even in the middle of a file.
 */
public final class ExtractionWorker {

  private ExtractionWorker() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    var output = new FrameOutput(new FileOutputStream(FileDescriptor.out));
    // libraries that print must not disturb the frames
    System.setOut(System.err);
    var requests = new LinkedBlockingQueue<Frame.Request>();
    Thread.ofPlatform().daemon().name("requests").start(() -> receive(requests));
    var extractor = new Extractor();
    output.write(new Frame.Ready());
    while (true) {
      output.write(answer(extractor, requests.take(), output));
    }
  }

  private static void receive(BlockingQueue<Frame.Request> requests) {
    try (var input = new FrameInput(new FileInputStream(FileDescriptor.in))) {
      for (var frame = input.read(); frame instanceof Frame.Request request; frame = input.read()) {
        requests.add(request);
      }
    } catch (IOException e) {
      System.err.println("the parent process is gone: " + e.getMessage());
    } finally {
      Runtime.getRuntime().halt(0);
    }
  }

  private static Frame answer(Extractor extractor, Frame.Request request, FrameOutput output) {
    var progress = new Progress(output);
    try {
      return new Frame.Done(
          extractor.extract(request.path(), request.fileName(), request.limits(), progress));
    } catch (ExtractionFailed e) {
      return new Frame.Failed(e.code(), String.valueOf(e.getMessage()));
    }
  }
}
