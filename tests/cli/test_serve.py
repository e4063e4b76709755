"""tools/serve: what it answers to requests that are not as they should be."""
import pathlib
import re
import socket
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Serve(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        dist = pathlib.Path(cls.folder.name, "dist")
        dist.mkdir()
        pathlib.Path(cls.folder.name, "secret.txt").write_text("secret")
        for name, content in (("index.html", b"<p>page"), ("a.js", b"plain"), ("a.js.br", b"packed"), ("a.js.gz", b"zipped")):
            (dist / name).write_bytes(content)
        (dist / "link.txt").symlink_to("../secret.txt")
        cls.process = subprocess.Popen(["python3", ROOT / "tools/serve", dist, "--port", "0"], stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE, text=True)
        cls.port = int(re.search(r":(\d+)/", cls.process.stdout.readline())[1])

    @classmethod
    def tearDownClass(cls):
        cls.process.terminate()
        _, cls.err = cls.process.communicate(timeout=20)
        cls.folder.cleanup()

    def answer(self, request):
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as client:
            client.sendall(request)
            client.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: client.recv(65536), b""))

    def get(self, path, encoding=None):
        header = f"Accept-Encoding: {encoding}\r\n" if encoding else ""
        return self.answer(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{header}\r\n".encode())

    def test_only_files_of_the_folder(self):
        self.assertIn(b"200 OK", self.get("/index.html"))
        for path in ("/%00", "/a.js%00.html", "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/link.txt", "//etc/passwd", "/a.js/", "/none"):
            with self.subTest(path):
                answer = self.get(path)
                self.assertRegex(answer.split(b"\r\n")[0], rb"HTTP/1\.\d 404 ")
                self.assertNotIn(b"secret\n", answer)

    def test_encodings_are_those_that_the_browser_accepts(self):
        for accepted, body in (("br", b"packed"), ("gzip, br", b"packed"), ("br;q=0, gzip", b"zipped"), ("BR; q=0.5", b"packed"), ("br;q=0.0", b"plain"),
                               ("gzip;q=0", b"plain"), ("brx", b"plain"), ("", b"plain"), (None, b"plain"), ("identity", b"plain")):
            with self.subTest(accepted):
                self.assertTrue(self.get("/a.js", accepted).endswith(b"\r\n\r\n" + body))

    def test_malformed_requests_get_an_answer_and_the_next_one_too(self):
        for request in (b"\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 300 + b"\r\n",
                        b"GET /" + b"a" * 70000 + b" HTTP/1.1\r\n\r\n", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"):
            with self.subTest(request[:20]):
                self.assertNotIn(b"200 OK", self.answer(request))
                self.assertIn(b"200 OK", self.get("/index.html"))

    def test_a_silent_client_holds_up_no_other(self):
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as silent:
            silent.sendall(b"GET /ind")
            self.assertIn(b"200 OK", self.get("/index.html"))
