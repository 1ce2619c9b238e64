package org.intervene.model.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intervene.diagnostic.Diagnostic;
import org.intervene.model.JsonFault;

/**
 * The header of one safetensors file: eight bytes of length, little-endian, then a JSON object from
 * tensor names to dtype, shape and offsets, then the data that the offsets count from. Everything
 * that it claims is checked against the file, so that later reads cannot leave it.
 *
 * @param tensors in the order of their data
 * @param metadata strings under {@code __metadata__}
 */
public record SafetensorsHeader(List<TensorEntry> tensors, Map<String, String> metadata) {
  /** The format's own limit on the header. */
  private static final long MOST_HEADER_BYTES = 100_000_000;

  private static final String AGAIN = "download or save the file again";

  private static final JsonFactory JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build()
          .getFactory();

  public SafetensorsHeader {
    tensors = List.copyOf(tensors);
    metadata = Map.copyOf(metadata);
  }

  /**
   * Reads and checks a header.
   *
   * @param problems receives everything that is wrong
   * @return what could be read; only to be used if no problem was found
   */
  public static SafetensorsHeader read(Path file, List<Diagnostic> problems) {
    return new Reading(file, problems).read();
  }

  /** One pass over one file. */
  private static final class Reading {
    private final Path file;
    private final List<Diagnostic> problems;
    private final List<TensorEntry> tensors = new ArrayList<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private long dataStart;
    private long fileBytes;
    private final List<String> beyond = new ArrayList<>();
    private long needed;

    Reading(Path file, List<Diagnostic> problems) {
      this.file = file;
      this.problems = problems;
    }

    SafetensorsHeader read() {
      int before = problems.size();
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        fileBytes = channel.size();
        byte[] header = header(channel);
        if (header != null) {
          parse(header);
          checkEnd();
          // one without elements comes before the one that begins at the same byte
          tensors.sort(
              Comparator.comparingLong(TensorEntry::offset).thenComparing(TensorEntry::bytes));
          if (problems.size() == before) {
            checkCoverage();
          }
        }
      } catch (IOException e) {
        problem(
            "weights.unreadable",
            "the file cannot be read: " + e.getMessage(),
            "check its permissions");
      }
      return new SafetensorsHeader(tensors, metadata);
    }

    private byte[] header(FileChannel channel) throws IOException {
      if (fileBytes < 8) {
        problem(
            "weights.truncated",
            "the file has " + fileBytes + " bytes, too few for a safetensors header",
            AGAIN);
        return null;
      }
      ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      readFully(channel, length, 0);
      long bytes = length.flip().getLong();
      if (bytes < 2 || bytes > MOST_HEADER_BYTES) {
        problem(
            "weights.not-safetensors",
            "the file starts with a header length of "
                + Long.toUnsignedString(bytes)
                + " bytes, so it is not in the safetensors format",
            "save the model with `save_pretrained(..., safe_serialization=True)`");
        return null;
      }
      if (8 + bytes > fileBytes) {
        problem(
            "weights.truncated",
            "the header should have " + bytes + " bytes but the file ends after " + (fileBytes - 8),
            AGAIN);
        return null;
      }
      dataStart = 8 + bytes;
      ByteBuffer header = ByteBuffer.allocate(Math.toIntExact(bytes));
      readFully(channel, header, 8);
      return header.array();
    }

    private static void readFully(FileChannel channel, ByteBuffer into, long from)
        throws IOException {
      long at = from;
      while (into.hasRemaining()) {
        int got = channel.read(into, at);
        if (got < 0) {
          throw new IOException("it ended at byte " + at);
        }
        at += got;
      }
    }

    private void parse(byte[] header) throws IOException {
      Set<String> names = new HashSet<>();
      try (JsonParser parser = JSON.createParser(header)) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          malformed("the header is not a JSON object");
          return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          JsonNode value = parser.readValueAsTree();
          if (!names.add(name)) {
            problem(
                "weights.duplicate-name", "the header names tensor `" + name + "` twice", AGAIN);
          } else if (name.equals("__metadata__")) {
            value.fields().forEachRemaining(e -> metadata.put(e.getKey(), e.getValue().asText()));
          } else {
            TensorEntry entry = entry(name, value);
            if (entry != null) {
              tensors.add(entry);
            }
          }
        }
        if (parser.nextToken() != null) {
          malformed("the header goes on after its JSON object");
        }
      } catch (JsonProcessingException e) {
        malformed("the header is not JSON: " + JsonFault.said(e));
      }
    }

    private TensorEntry entry(String name, JsonNode value) {
      JsonNode dtype = value.path("dtype");
      JsonNode shape = value.path("shape");
      JsonNode offsets = value.path("data_offsets");
      if (!dtype.isTextual()
          || !shape.isArray()
          || !isCounts(shape)
          || offsets.size() != 2
          || !isCounts(offsets)) {
        malformed(
            "tensor `" + name + "` lacks a dtype, a shape or two offsets in the header: " + value);
        return null;
      }
      int bits = bits(dtype.textValue());
      if (bits == 0) {
        problem(
            "weights.unknown-dtype",
            "tensor `" + name + "` has dtype " + dtype + ", which is not known",
            "save the model as float32, float16, bfloat16 or float64");
        return null;
      }
      long first = offsets.get(0).longValue();
      long end = offsets.get(1).longValue();
      long[] lengths = new long[shape.size()];
      for (int i = 0; i < lengths.length; i++) {
        lengths[i] = shape.get(i).longValue();
      }
      if (end < first) {
        problem(
            "weights.out-of-range",
            "tensor `" + name + "` should begin at byte " + first + " and end at byte " + end,
            AGAIN);
        return null;
      }
      if (end > fileBytes - dataStart) {
        beyond.add(name);
        needed = Math.max(needed, end);
        return null;
      }
      long wanted = bytes(lengths, bits);
      if (wanted != end - first) {
        problem(
            "weights.size-mismatch",
            "tensor `"
                + name
                + "` of shape "
                + shape
                + " and dtype "
                + dtype.textValue()
                + " needs "
                + (wanted < 0 ? "more than 2^63" : wanted)
                + " bytes, but its offsets span "
                + (end - first),
            AGAIN);
        return null;
      }
      return new TensorEntry(name, file, dtype.textValue(), lengths, dataStart + first, wanted);
    }

    private static boolean isCounts(JsonNode list) {
      for (JsonNode each : list) {
        if (!each.isIntegralNumber() || !each.canConvertToLong() || each.longValue() < 0) {
          return false;
        }
      }
      return true;
    }

    /** Bytes that a tensor needs; -1 on overflow or a fraction of a byte. */
    private static long bytes(long[] shape, int bits) {
      try {
        long total = bits;
        for (long length : shape) {
          total = Math.multiplyExact(total, length);
        }
        return total % 8 == 0 ? total / 8 : -1;
      } catch (ArithmeticException e) {
        return -1;
      }
    }

    /** One problem however many tensors a file has lost. */
    private void checkEnd() {
      if (!beyond.isEmpty()) {
        problem(
            "weights.truncated",
            "the data should have at least "
                + needed
                + " bytes but the file ends after "
                + (fileBytes - dataStart)
                + ", within or before "
                + (beyond.size() == 1
                    ? "tensor `" + beyond.get(0) + "`"
                    : beyond.size() + " tensors, such as `" + beyond.get(0) + "`"),
            AGAIN);
      }
    }

    /** Every byte of the data belongs to exactly one tensor; says where that fails first. */
    private void checkCoverage() {
      long end = dataStart;
      String before = "the header";
      for (TensorEntry tensor : tensors) {
        if (tensor.offset() < end) {
          problem(
              "weights.overlap",
              "tensor `"
                  + tensor.name()
                  + "` overlaps "
                  + before
                  + " by "
                  + (end - tensor.offset())
                  + " bytes",
              AGAIN);
          return;
        } else if (tensor.offset() > end) {
          problem(
              "weights.gap",
              (tensor.offset() - end)
                  + " bytes between "
                  + before
                  + " and tensor `"
                  + tensor.name()
                  + "` belong to no tensor",
              AGAIN);
          return;
        }
        end = Math.max(end, tensor.offset() + tensor.bytes());
        before = "tensor `" + tensor.name() + "`";
      }
      if (end < fileBytes) {
        problem(
            "weights.gap",
            (fileBytes - end) + " bytes after " + before + " belong to no tensor",
            AGAIN);
      }
    }

    private static int bits(String dtype) {
      return switch (dtype) {
        case "F4" -> 4;
        case "BOOL", "U8", "I8", "F8_E5M2", "F8_E4M3", "F8_E8M0" -> 8;
        case "I16", "U16", "F16", "BF16" -> 16;
        case "I32", "U32", "F32" -> 32;
        case "I64", "U64", "F64", "C64" -> 64;
        default -> 0;
      };
    }

    private void malformed(String message) {
      problem("weights.malformed-header", message, AGAIN);
    }

    private void problem(String id, String message, String help) {
      problems.add(Diagnostic.inFile(id, file.toString(), message, help));
    }
  }
}
