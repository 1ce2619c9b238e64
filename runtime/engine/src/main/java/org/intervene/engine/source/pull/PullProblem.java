package org.intervene.engine.source.pull;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.diagnostic.DiagnosticException;
import org.intervene.engine.source.HubName;

/**
 * What can go wrong in a download of one model. Messages never hold a token or a signed address.
 */
record PullProblem(HubName name) {

  DiagnosticException endpoint(String written) {
    return problem(
        "pull.endpoint",
        "`" + written + "` is no address of a hub",
        "let HF_ENDPOINT be an http or https address, or unset it");
  }

  DiagnosticException noConnection(URI address, String why) {
    return problem(
        "pull.no-connection",
        address.getHost() + " does not answer: " + why,
        "check the network; HF_ENDPOINT names another hub");
  }

  DiagnosticException token(URI address, int status, Optional<String> from) {
    return problem(
        "pull.token",
        from.map(place -> "the token of " + place + " may not read this model")
                .orElse("the model does not exist, or needs a token")
            + " (status "
            + status
            + ")",
        "accept the model's terms at " + plain(address) + " if it has some",
        "let HF_TOKEN be a token that may read it");
  }

  DiagnosticException malformedToken(String from) {
    return problem(
        "pull.token",
        "what " + from + " holds is no token: it has spaces or other characters that none has",
        "put the token there alone, on one line");
  }

  DiagnosticException unreadableToken(Path file, Exception why) {
    return problem(
        "pull.token",
        "the token in `" + file + "` cannot be read: " + said(why),
        "check its permissions, or let HF_TOKEN be the token");
  }

  DiagnosticException offline() {
    return problem(
        "pull.offline",
        "HF_HUB_OFFLINE says that nothing may be downloaded",
        "unset HF_HUB_OFFLINE for this command");
  }

  DiagnosticException notFound(String what) {
    return problem("pull.not-found", "the hub has no " + what, "check name and revision");
  }

  DiagnosticException server(URI address, String what) {
    return problem("pull.server", plain(address) + " " + what, "try again later");
  }

  DiagnosticException redirect(URI address, String why) {
    return problem(
        "pull.redirect", plain(address) + " leads " + why, "check HF_ENDPOINT and any proxy");
  }

  DiagnosticException noWeights(boolean pickles) {
    return problem(
        "pull.no-weights",
        pickles
            ? "the model has its weights only as pickles, which can run code and are never loaded"
            : "the repository has no model.safetensors",
        "take a revision that has safetensors, or convert the model with transformers");
  }

  DiagnosticException noDigest(String file) {
    return problem(
        "pull.no-digest",
        "the hub does not say what `" + file + "` should be, so it cannot be checked",
        "take the model from another hub: unset HF_ENDPOINT");
  }

  DiagnosticException wrongLength(String file, long size, long got) {
    return problem(
        "pull.wrong-length",
        "`" + file + "` should have " + size + " bytes, but the server sends " + got,
        "try again; a proxy may be changing what it passes on");
  }

  DiagnosticException wrongDigest(String file, BlobDigest digest) {
    return problem(
        "pull.wrong-digest",
        "`" + file + "` is not what the hub promised: its digest is not " + digest.hex(),
        "try again; a proxy may be changing what it passes on");
  }

  DiagnosticException cutOff(String file, long done, long size, String why) {
    return problem(
        "pull.cut-off",
        "the server stopped at " + done + " of " + size + " bytes of `" + file + "`: " + why,
        "run the same command again: it goes on from there");
  }

  DiagnosticException interrupted() {
    return problem(
        "pull.interrupted",
        "the download was interrupted",
        "run the same command again: it goes on from there");
  }

  DiagnosticException busy(String file) {
    return problem(
        "pull.busy", "another process is downloading `" + file + "`", "wait until it is done");
  }

  DiagnosticException noRoom(Path cache, long needed, long free) {
    return problem(
        "pull.no-room",
        "`" + cache + "` has room for " + free + " bytes, and " + needed + " are needed",
        "make room, or let HF_HUB_CACHE name a directory on another disk");
  }

  DiagnosticException notWritten(Path file, Exception why) {
    return DiagnosticException.resource(
        Diagnostic.inFile(
            "cache.write-failed",
            file.toString(),
            "the file cannot be written: " + said(why),
            "make room, or let HF_HUB_CACHE name a directory that can be written"));
  }

  /** What an exception says, for a message. */
  static String said(Exception e) {
    String kind = e.getClass().getSimpleName().replace("Exception", "");
    return e.getMessage() == null ? kind : e.getMessage();
  }

  private static String plain(URI address) {
    return address.getScheme() + "://" + address.getRawAuthority() + address.getPath();
  }

  private DiagnosticException problem(String id, String message, String... help) {
    return DiagnosticException.resource(Diagnostic.inFile(id, name.toString(), message, help));
  }
}
