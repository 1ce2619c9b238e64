package org.intervene.data;

import static org.intervene.data.Reading.dsl;
import static org.intervene.data.Reading.texts;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.intervene.diagnostic.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRowsTest {
  @TempDir Path folder;

  private Reading.Outcome read(String name, String content) throws IOException {
    return read(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private Reading.Outcome read(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
    return read("file \"" + name + "\"");
  }

  private Reading.Outcome read(String source) {
    return dsl(Optional.of(new WordsAndBytes()), folder, "data d " + source);
  }

  /** {@code line:column id} of problems in the file, {@code spec id} of those in the spec. */
  private static List<String> places(Reading.Outcome outcome) {
    List<String> places = new ArrayList<>();
    for (Diagnostic problem : outcome.reading().problems) {
      String where = problem.place().file().isEmpty() ? "spec" : problem.place().span().toString();
      places.add(where + " " + problem.id());
    }
    return places;
  }

  @Test
  void jsonLines() throws IOException {
    Dataset data =
        read(
                "a.jsonl",
                "\uFEFF{\"clean\": \" The \uD83D\uDE00 \\u0065\u0301\\n\", \"ids\": [1, 2], \"n\": -2.5e1}\r\n"
                    + "\n   \n"
                    + "{\"n\": 3, \"ids\": [], \"clean\": \"\"}")
            .good();
    assertEquals(List.of("clean", "ids", "n"), data.columns());
    assertEquals(List.of(" The \uD83D\uDE00 e\u0301\n", ""), texts(data, "clean"));
    assertArrayEquals(
        new int[] {1, 2}, ((Datum.Tokens) data.examples().get(0).columns().get("ids")).ids());
    assertEquals(-25, ((Datum.Number) data.examples().get(0).columns().get("n")).value());
    assertEquals(folder.resolve("a.jsonl").toString(), data.examples().get(1).place().file());
    assertEquals(4, data.examples().get(1).place().span().line());
  }

  @Test
  void mistakesInJsonLines() throws IOException {
    Reading.Outcome outcome =
        read(
            "a.jsonl",
            String.join(
                "\n",
                "{\"a\": \"\uD83D\uDE00\", \"a\": \"y\"}",
                "[{\"a\": \"x\"}]",
                "{\"a\": null}",
                "{\"a\": {\"b\": 1}}",
                "{\"a\": [1, 2.5]}",
                "{\"a\": [1, 99999999999]}",
                "{\"a\": \"x\"} {\"a\": \"y\"}",
                "{\"a\": \"x\", }",
                "{\"a\": \"x",
                "{'a': \"x\"}",
                "true",
                "{\"a\": [1, [2]]}",
                "{\"a\": NaN}"));
    assertEquals(
        List.of(
            "1:17 data.duplicate-column",
            "2:1 data.json",
            "3:7 data.json",
            "4:7 data.json",
            "5:11 data.json",
            "6:11 data.json",
            "7:12 data.json",
            "8:12 data.json",
            "9:9 data.json",
            "10:2 data.json",
            "11:1 data.json",
            "12:11 data.json",
            "13:10 data.json"),
        places(outcome));
    assertTrue(
        outcome.reading().problems.stream()
            .allMatch(p -> !p.help().isEmpty() && !p.message().contains("\n")));
  }

  @Test
  void rowsOfFilesHaveTheSameColumnsAndKinds() throws IOException {
    assertEquals(
        List.of("2:1 data.missing-column", "3:7 data.mixed-column", "4:7 data.token-range"),
        places(
            read(
                "a.jsonl",
                "{\"a\": [1], \"b\": \"x\"}\n{\"a\": [1]}\n{\"a\": \"x\", \"b\": \"x\"}\n"
                    + "{\"a\": [99999], \"b\": \"x\"}")));
    assertEquals(List.of("spec data.no-rows"), places(read("a.jsonl", "\n\n")));
    assertEquals(List.of("1:1 data.no-columns"), places(read("a.jsonl", "{}")));
    assertEquals(List.of("1:7 data.number"), places(read("a.jsonl", "{\"a\": 1e999}")));
    assertEquals(List.of("1:7 data.text"), places(read("a.jsonl", "{\"a\": \"\\ud83d\"}")));
    assertEquals(List.of("1:7 data.text"), places(read("a.jsonl", "{\"a\": \"\\u0000\"}")));
  }

  @Test
  void laterProblemsPointIntoTheFile() throws IOException {
    Reading.Outcome outcome = read("a.jsonl", "{\"a\": \"x\"}\n{\"a\": \"xyz\"}\n");
    outcome.reading().token(outcome.good().examples().get(1).columns().get("a"));
    assertEquals(List.of("2:7 token.not-single"), places(outcome));
    assertEquals(
        folder.resolve("a.jsonl").toString(), outcome.reading().problems.get(0).place().file());
  }

  @Test
  void csv() throws IOException {
    Dataset data =
        read(
                "a.CSV",
                "clean,answer\r\n The tower , Paris\r\n\"a,b\",\"say \"\"hi\"\"\"\r\n\r\n\"two\nlines\",5\n\"\",\n")
            .good();
    assertEquals(List.of("clean", "answer"), data.columns());
    assertEquals(List.of(" The tower ", "a,b", "two\nlines", ""), texts(data, "clean"));
    assertEquals(List.of(" Paris", "say \"hi\"", "5", ""), texts(data, "answer"));
    assertEquals(
        List.of(2, 3, 5, 7), data.examples().stream().map(e -> e.place().span().line()).toList());
  }

  @Test
  void emptyCellsOfOneColumn() throws IOException {
    assertEquals(List.of("x", ""), texts(read("a.csv", "a\nx\n\n\"\"\n\n").good(), "a"));
  }

  @Test
  void mistakesInCsv() throws IOException {
    Reading.Outcome outcome = read("a.csv", "a,b\n1\n1,2\n1,2,3\n1, \"x\"\n\"open,2\n3,4\n");
    assertEquals(
        List.of("2:1 data.csv-cells", "4:1 data.csv-cells", "5:3 data.csv", "6:1 data.csv"),
        places(outcome));
    assertEquals(List.of("2:1 data.csv"), places(read("a.csv", "a,b\n\"x\"y,2\n")));
    assertEquals(
        List.of("1:3 data.csv-header", "1:4 data.duplicate-column"),
        places(read("a.csv", "a,,a\n1,2,3\n")));
    assertEquals(List.of("spec data.no-rows"), places(read("a.csv", "a,b\n")));
    assertEquals(List.of("spec data.no-rows"), places(read("a.csv", "")));
  }

  @Test
  void filesThatCannotBeHad() throws IOException {
    Files.createDirectory(folder.resolve("dir.jsonl"));
    assertEquals(List.of("spec data.file-missing"), places(read("file \"no.jsonl\"")));
    assertEquals(List.of("spec data.file-unreadable"), places(read("file \"dir.jsonl\"")));
    assertEquals(List.of("spec data.file-format"), places(read("file \"rows.parquet\"")));
    assertEquals(List.of("spec data.file-format"), places(read("file \"\"")));
    try (RandomAccessFile large = new RandomAccessFile(folder.resolve("l.jsonl").toFile(), "rw")) {
      large.setLength(1L << 30);
    }
    Reading.Outcome outcome = read("file \"l.jsonl\"");
    assertEquals(List.of("spec data.file-too-large"), places(outcome));
    assertTrue(outcome.message().contains("1,073,741,824 bytes"), outcome.message());
  }

  @Test
  void textsThatAreNoText() throws IOException {
    byte[] latin = "{\"a\": \"x\"}\n{\"a\": \"\u00E9\"}\n".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(List.of("2:8 source.encoding"), places(read("a.jsonl", latin)));
    assertEquals(List.of("2:8 source.encoding"), places(read("a.csv", latin)));
    assertEquals(List.of("2:3 data.text"), places(read("a.csv", "a\nxy\0z\n")));
    assertEquals(List.of("\uFFFD"), texts(read("a.jsonl", "{\"a\": \"\uFFFD\"}").good(), "a"));
    assertEquals(
        List.of("2:1 data.line-too-long"),
        places(read("a.jsonl", "{\"a\": \"x\"}\n{\"a\": \"" + "x".repeat(1 << 24) + "\"}\n")));
  }

  @Test
  void digestPinsTheFile() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "a\nx\n");
    // sha256sum of these four bytes
    String digest = "7a0e624fe91589d1deb4c2eb4dd23be329140728ca8c8571bcdc13124cf0f5a2";
    assertTrue(read("file \"a.csv\" digest \"sha256:" + digest + "\"").data().isPresent());
    Reading.Outcome wrong = read("file \"a.csv\" digest \"sha256:" + "0".repeat(64) + "\"");
    assertEquals(List.of("spec data.digest"), places(wrong));
    assertTrue(wrong.reading().problems.get(0).help().get(0).contains(digest));
    Reading.Outcome malformed = read("file \"a.csv\" digest \"md5:1234\"");
    assertEquals(List.of("spec data.digest-format"), places(malformed));
  }
}
