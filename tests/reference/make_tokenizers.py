"""Writes small tokenizers and what the `tokenizers` library makes of awkward texts.

    python make_tokenizers.py ../../runtime/engine/src/test/resources/tokenizers

Each case is a folder with tokenizer.json, the files beside it, and expected.json:
{"whole": [{text, ids, starts, ends}], "continuing": [{text, ids}]}. Offsets count code points, as the library gives
them, without special tokens around the text; `continuing` is the same tokenizer with no space added in front.
Training is not reproducible, so a tokenizer that is there is kept and only what is expected of it is written anew.
"""
import io
import json
import pathlib
import sys
import tempfile

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

CORPUS = """The Eiffel Tower is in Paris. The Colosseum is in Rome. The capital of France is Paris.
When Mary and John went to the shop, John gave a drink to Mary. Le café était déjà fermé, naïve façade.
Einstein's theories; don't, can't, won't! 1234 567, 3.14. 東京は日本の首都です。 東京 日本 首都。
Straße, Ångström, señor. Привет мир. مرحبا بالعالم. fold  double   triple spaces.""".split("\n") * 20

TEXTS = [
    "", " ", "   ", "a", "The Eiffel Tower is in", "The Colosseum is in", " Paris", "Paris", "Paris ", "  two spaces  between ",
    "caf\u00e9", "cafe\u0301", "na\u00efve fa\u00e7ade \u00c5ngstr\u00f6m Stra\u00dfe", "\U0001f600", "in \U0001f600 Paris",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 family", "\U0001f1eb\U0001f1f7 flag", "\u6771\u4eac\u306f\u65e5\u672c",
    "\u6771\u4eac Paris \u65e5\u672c\u3002", "\u041f\u0440\u0438\u0432\u0435\u0442 \u043c\u0438\u0440", "tab\there\nline\r\nend",
    "\u0645\u0631\u062d\u0628\u0627", "a\u0000b", "\ufeffbom", "x\u00a0y", "\u1e9b\u0323", "\ufb01ne", "\uac00\u1100\u1161", "don't CAN'T 3.14 1234567",
    "<|endoftext|>", "in <|endoftext|> Paris", "<s> in </s>", "[CLS] Paris [MASK] Rome[SEP]", "\U00010348\U0001f3f4 \U0001d54f", "e\u0301\u0301\u0302 z",
    "\u2581already\u2581marked", "##ing <0xE2>",
]
CONTINUING = [" Paris", "Paris", " Rome", " Mary", "", " ", "  ", " caf\u00e9", "\u00e9", " \U0001f600", "ing", " the", "."]


def trained(model, trainer, **parts):
    tokenizer = Tokenizer(model)
    for name, part in parts.items():
        setattr(tokenizer, name, part)
    tokenizer.train_from_iterator(CORPUS, trainer)
    return tokenizer


def byte_level(add_prefix_space=False):
    return trained(
        models.BPE(),
        trainers.BpeTrainer(vocab_size=420, show_progress=False, special_tokens=["<|endoftext|>"],
                            initial_alphabet=pre_tokenizers.ByteLevel.alphabet()),
        pre_tokenizer=pre_tokenizers.ByteLevel(add_prefix_space=add_prefix_space),
        decoder=decoders.ByteLevel(),
        post_processor=processors.ByteLevel(trim_offsets=False))


def gpt2():
    return byte_level(), {"config.json": {"model_type": "gpt2", "bos_token_id": 0}}


def llama3():
    """Byte-level with a regular expression, NFC, and a template that begins with BOS; truncates and pads."""
    tokenizer = trained(
        models.BPE(ignore_merges=True),
        trainers.BpeTrainer(vocab_size=400, show_progress=False, special_tokens=["<|begin|>", "<|endoftext|>"],
                            initial_alphabet=pre_tokenizers.ByteLevel.alphabet()),
        normalizer=normalizers.NFC(),
        pre_tokenizer=pre_tokenizers.Sequence([
            pre_tokenizers.Split(Regex(r"'(?:s|t|re)| ?\p{L}+| ?\p{N}{1,3}| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]),
        decoder=decoders.ByteLevel(),
        post_processor=processors.Sequence([
            processors.ByteLevel(trim_offsets=True),
            processors.TemplateProcessing(single="<|begin|> $A", special_tokens=[("<|begin|>", 0)])]))
    tokenizer.enable_truncation(3)
    tokenizer.enable_padding(length=12, pad_id=1, pad_token="<|endoftext|>")
    return tokenizer, {"tokenizer_config.json": {"bos_token": {"content": "<|begin|>"}}}


def roberta():
    tokenizer = byte_level()
    tokenizer.add_special_tokens(["<s>", "</s>", AddedToken("<mask>", lstrip=True, special=True)])
    ids = {t: tokenizer.token_to_id(t) for t in ("<s>", "</s>")}
    tokenizer.post_processor = processors.RobertaProcessing(
        ("</s>", ids["</s>"]), ("<s>", ids["<s>"]), trim_offsets=True, add_prefix_space=False)
    return tokenizer, {"special_tokens_map.json": {"bos_token": "<s>", "cls_token": "<s>", "sep_token": "</s>"}}


def bert():
    tokenizer = trained(
        models.WordPiece(unk_token="[UNK]"),
        trainers.WordPieceTrainer(vocab_size=220, show_progress=False, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]),
        normalizer=normalizers.BertNormalizer(lowercase=True), pre_tokenizer=pre_tokenizers.BertPreTokenizer(),
        decoder=decoders.WordPiece())
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    return tokenizer, {"tokenizer_config.json": {"cls_token": "[CLS]", "sep_token": "[SEP]"}}


def unigram():
    """SentencePiece-like, marks spaces with U+2581 and one in front; BOS and EOS in the template."""
    tokenizer = trained(
        models.Unigram(),
        trainers.UnigramTrainer(vocab_size=240, show_progress=False, unk_token="<unk>", special_tokens=["<unk>", "<s>", "</s>"]),
        normalizer=normalizers.Sequence([normalizers.NFKC()]),
        pre_tokenizer=pre_tokenizers.Metaspace(prepend_scheme="always"), decoder=decoders.Metaspace(prepend_scheme="always"))
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 1), ("</s>", 2)])
    return tokenizer, {"tokenizer_config.json": {"bos_token": "<s>", "eos_token": "</s>", "add_bos_token": True}}


def charsmap():
    """A table of replacements by sentencepiece itself: ligatures, wide letters, a decomposed accent, half-width kana."""
    import sentencepiece
    rules = {"\ufb01": "fi", "\uff21": "A", "e\u0301": "\u00e9", "\u2460": "1", "\u1e9b\u0323": "\u1e69", "\ufdfa": "salla", "\u00a0": " ",
             "\ufeff": "", "\U0001d54f": "X", "\uff76\uff9e": "\u30ac"}
    lines = ["\t".join(" ".join(f"{ord(c):X}" for c in side) for side in rule) for rule in sorted(rules.items())]
    with tempfile.TemporaryDirectory() as folder:
        table = pathlib.Path(folder) / "rules.tsv"
        table.write_text("\n".join(lines) + "\n")
        model = io.BytesIO()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(CORPUS), model_writer=model, vocab_size=150, normalization_rule_tsv=str(table),
            hard_vocab_limit=False, minloglevel=2, num_threads=1)
    return model_proto(model.getvalue()).normalizer_spec.precompiled_charsmap


def model_proto(data):
    from sentencepiece import sentencepiece_model_pb2
    proto = sentencepiece_model_pb2.ModelProto()
    proto.ParseFromString(data)
    return proto


def xglm():
    """Unigram behind a precompiled table; drops spaces before it marks words; EOS in front."""
    tokenizer = trained(
        models.Unigram(),
        trainers.UnigramTrainer(vocab_size=240, show_progress=False, unk_token="<unk>", special_tokens=["<s>", "</s>", "<unk>"]),
        normalizer=normalizers.Sequence([normalizers.Precompiled(charsmap()), normalizers.Replace(Regex(" {2,}"), " ")]),
        pre_tokenizer=pre_tokenizers.Sequence([
            pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(prepend_scheme="always")]),
        decoder=decoders.Metaspace(prepend_scheme="always"),
        post_processor=processors.TemplateProcessing(single="</s> $A", special_tokens=[("</s>", 1)]))
    return tokenizer, {"tokenizer_config.json": {"bos_token": "<s>", "eos_token": "</s>"}}


def llama2():
    """BPE over characters with byte fallback; the normalizer puts U+2581 in front."""
    pieces = ["<unk>", "<s>", "</s>"] + [f"<0x{b:02X}>" for b in range(256)]
    mark = "\u2581"
    words = ["The", "Tower", "is", "in", "Paris", "Rome", "Mary", "the", "a"]
    merges = []
    characters = sorted({c for word in words for c in mark + word} | set("ingE.flCos") | {"\u00e9"})
    vocabulary = {piece: i for i, piece in enumerate(pieces + characters)}
    for word in words:
        left = mark
        for letter in word:
            if (left, letter) not in merges:
                merges.append((left, letter))
            left += letter
            vocabulary.setdefault(left, len(vocabulary))
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges, unk_token="<unk>", byte_fallback=True, fuse_unk=True))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend(mark), normalizers.Replace(" ", mark)])
    tokenizer.decoder = decoders.Sequence([
        decoders.Replace(mark, " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
    tokenizer.add_special_tokens(["<unk>", "<s>", "</s>"])
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 1)])
    return tokenizer, {"tokenizer_config.json": {"bos_token": "<s>", "add_bos_token": True}}


def words():
    """Word level, nothing around; no word for an unknown one."""
    vocabulary = {w: i for i, w in enumerate(["<unk>", "The", "Eiffel", "Tower", "is", "in", "Paris", "Rome", "."])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    return tokenizer, {}


def untrimmed(node):
    if isinstance(node, dict):
        return {k: False if k == "trim_offsets" else untrimmed(v) for k, v in node.items()}
    return [untrimmed(v) for v in node] if isinstance(node, list) else node


def without_prefix(node):
    """What tokensOf does: no space in front, except where spaces are dropped and every word is marked."""
    if "Whitespace" in json.dumps(node):
        return node
    if isinstance(node, list):
        return [without_prefix(v) for v in node if not (isinstance(v, dict) and v.get("type") == "Prepend")]
    if not isinstance(node, dict):
        return node
    changed = {k: without_prefix(v) for k, v in node.items()}
    if changed.get("type") == "Metaspace":
        changed["prepend_scheme"] = "never"
    if changed.get("add_prefix_space") is True:
        changed["add_prefix_space"] = False
    return changed


def expected(tokenizer):
    settings = json.loads(tokenizer.to_str())
    settings["truncation"] = settings["padding"] = None
    settings["post_processor"] = untrimmed(settings["post_processor"])
    whole = Tokenizer.from_str(json.dumps(settings))
    for part in ("normalizer", "pre_tokenizer"):
        settings[part] = without_prefix(settings[part])
    continuing = Tokenizer.from_str(json.dumps(settings))
    rows = []
    for text in TEXTS:
        encoding = whole.encode(text, add_special_tokens=False)
        rows.append({"text": text, "ids": encoding.ids, "starts": [s for s, _ in encoding.offsets],
                     "ends": [e for _, e in encoding.offsets]})
    answers = [{"text": t, "ids": continuing.encode(t, add_special_tokens=False).ids} for t in CONTINUING]
    return {"size": whole.get_vocab_size(), "whole": rows, "continuing": answers}


def main(folder):
    for make in (gpt2, llama3, roberta, bert, unigram, xglm, llama2, words):
        case = pathlib.Path(folder) / make.__name__
        made = case / "tokenizer.json"
        if not made.exists():
            tokenizer, beside = make()
            case.mkdir(parents=True)
            for name, content in {"tokenizer.json": json.loads(tokenizer.to_str()), **beside}.items():
                write(case / name, content)
        write(case / "expected.json", expected(Tokenizer.from_file(str(made))))


def write(file, content):
    file.write_text(json.dumps(content, ensure_ascii=True, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
