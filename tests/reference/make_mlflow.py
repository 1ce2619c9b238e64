"""Writes runtime/engine/src/test/resources/mlflow: what a real MLflow server answered to a run, and MLflow's own file store.

Needs mlflow, and the Java classes: mvn -pl runtime/engine -am test-compile. SampleRun tracks the same run at a server
(through a proxy that writes down every request and answer) and in a directory; both are read back with MLflow's client.
"""

import json
import math
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
os.environ["MLFLOW_DISABLE_TELEMETRY"] = os.environ["DO_NOT_TRACK"] = "true"

from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "runtime/engine/src/test/resources/mlflow"
EXPERIMENT = 'subject tracing: "é"'
START, END = 1_700_000_000_123, 1_700_000_004_623


def sample(*places):
    """What the Java side says after tracking its run in these places."""
    jars = Path.home() / ".m2/repository"
    path = [str(ROOT / d) for d in ("grammar/target/classes", "runtime/engine/target/classes", "runtime/engine/target/test-classes")]
    path += [str(j) for p in ("com/fasterxml/jackson/core", "org/yaml/snakeyaml") for j in jars.glob(p + "/**/*.jar")]
    command = ["java", "-cp", ":".join(path), "org.intervene.track.SampleRun", *places]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


class Server:
    """A real server, and a proxy in front of it that keeps what is said."""

    def __init__(self, folder, *options):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.said = []
        store = ["--backend-store-uri", f"sqlite:///{folder}/store.db", "--workers", "1"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(self.port), *store, *options],
            cwd=folder, stdout=open(f"{folder}/log", "w"), stderr=subprocess.STDOUT, start_new_session=True,
        )
        self.wait(f"{folder}/log")
        self.proxy = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        threading.Thread(target=self.proxy.serve_forever, daemon=True).start()
        self.recorded = f"http://127.0.0.1:{self.proxy.server_port}"

    def wait(self, log):
        for _ in range(600):
            try:
                return urllib.request.urlopen(self.address + "/health", timeout=1).read()
            except OSError:
                assert self.process.poll() is None, Path(log).read_text()
                time.sleep(0.5)
        raise TimeoutError(Path(log).read_text())

    def handler(server):
        class Handler(BaseHTTPRequestHandler):
            def relay(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                request = urllib.request.Request(server.address + self.path, body or None, method=self.command)
                request.add_header("Content-Type", self.headers.get("Content-Type", ""))
                try:
                    answer = urllib.request.urlopen(request)
                except urllib.error.HTTPError as e:
                    answer = e
                content = answer.read()
                server.said.append(
                    dict(method=self.command, target=self.path, body=body.decode(), status=answer.status, answer=content.decode())
                )
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.headers["Content-Type"])
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = relay

            def log_message(self, *args):
                pass

        return Handler

    def take(self):
        said, self.said = self.said, []
        return said

    def stop(self):
        self.proxy.shutdown()
        os.killpg(self.process.pid, 15)
        self.process.wait()


def parameters():
    more = {f"param.p{i:02}": str(i) for i in range(100)}
    return {"model": "builtin:primer", "param.city": ' Zürich: "quoted", 東京\nand a line', "param.empty": "", **more}


METRICS = {
    "patched/restored": [(0, -0.1)],
    "patched/restored.low": [(0, 1e-7)],
    "patched/restored.high": [(0, 1e300)],
    "clean/nan": [(0, math.nan)],
    "clean/up": [(0, math.inf)],
    "clean/down": [(0, -math.inf)],
    "patched/restored.by_layer": [(s, s / 4) for s in range(-1, 3)],
}
TAGS = {
    "mlflow.user": "somebody",
    "mlflow.source.type": "LOCAL",
    "mlflow.note.content": "Which positions carry the subject?\nÉ",
    "intervene.digest.spec": "sha256:11",
    "intervene.digest.data/facts": "sha256:22",
}
FILES = ["a spec + é.ivn", "result.json"]


def check(client, experiment, run_id, infinity=math.inf):
    """MLflow's client sees what was sent."""
    run = client.get_run(run_id)
    assert (run.info.experiment_id, run.info.run_name) == (experiment, "subject tracing 01234567"), run.info
    assert (run.info.status, run.info.start_time, run.info.end_time) == ("FINISHED", START, END), run.info
    assert run.data.params == parameters(), run.data.params
    assert TAGS.items() <= run.data.tags.items(), run.data.tags
    assert set(run.data.metrics) == set(METRICS), run.data.metrics
    for key, points in METRICS.items():
        seen = sorted((m.step, m.value) for m in client.get_metric_history(run_id, key))
        points = [(s, math.copysign(infinity, v) if math.isinf(v) else v) for s, v in points]
        assert seen == points or (key == "clean/nan" and math.isnan(seen[0][1])), (key, seen)
    assert [f.path for f in client.list_artifacts(run_id)] == FILES
    with tempfile.TemporaryDirectory() as folder:
        for name in FILES:
            assert Path(client.download_artifacts(run_id, name, folder)).read_text() == f"content of {name}\n"


def at_a_server(folder):
    Path(folder).mkdir()
    server = Server(folder, "--serve-artifacts", "--artifacts-destination", f"{folder}/files")
    try:
        client = MlflowClient(server.address)
        seen = sample(server.recorded, server.recorded)
        recording = dict(tracked=server.take())
        for line in seen:
            *_, experiment, _, run_id = line.split("/")
            check(client, experiment, run_id, 1.7976931348623157e308)  # what a database makes of infinity
        client.delete_experiment(experiment)
        (line,) = sample(server.recorded)
        assert "is deleted" in line, line
        recording["deleted"] = server.take()
    finally:
        server.stop()
    return recording


def without_files(folder):
    Path(folder).mkdir()
    server = Server(folder, "--no-serve-artifacts", "--default-artifact-root", "/srv/mlflow")
    try:
        (line,) = sample(server.recorded)
        assert "--serve-artifacts" in line, line
        (run,) = MlflowClient(server.address).search_runs([MlflowClient(server.address).get_experiment_by_name(EXPERIMENT).experiment_id])
        assert run.info.status == "FINISHED" and run.data.params == parameters()
        return server.take()
    finally:
        server.stop()


def in_a_directory(folder):
    """The Java side's directory as MLflow reads it, then MLflow's own as a list of files."""
    ours = MlflowClient(Path(folder, "ours").as_uri())
    for line in sample(f"{folder}/ours", f"{folder}/ours"):
        check(ours, *Path(line).parts[-2:])
    assert len(ours.search_runs([ours.get_experiment_by_name(EXPERIMENT).experiment_id])) == 2

    theirs = MlflowClient(Path(folder, "theirs").as_uri())
    experiment = theirs.create_experiment(EXPERIMENT)
    run = theirs.create_run(experiment, START, TAGS, "subject tracing 01234567").info.run_id
    theirs.log_batch(run, params=[Param(k, v) for k, v in parameters().items()])
    theirs.log_batch(run, metrics=[Metric(k, v, END, s) for k, points in METRICS.items() for s, v in points])
    for name in FILES:
        source = Path(folder, name)
        source.write_text(f"content of {name}\n")
        theirs.log_artifact(run, str(source))
    theirs.set_terminated(run, end_time=END)
    for line in sample(f"{folder}/theirs"):  # beside theirs, in the experiment that they made
        check(theirs, experiment, Path(line).name)
    top = Path(folder, "theirs", experiment)
    files = [top / "meta.yaml", *sorted(f for f in (top / run).rglob("*") if f.is_file())]
    shown = lambda text: str(text).replace(run, "RUN").replace(experiment, "EXPERIMENT").replace(f"{folder}/theirs", "/ROOT")
    return {shown(f.relative_to(top.parent)): shown(f.read_text()) for f in files}


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        store = in_a_directory(folder)
        server = at_a_server(f"{folder}/a")
        server["without_files"] = without_files(f"{folder}/b")
    made = {"made_with": {"mlflow": version("mlflow")}}
    for name, content in dict(server=server, directory=store).items():
        (OUT / f"{name}.json").write_text(json.dumps({**made, name: content}, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
