package uk.ac.manchester.tornado.api;

/** A graph that is not added to any more. */
public class ImmutableTaskGraph {
  final TaskGraph graph;

  ImmutableTaskGraph(TaskGraph graph) {
    this.graph = graph;
  }
}
