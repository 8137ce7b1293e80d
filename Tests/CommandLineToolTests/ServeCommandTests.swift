import Foundation
import Testing

@Suite struct ServeCommandTests {
  private static let python = ProcessInfo.processInfo.environment["TAGBENCH_TEST_PYTHON"]
  private static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures/custom_vision_round.py").path

  private static let hasSDK: Bool = {
    guard python != nil else { return false }
    let check = ["-c", "import azure.cognitiveservices.vision.customvision.training"]
    return (try? PythonProgram.run(python ?? "", check).isDone) ?? false
  }()

  @Test(
    .enabled(if: TestProgram.canEmbed, "needs tagbench beside the tests, and its runtime"),
    .enabled(if: hasSDK, "TAGBENCH_TEST_PYTHON names no Python with the Custom Vision SDK"))
  func programOfTheServiceRunsUnchanged() throws {
    let keys = ["--training-key", "a-training-key", "--prediction-key", "a-prediction-key"]
    let server = try RunningServer(
      keys[0], keys[1], keys[2], keys[3], "--allow-private-addresses", "--fetch-seconds", "3")
    let round = try PythonProgram.run(
      Self.python ?? "",
      [
        Self.script, server.endpoint, keys[1], keys[3], TestProgram.sampleData,
      ])
    #expect(round.isDone && round.output.hasSuffix("done\n"), "\(round.output)")

    server.program.kill(SIGTERM)
    let outcome = server.program.finish()
    #expect(outcome.exitCode == 0)
    #expect(!outcome.standardError.contains("a-training-key"))
    #expect(!outcome.standardError.contains("a-prediction-key"))
    #expect(!outcome.standardOutput.contains("key"))
    #expect(!outcome.standardError.contains("\"status\": 500"))
    // What a program did is there for people, too.
    let projects = try server.library.done("project", "list")
    #expect(projects.items.count == 1)
  }

  @Test(
    .enabled(if: TestProgram.isBuilt, "needs tagbench beside the tests"),
    .enabled(if: python != nil, "TAGBENCH_TEST_PYTHON names no Python"))
  func nothingIsFetchedFromPrivateAddresses() throws {
    let library = try TestLibrary(embeds: false)
    let project = try #require(
      try library.done("project", "create", "flowers")["id"]?.string)
    let server = try RunningServer("--without-keys", library: library, embeds: false)
    let asking = """
      import http.server, json, sys, threading, urllib.request
      reached = []
      class Host(http.server.BaseHTTPRequestHandler):
          def do_GET(self):
              reached.append(self.path)
              self.send_error(404)
      host = http.server.HTTPServer(("127.0.0.1", 0), Host)
      threading.Thread(target=host.serve_forever, daemon=True).start()
      names = ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0.0.0.0", "[::1]"]
      names += ["[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]"]
      urls = [f"http://{name}:{host.server_port}/" for name in names]
      urls += ["http://169.254.169.254/", "http://10.0.0.1/", "http://[fe80::1]/", "file:///etc/passwd"]
      body = json.dumps({"images": [{"url": url} for url in urls]}).encode()
      request = urllib.request.Request(sys.argv[1], body, {"Content-Type": "application/json"})
      with urllib.request.urlopen(request) as answer:
          images = json.loads(answer.read())["images"]
      assert [image["status"] for image in images] == ["ErrorSource"] * len(urls), images
      assert reached == [], reached
      """
    let asked = try PythonProgram.run(
      Self.python ?? "",
      [
        "-c", asking,
        "\(server.endpoint)/customvision/v3.3/training/projects/\(project)/images/urls",
      ])
    #expect(asked.isDone, "\(asked.output)")
    server.program.kill(SIGTERM)
    #expect(server.program.finish().exitCode == 0)
  }

  @Test(
    .enabled(if: TestProgram.canEmbed, "needs tagbench beside the tests, and its runtime"),
    .enabled(if: python != nil, "TAGBENCH_TEST_PYTHON names no Python"))
  func picturesComeOverHTTPSFromHostsThatProveWhoTheyAre() throws {
    let library = try TestLibrary.trained()
    try library.done("iteration", "publish", "1", "live")
    let project = try #require(try library.done("project", "list").items.first?["id"]?.string)
    // As the settings allow it.
    _ = try library.write(
      "[server]\nallow-private-addresses = true\n", to: ".config/tagbench/settings.toml")
    let authorities = ["SSL_CERT_FILE": library.folder.appending(path: "authority.pem").path]
    for (kind, environment) in [("trusted", authorities), ("unknown", [:])] {
      let server = try RunningServer(
        "--without-keys", library: library, environment: environment)
      let script = URL(filePath: Self.script).deletingLastPathComponent()
        .appending(path: "https_pictures.py").path
      let round = try PythonProgram.run(
        Self.python ?? "",
        [
          script, library.folder.path, server.endpoint, project, "live",
          "\(TestProgram.sampleData)/daisy/daisy-001.jpg", kind,
        ])
      #expect(round.isDone && round.output == "done\n", "\(kind): \(round.output)")
      server.program.kill(SIGTERM)
      #expect(server.program.finish().exitCode == 0)
    }
  }

  /// How long what was asked is kept is an option, else a setting.
  @Test(
    .enabled(if: TestProgram.canEmbed, "needs tagbench beside the tests, and its runtime"),
    .enabled(if: python != nil, "TAGBENCH_TEST_PYTHON names no Python"))
  func whatWasAskedIsKeptAsLongAsTheSettingsSay() throws {
    let library = try TestLibrary.trained()
    try library.done("iteration", "publish", "1", "live")
    let project = try #require(try library.done("project", "list").items.first?["id"]?.string)
    let settings = ".config/tagbench/settings.toml"
    let asking = """
      import sys, urllib.request
      picture = open(sys.argv[2], "rb").read()
      urllib.request.urlopen(urllib.request.Request(sys.argv[1], picture)).read()
      """
    @discardableResult
    func serve(_ arguments: String..., asks: Bool) throws -> String {
      let server = try RunningServer(
        arguments.first ?? "--without-keys", arguments.last ?? "--without-keys", library: library)
      if asks {
        let path = "/customvision/v3.1/prediction/\(project)/classify/iterations/live/image"
        let asked = try PythonProgram.run(
          Self.python ?? "",
          ["-c", asking, server.endpoint + path, "\(TestProgram.sampleData)/daisy/daisy-001.jpg"])
        #expect(asked.isDone, "\(asked.output)")
      }
      // Forgetting begins with the server, goes on every second, and is waited for.
      let deadline = ContinuousClock.now + .seconds(20)
      while !asks, try !library.done("predictions").items.isEmpty, ContinuousClock.now < deadline {
        usleep(50_000)
      }
      server.program.kill(SIGTERM)
      let ended = server.program.finish()
      #expect(ended.exitCode == 0)
      return ended.standardError
    }
    try serve(asks: true)
    #expect(try library.done("predictions").items.count == 1)
    // A millionth of a day is over when the server starts again.
    _ = try library.write("[server]\nkeep-days = 0.000001\n", to: settings)
    try serve("--without-keys", "--keep-days=30", asks: true)
    #expect(try library.done("predictions").items.count == 2)
    let said = try serve(asks: false)
    #expect(try library.done("predictions").items.isEmpty, "\(said)")
  }

  /// `make hostile` sends more of them.
  private static let hostileCount =
    ProcessInfo.processInfo.environment["TAGBENCH_HOSTILE_REQUESTS"].flatMap { Int($0) } ?? 500

  @Test(
    .enabled(if: TestProgram.isBuilt, "needs tagbench beside the tests"),
    .enabled(if: python != nil, "TAGBENCH_TEST_PYTHON names no Python"))
  func malformedRequestsAreRefusedAndNothingElse() throws {
    let keys = ["--training-key", "a-training-key", "--prediction-key", "a-prediction-key"]
    let server = try RunningServer(keys[0], keys[1], keys[2], keys[3], embeds: false)
    let script = URL(filePath: Self.script).deletingLastPathComponent()
      .appending(path: "hostile_client.py").path
    let requests = try PythonProgram.run(
      Self.python ?? "",
      [
        script, server.endpoint, keys[1], keys[3], "\(Self.hostileCount)", "1",
      ])
    #expect(requests.isDone && requests.output.hasSuffix("done\n"), "\(requests.output)")
    server.program.kill(SIGTERM)
    let outcome = server.program.finish()
    #expect(outcome.exitCode == 0)
    #expect(!outcome.standardError.contains("\"status\": 5"))
  }

  @Test(
    .enabled(if: TestProgram.canEmbed, "needs tagbench beside the tests, and its runtime"),
    .enabled(if: hasSDK, "TAGBENCH_TEST_PYTHON names no Python with the Custom Vision SDK"))
  func whatWasAskedIsReviewedOnTheCommandLine() throws {
    let library = try TestLibrary.trained()
    try library.done("iteration", "publish", "1", "live")
    #expect(try library.done("predictions").items.isEmpty)
    let project = try #require(try library.done("status")["id"]?.string)
    let server = try RunningServer("--without-keys", library: library)
    let pictures = try ["daisy/daisy-040.jpg", "dahlia/dahlia-040.jpg"].map { sample in
      let file = try library.copySample(sample, to: "asked/\(sample)")
      // Behind the picture's end, where no decoder looks: a content that the project lacks.
      let bytes = try Data(contentsOf: URL(filePath: file)) + Data("mark".utf8)
      try bytes.write(to: URL(filePath: file))
      return file
    }
    let asking = """
      import sys, urllib.request
      for path in sys.argv[2:]:
          request = urllib.request.Request(sys.argv[1], open(path, "rb").read())
          request.add_header("Content-Type", "application/octet-stream")
          assert urllib.request.urlopen(request).status == 200
      """
    let path = "/customvision/v3.1/prediction/\(project)/classify/iterations/live/image"
    let asked = try PythonProgram.run(
      Self.python ?? "",
      ["-c", asking, "\(server.endpoint)\(path)?application=shop"] + pictures)
    #expect(asked.isDone, "\(asked.output)")
    let list = try library.done("predictions", "list", "--order", "oldest")
    #expect(list.items.map { $0["application"] } == [.string("shop"), .string("shop")])
    let ids = list.items.compactMap { $0["id"]?.string }
    let imageCount = try library.done("status")["imageCount"]?.integer ?? 0
    #expect(
      try library.done("predictions", "add", ids[0], "--tag", "daisy")["added"] == .number(1))
    #expect(try library.done("status")["imageCount"]?.integer == imageCount + 1)
    try library.refused("predictions", "add", "--best", "1", ids[1], exitCode: 2)
    try library.done("predictions", "delete", ids[1])
    #expect(try library.done("predictions").items.isEmpty)
    try library.refused("predictions", "delete", ids[1], exitCode: 2)
    server.program.kill(SIGTERM)
    #expect(server.program.finish().exitCode == 0)
  }

  @Test(.enabled(if: TestProgram.isBuilt, "needs tagbench beside the tests"))
  func keysThatNobodyGaveAreMadeAndPrintedOnce() throws {
    let server = try RunningServer("--training-key", "given", embeds: false)
    server.program.kill(SIGINT)
    let outcome = server.program.finish()
    #expect(outcome.exitCode == 0)
    #expect(!outcome.standardOutput.contains("given"))
    #expect(outcome.standardOutput.matches(of: #/Prediction key: [0-9a-f]{32}\n/#).count == 1)
  }

  @Test(.enabled(if: TestProgram.isBuilt, "needs tagbench beside the tests"))
  func aPortThatIsTakenIsNamed() throws {
    let server = try RunningServer(embeds: false)
    let port = try #require(server.endpoint.split(separator: ":").last.map(String.init))
    let complaint = try server.library.refused("serve", "--port", port, exitCode: 1)
    #expect(complaint.contains("Port \(port) of 127.0.0.1 is taken by another program."))
    #expect(complaint.contains("--port"))
    server.program.kill(SIGTERM)
    #expect(server.program.finish().exitCode == 0)
  }

  @Test(.enabled(if: TestProgram.isBuilt, "needs tagbench beside the tests"))
  func everybodyIsLetInOnLoopbackOnly() throws {
    let library = try TestLibrary(embeds: false)
    let complaint = try library.refused(
      "serve", "--without-keys", "--host", "0.0.0.0", exitCode: 2)
    #expect(complaint.contains("loopback"))
  }

  @Test(
    .enabled(if: TestProgram.isBuilt, "needs tagbench beside the tests"),
    .enabled(if: python != nil, "TAGBENCH_TEST_PYTHON names no Python"))
  func withoutKeysNoPageOfTheWebIsServed() throws {
    let asking = """
      import json, sys, urllib.error, urllib.request
      def status(**headers):
          headers = {"Content-Type": "text/plain", **headers}
          address = sys.argv[1] + "/customvision/v3.3/training/projects?name=pages"
          try:
              with urllib.request.urlopen(urllib.request.Request(address, b"", headers)) as answer:
                  return answer.status
          except urllib.error.HTTPError as error:
              told = json.loads(error.read())
              return error.code if told["code"] and told["message"] else None
      served, refused = [int(text) for text in sys.argv[3:]]
      keys = {"Training-Key": sys.argv[2]}
      assert status(Host="evil.example", **keys) == refused
      assert status(Origin="http://evil.example", **keys) == refused
      assert status(Origin="null", **keys) == refused
      # The name is taken from then on.
      assert status(Host="localhost:1", **keys) == served
      """
    for (options, statuses) in [
      (["--without-keys"], ["200", "403"]), (["--training-key=one"], ["400", "400"]),
    ] {
      let library = try TestLibrary(embeds: false)
      if statuses[0] == "400" { try library.done("project", "create", "pages") }
      let server = try RunningServer(options[0], library: library, embeds: false)
      let asked = try PythonProgram.run(
        Self.python ?? "", ["-c", asking, server.endpoint, "one"] + statuses)
      #expect(asked.isDone, "\(options): \(asked.output)")
      server.program.kill(SIGTERM)
      #expect(server.program.finish().exitCode == 0)
    }
  }

  @Test(.enabled(if: TestProgram.isBuilt, "needs tagbench beside the tests"))
  func aHostThatNobodyKnowsIsNamed() throws {
    let library = try TestLibrary(embeds: false)
    let complaint = try library.refused("serve", "--host", "nosuch.invalid", exitCode: 1)
    #expect(complaint.contains("Nobody knows the host nosuch.invalid."))
    #expect(complaint.contains("--host"))
  }

  @Test(.enabled(if: TestProgram.isBuilt, "needs tagbench beside the tests"))
  func keysComeFromAFile() throws {
    let library = try TestLibrary(embeds: false)
    let file = try library.write("training=one\nno key\n", to: "keys")
    let complaint = try library.refused("serve", "--key-file", file, exitCode: 2)
    #expect(complaint.contains("a line that is no key"))
    let server = try library.write("# ours\ntraining = one\nprediction=two\n", to: "good")
    let running = try RunningServer("--key-file", server, embeds: false)
    running.program.kill(SIGTERM)
    #expect(running.program.finish().standardOutput.contains("key:") == false)
  }
}
