package org.intervene.primer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a vocabulary as {@code tokenizer.json} and {@code tokenizer_config.json}. */
final class TokenizerFiles {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private TokenizerFiles() {}

  static void write(Vocabulary vocabulary, Path directory) throws IOException {
    Files.write(directory.resolve("tokenizer.json"), JSON.writeValueAsBytes(tokenizer(vocabulary)));
    ObjectNode config = JSON.createObjectNode();
    config.put("tokenizer_class", "PreTrainedTokenizerFast");
    config.put("model_max_length", Gpt2Config.POSITIONS);
    config.put("add_prefix_space", false);
    config.put("clean_up_tokenization_spaces", false);
    config.put("eos_token", Vocabulary.END);
    Files.write(directory.resolve("tokenizer_config.json"), JSON.writeValueAsBytes(config));
  }

  private static ObjectNode tokenizer(Vocabulary vocabulary) {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    ObjectNode end = root.putArray("added_tokens").addObject();
    end.put("id", vocabulary.end());
    end.put("content", Vocabulary.END);
    for (String flag : new String[] {"single_word", "lstrip", "rstrip", "normalized"}) {
      end.put(flag, false);
    }
    end.put("special", true);
    root.putNull("normalizer");
    byteLevel(root.putObject("pre_tokenizer"));
    root.putNull("post_processor");
    byteLevel(root.putObject("decoder"));
    ObjectNode model = root.putObject("model");
    model.put("type", "BPE");
    model.putNull("dropout");
    model.putNull("unk_token");
    model.putNull("continuing_subword_prefix");
    model.putNull("end_of_word_suffix");
    model.put("fuse_unk", false);
    model.put("byte_fallback", false);
    // a word that is a token is that token, whatever the merges would make of it
    model.put("ignore_merges", true);
    ObjectNode ids = model.putObject("vocab");
    vocabulary.ids().forEach(ids::put);
    var merges = model.putArray("merges");
    for (String[] pair : vocabulary.merges()) {
      merges.addArray().add(pair[0]).add(pair[1]);
    }
    return root;
  }

  private static void byteLevel(ObjectNode node) {
    node.put("type", "ByteLevel");
    node.put("add_prefix_space", false);
    node.put("trim_offsets", true);
    node.put("use_regex", true);
  }
}
