"""Pictures behind https, asked for through a server without keys.

    https_pictures.py FOLDER ENDPOINT PROJECT NAME PICTURE trusted|unknown

Makes an authority in the folder (`authority.pem`, which the server is told to trust or not), and hosts whose
certificates are right, of another authority and for another name. `unknown`: the server trusts none of them.
"""
import http.server
import json
import os
import ssl
import subprocess
import sys
import threading
import urllib.error
import urllib.request

folder, endpoint, project, name, picture, kind = sys.argv[1:]
picture = open(picture, "rb").read()
os.chdir(folder)


def certificate(file, host, authority=None):
    """A key and a certificate, signed by an authority or by itself."""
    command = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-keyout", f"{file}.key", "-out", f"{file}.pem", "-subj", f"/CN={file}"]
    if authority:
        command += ["-CA", f"{authority}.pem", "-CAkey", f"{authority}.key", "-addext", f"subjectAltName={host}"]
        command += ["-addext", "basicConstraints=critical,CA:FALSE"]
    subprocess.run(command, check=True, capture_output=True)


class Pictures(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", targets[self.path[4:]])
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        # Every path is a picture of its own: what stands behind a JPEG's end is no matter.
        body = picture + self.path.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def host(file=None):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pictures)
    server.handle_error = lambda *_: None
    if file:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(f"{file}.pem", f"{file}.key")
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


def ask(half, path, body):
    request = urllib.request.Request(
        f"{endpoint}/customvision/{half}/{path}", json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


if not os.path.exists("authority.pem"):
    certificate("authority", None)
    certificate("stranger", None)
    certificate("right", "IP:127.0.0.1,DNS:localhost", "authority")
    certificate("strange", "IP:127.0.0.1", "stranger")
    certificate("misnamed", "DNS:elsewhere.test", "authority")
right, strange, misnamed, plain = host("right"), host("strange"), host("misnamed"), host()
targets = {
    "right": f"https://127.0.0.1:{right}/{kind}-redirected", "strange": f"https://127.0.0.1:{strange}/redirected",
    "file": "file:///etc/passwd"}
good = [
    f"https://127.0.0.1:{right}/{kind}-straight", f"https://localhost:{right}/{kind}-named",
    f"http://127.0.0.1:{plain}/to/right"]
bad = [
    f"https://127.0.0.1:{strange}/x", f"https://127.0.0.1:{misnamed}/x", f"http://127.0.0.1:{plain}/to/strange",
    f"https://127.0.0.1:{right}/to/strange", f"https://127.0.0.1:{right}/to/file", f"https://127.0.0.1:{plain}/x"]
status, batch = ask("v3.3/training", f"projects/{project}/images/urls", {"images": [{"url": url} for url in good + bad]})
expected = ["OK" if kind == "trusted" else "ErrorSource"] * len(good) + ["ErrorSource"] * len(bad)
assert status == 207 and [image["status"] for image in batch["images"]] == expected, batch
for half, path in [
    ("v3.3/training", f"projects/{project}/quicktest/url"),
    ("v3.1/prediction", f"{project}/classify/iterations/{name}/url/nostore"),
]:
    for url in good:
        status, answer = ask(half, path, {"url": url})
        if kind == "trusted":
            assert status == 200 and answer["predictions"], answer
        else:
            assert status == 400 and answer["code"] == "BadRequestImageUrl", answer
    for url in bad[:4]:
        status, answer = ask(half, path, {"url": url})
        assert (status, answer["code"]) == (400, "BadRequestImageUrl"), answer
        assert "certificate" in answer["message"] and "127.0.0.1" in answer["message"], answer
print("done")
