package org.intervene.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server with MLflow's REST interface, version 2.0. */
final class RestServer implements Tracker {
  /** Most of either that one request may hold. */
  private static final int PARAMETERS = 100;

  private static final int METRICS = 1000;
  private static final String ARTIFACTS = "mlflow-artifacts";

  private final RestClient client;

  RestServer(RestClient client) {
    this.client = client;
  }

  @Override
  public String track(TrackedRun run) throws NotTracked, InterruptedException {
    String experiment = experiment(run.experiment());
    JsonNode info = create(experiment, run);
    String id = text(info, "run_id", "runs/create");
    try {
      log(id, run);
    } catch (NotTracked e) {
      giveUp(id, run);
      throw e;
    }
    try {
      upload(info.path("artifact_uri").asText(), run.files());
    } catch (NotTracked e) {
      finish(id, run, "FINISHED");
      throw new NotTracked("its numbers are tracked, its files are not: " + e.getMessage(), e);
    }
    finish(id, run, "FINISHED");
    return "%s/#/experiments/%s/runs/%s".formatted(client.server(), experiment, id);
  }

  private String experiment(String name) throws NotTracked, InterruptedException {
    try {
      return found(name);
    } catch (NotTracked e) {
      if (!e.is("RESOURCE_DOES_NOT_EXIST")) {
        throw e;
      }
    }
    try {
      ObjectNode body = object().put("name", name);
      JsonNode answer = client.post("experiments/create", body);
      return text(answer, "experiment_id", "experiments/create");
    } catch (NotTracked e) {
      if (!e.is("RESOURCE_ALREADY_EXISTS")) {
        throw e;
      }
      return found(name); // somebody else made it in between
    }
  }

  private String found(String name) throws NotTracked, InterruptedException {
    JsonNode experiment =
        client.get("experiments/get-by-name", "experiment_name", name).path("experiment");
    if (experiment.path("lifecycle_stage").asText().equals("deleted")) {
      throw new NotTracked(
          "experiment `%s` is deleted at %s: restore it there".formatted(name, client.server()));
    }
    return text(experiment, "experiment_id", "experiments/get-by-name");
  }

  private JsonNode create(String experiment, TrackedRun run)
      throws NotTracked, InterruptedException {
    ObjectNode body = object().put("experiment_id", experiment);
    body.put("run_name", run.name());
    body.put("user_id", run.user());
    body.put("start_time", run.started().toEpochMilli());
    pairs(body.putArray("tags"), List.copyOf(run.tags().entrySet()));
    return client.post("runs/create", body).path("run").path("info");
  }

  private void log(String id, TrackedRun run) throws NotTracked, InterruptedException {
    for (List<Map.Entry<String, String>> part :
        parts(List.copyOf(run.parameters().entrySet()), PARAMETERS)) {
      ObjectNode body = object().put("run_id", id);
      pairs(body.putArray("params"), part);
      client.post("runs/log-batch", body);
    }
    for (List<TrackedRun.Metric> part : parts(run.metrics(), METRICS)) {
      ObjectNode body = object().put("run_id", id);
      ArrayNode metrics = body.putArray("metrics");
      for (TrackedRun.Metric metric : part) {
        ObjectNode node = metrics.addObject().put("key", metric.key());
        node.put("value", metric.value());
        node.put("timestamp", run.ended().toEpochMilli());
        node.put("step", metric.step());
      }
      client.post("runs/log-batch", body);
    }
  }

  /** Files go through the server alone: where it keeps them itself is not for it to tell us. */
  private void upload(String store, Map<String, Path> files)
      throws NotTracked, InterruptedException {
    URI uri;
    try {
      uri = URI.create(store);
    } catch (IllegalArgumentException e) {
      throw new NotTracked("the server names no place for them", e);
    }
    if (!ARTIFACTS.equals(uri.getScheme()) || uri.isOpaque() || uri.getAuthority() != null) {
      throw new NotTracked("the server does not take files: start it with --serve-artifacts");
    }
    String folder = uri.getPath().replaceAll("^/+", "");
    for (Map.Entry<String, Path> file : files.entrySet()) {
      client.put(folder + "/" + file.getKey(), file.getValue());
    }
  }

  private void finish(String id, TrackedRun run, String status)
      throws NotTracked, InterruptedException {
    ObjectNode body = object().put("run_id", id).put("status", status);
    client.post("runs/update", body.put("end_time", run.ended().toEpochMilli()));
  }

  private void giveUp(String id, TrackedRun run) throws InterruptedException {
    try {
      finish(id, run, "FAILED");
    } catch (NotTracked e) {
      // the first reason is the one to be told
    }
  }

  private static String text(JsonNode node, String key, String call) throws NotTracked {
    String text = node.path(key).asText();
    if (text.isEmpty()) {
      throw new NotTracked("the server's answer to %s has no `%s`".formatted(call, key));
    }
    return text;
  }

  private static void pairs(ArrayNode list, List<Map.Entry<String, String>> entries) {
    entries.forEach(e -> list.addObject().put("key", e.getKey()).put("value", e.getValue()));
  }

  private static <T> List<List<T>> parts(List<T> all, int most) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += most) {
      parts.add(all.subList(from, Math.min(all.size(), from + most)));
    }
    return parts;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
