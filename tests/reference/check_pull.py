"""Python's hub library and `intervene pull` share one cache: each finds what the other one downloaded.

    OMP_NUM_THREADS=1 venv/bin/python check_pull.py MODEL_DIRECTORY

Serves the directory as `org/model` of a hub on this machine, in the way of huggingface.co (digests of large files are
SHA-256, of small ones git's SHA-1), and starts `intervene` from this checkout.
"""

import hashlib
import http.server
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading

COMMIT = "89abcdef0123456789abcdef0123456789abcdef"
ROOT = pathlib.Path(__file__).resolve().parents[2]
WANTED = ["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"]


class Hub(http.server.BaseHTTPRequestHandler):
    """What huggingface.co answers, as far as downloads need it."""

    protocol_version = "HTTP/1.1"
    folder: pathlib.Path
    sent = 0

    def digest(self, name):
        content = (self.folder / name).read_bytes()
        if name.endswith(".safetensors"):
            return hashlib.sha256(content).hexdigest()
        return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()

    def sibling(self, name):
        size = (self.folder / name).stat().st_size
        digest = self.digest(name)
        found = {"rfilename": name, "size": size, "blobId": digest[:40]}
        if len(digest) == 64:
            found["lfs"] = {"sha256": digest, "size": size, "pointerSize": 134}
        return found

    def do_HEAD(self):
        self.answer(body=False)

    def do_GET(self):
        self.answer(body=True)

    def answer(self, body):
        path = self.path.split("?")[0]
        if path.startswith("/api/models/org/model"):
            files = [self.sibling(name) for name in WANTED if (self.folder / name).exists()]
            content = json.dumps({"id": "org/model", "sha": COMMIT, "siblings": files, "private": False}).encode()
            headers = {"Content-Type": "application/json"}
        elif "/resolve/" in path and (self.folder / path.rsplit("/", 1)[1]).exists():
            name = path.rsplit("/", 1)[1]
            content = (self.folder / name).read_bytes()
            headers = {"X-Repo-Commit": COMMIT, "ETag": f'"{self.digest(name)}"'}
            Hub.sent += len(content) if body else 0
        else:
            self.send_response(404)
            self.send_header("X-Error-Code", "EntryNotFound")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if body:
            self.wfile.write(content)

    def log_message(self, *_):
        pass


def pulled(home):
    command = [ROOT / "intervene", "pull", "hf:org/model@main", "--json"]
    done = subprocess.run(command, env={**os.environ, "HF_HOME": str(home)}, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def in_python(home, code):
    """What a fresh Python prints, since the library reads its environment once."""
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env={**os.environ, "HF_HOME": str(home)}, stdout=subprocess.PIPE, check=True)
    return done.stdout.decode().strip()


def tree(home):
    """Links, references and blobs below a cache, without what either program keeps for itself."""
    folder = home / "hub" / "models--org--model"
    return sorted(
        f"{path.relative_to(folder)} -> {os.readlink(path) if path.is_symlink() else path.stat().st_size}"
        for part in ("blobs", "refs", "snapshots")
        for path in (folder / part).rglob("*")
        if path.is_symlink() or path.is_file()
    )


def main(directory):
    Hub.folder = pathlib.Path(directory)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ["HF_ENDPOINT"] = f"http://127.0.0.1:{server.server_port}"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    size = sum((Hub.folder / name).stat().st_size for name in WANTED if (Hub.folder / name).exists())
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        ours, theirs = pathlib.Path(one), pathlib.Path(two)
        found = pulled(ours)
        assert found["downloaded"] == size and Hub.sent == size, (found, Hub.sent, size)

        offline = in_python(
            ours,
            "from huggingface_hub import snapshot_download, scan_cache_dir\n"
            "print(snapshot_download('org/model', local_files_only=True))\n"
            "for repo in scan_cache_dir().repos: print(repo.repo_id, len(scan_cache_dir().warnings), repo.size_on_disk)",
        ).splitlines()
        assert offline == [found["directory"], f"org/model 0 {size}"], offline
        model = in_python(
            ours,
            "import transformers as t; m = t.AutoModelForCausalLM.from_pretrained('org/model', local_files_only=True);"
            "print(len(t.AutoTokenizer.from_pretrained('org/model', local_files_only=True)), m.num_parameters())",
        )
        print("transformers loads it: tokens, parameters", model)

        before = Hub.sent
        download = (
            f"from huggingface_hub import hf_hub_download; print({{hf_hub_download('org/model', n)[: -len(n) - 1]"
            f" for n in {WANTED}}})"
        )
        assert in_python(ours, download) == str({found["directory"]})
        assert Hub.sent == before, "Python fetched again what was here"
        in_python(theirs, download)
        before = Hub.sent
        assert pulled(theirs)["downloaded"] == 0 and Hub.sent == before, "pull fetched again what was here"
        assert tree(ours) == tree(theirs), (tree(ours), tree(theirs))
        print(*tree(ours), sep="\n")
    import huggingface_hub
    import transformers

    print(f"one cache: huggingface_hub {huggingface_hub.__version__}, transformers {transformers.__version__}")


if __name__ == "__main__":
    main(sys.argv[1])
