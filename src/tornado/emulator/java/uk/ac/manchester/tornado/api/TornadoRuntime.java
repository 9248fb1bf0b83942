package uk.ac.manchester.tornado.api;

/** The drivers of an installation. */
public interface TornadoRuntime {
  TornadoBackend getBackend(int index);

  default int getNumBackends() {
    return 1;
  }
}
