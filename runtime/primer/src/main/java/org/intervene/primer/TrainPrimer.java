package org.intervene.primer;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.intervene.engine.script.TorchRuntime;
import org.intervene.engine.tokenizer.Bos;
import org.intervene.engine.tokenizer.JsonTokenizer;
import org.intervene.model.Tokenizer;

/**
 * Trains {@code builtin:primer} and writes its directory.
 *
 * <p>Arguments: the directory and the number of threads. Weights are written every two minutes, so
 * that a run can be looked at while it goes on.
 */
public final class TrainPrimer {
  private static final PrintStream OUT = System.out;
  private static final int REPORT = 50;

  private final Path directory;
  private final TrainingSettings settings;

  private TrainPrimer(Path directory, TrainingSettings settings) {
    this.directory = directory;
    this.settings = settings;
  }

  /** Runs the program. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("usage: TrainPrimer DIRECTORY THREADS");
      System.exit(2);
    }
    TorchRuntime.start().threads(Integer.parseInt(arguments[1]));
    TrainingSettings settings = TrainingSettings.primer();
    new TrainPrimer(Path.of(arguments[0]), settings).run();
  }

  private void run() throws IOException {
    Lexicon lexicon = Lexicon.load();
    Corpus corpus = Corpus.of(lexicon, settings.seed());
    Vocabulary vocabulary = Vocabulary.of(lexicon);
    Files.createDirectories(directory);
    TokenizerFiles.write(vocabulary, directory);
    Gpt2Config config = Gpt2Config.primer(vocabulary);
    ModelFiles.config(config, vocabulary.end(), directory);
    Tokenizer tokenizer = JsonTokenizer.open(directory, Bos.NEVER);
    Batches batches = new Batches(corpus, tokenizer, vocabulary.end(), settings);
    try (NDManager manager = TorchRuntime.start().newManager()) {
      Gpt2 model = Gpt2.random(config, manager, settings.seed());
      long parameters = model.tensors().values().stream().mapToLong(x -> x.length).sum();
      OUT.printf("%d tokens, %d parameters%n", config.vocabulary(), parameters);
      double minutes = train(model, batches, () -> report(model, tokenizer, corpus));
      Measurements measurements = report(model, tokenizer, corpus);
      ModelFiles.weights(model, directory);
      ModelCard card = new ModelCard(corpus, config, settings, measurements, parameters, minutes);
      Files.writeString(directory.resolve("README.md"), card.text());
      ModelFiles.list(directory);
    }
  }

  private double train(Gpt2 model, Batches batches, Runnable report) throws IOException {
    long start = System.nanoTime();
    long saved = start;
    double loss = 0;
    for (int step = 1; step <= settings.steps(); step++) {
      Batch batch = batches.next(settings.rows(), settings.repeats(), step);
      loss += model.step(batch, step, settings.rate(step), settings);
      if (step % REPORT == 0) {
        double seconds = (System.nanoTime() - start) / 1e9;
        OUT.printf(Locale.ROOT, "%5d  loss %.4f  %.0f s%n", step, loss / REPORT, seconds);
        loss = 0;
      }
      if (System.nanoTime() - saved > settings.checkpoint().toNanos()) {
        report.run();
        ModelFiles.weights(model, directory);
        saved = System.nanoTime();
      }
    }
    return (System.nanoTime() - start) / 60e9;
  }

  private static Measurements report(Gpt2 model, Tokenizer tokenizer, Corpus corpus) {
    Measurements measurements = Measurements.of(model, tokenizer, corpus);
    measurements.table().forEach(OUT::println);
    measurements.heldOutFacts().wrong().stream().limit(5).forEach(OUT::println);
    return measurements;
  }
}
