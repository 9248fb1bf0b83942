package io.witan.engine.serving;

import io.witan.engine.EngineException;
import io.witan.engine.StepPart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the next step computes: a row for each request that generates and does not sit out, and rows
 * of prompts, shared evenly by those that read, so that a short prompt does not wait for a long
 * one.
 *
 * @param parts by request, in the order of the step
 * @param refused requests that got no page, and why
 */
record StepPlan(
    Map<ServedRequest, StepPart> parts,
    Map<ServedRequest, EngineException> refused,
    int promptRows,
    int generatedRows) {

  /** Plans a step with about so many prompt rows; at least one for each that can go on. */
  static StepPlan of(List<ServedRequest> running, int pageTokens, int promptRows) {
    var plan = new StepPlan(new LinkedHashMap<>(), new LinkedHashMap<>(), 0, 0);
    var reading = new ArrayList<ServedRequest>();
    var computed = new HashSet<PrefixReuse.Computed>();
    for (var request : running) {
      if (request.sitsOut()) {
        continue;
      }
      if (!request.isReading()) {
        plan.add(request, 1);
        continue;
      }
      var next = request.prefixes.computesNext(pageTokens);
      boolean isFirst = next == null || computed.add(next);
      // else another computes that page now, and this one takes it over when it is whole
      if (isFirst || !request.prefixes.couldAdopt(pageTokens)) {
        reading.add(request);
      }
    }
    int generated = plan.parts.size();
    reading.sort(Comparator.comparingInt(ServedRequest::unread));
    int left = Math.max(promptRows, reading.size());
    int read = 0;
    for (int i = 0; i < reading.size(); i++) {
      int share = Math.ceilDiv(left, reading.size() - i);
      int rows = plan.add(reading.get(i), Math.min(share, left - (reading.size() - i - 1)));
      left -= rows;
      read += rows;
    }
    return new StepPlan(plan.parts, plan.refused, read, generated);
  }

  /** Adds a request with its pages; returns its rows. */
  private int add(ServedRequest request, int most) {
    var part = request.part(most);
    int rows = part.tokens().length;
    try {
      request.session().reserve(rows);
    } catch (EngineException full) {
      refused.put(request, full);
      return 0;
    }
    parts.put(request, part);
    return rows;
  }
}
