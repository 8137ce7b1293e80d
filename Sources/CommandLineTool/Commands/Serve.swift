import ArgumentParser
import Foundation
import ProjectLibrary
import RESTServer
import Settings
import WebAccess

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve the library to programs written for the Custom Vision API.",
    discussion: """
      Keys come from the options, from $TAGBENCH_TRAINING_KEY and $TAGBENCH_PREDICTION_KEY, or \
      from a file with the lines training=… and prediction=…; a key that nobody gave is made and \
      printed once. Requests are logged on standard error, without keys. Ctrl-C ends the server: \
      requests on their way are finished, and clients that keep them from it are given 10 seconds; \
      a second Ctrl-C ends at once. Trainings and exports go on at the next start. \
      What [server] in the settings says holds where an option says nothing else. Certificates of \
      your own authority, for pictures by URL: $SSL_CERT_FILE.
      """)

  @Option(help: "The address to listen on.") var host = "127.0.0.1"
  @Option(help: "The port to listen on; 0 takes a free one.") var port = 8080

  @Option(
    name: .customLong("training-key"),
    help: ArgumentHelp("What programs that tag and train must send.", valueName: "key"))
  var trainingKey: String?

  @Option(
    name: .customLong("prediction-key"),
    help: ArgumentHelp("What programs that ask must send.", valueName: "key"))
  var predictionKey: String?

  @Option(
    name: .customLong("key-file"),
    help: ArgumentHelp("A file with keys.", valueName: "file"), completion: .file())
  var keyFile: String?

  @Flag(
    name: .customLong("without-keys"),
    help: """
      Let in every program of this computer, and no web page; only on a loopback address.
      """)
  var isOpen = false

  @Option(
    name: .customLong("keep-days"),
    help: """
      For how many days what was asked is kept for review; 0 forgets at once. (default: keep-days \
      in the settings, 30)
      """)
  var keepDays: Double?

  @Flag(
    name: .customLong("allow-private-addresses"),
    help: "Fetch pictures by URL from private and local addresses, too.")
  var reachesPrivateAddresses = false

  @Option(
    name: .customLong("fetch-seconds"),
    help: """
      For how many seconds a picture may take that is fetched by URL. (default: fetch-seconds in \
      the settings, 20)
      """)
  var fetchSeconds: Double?

  @OptionGroup var common: CommonOptions

  func run() async throws {
    guard (0...65_535).contains(port) else { throw WrongUse("--port is from 0 to 65535.") }
    let settings = try Locations.serverSettings()
    let keepDays = keepDays ?? settings.keepDays.value
    guard ServerSettings.keepDaysRange.contains(keepDays) else {
      throw WrongUse("--keep-days is from 0 to 36500.")
    }
    let fetchSeconds = fetchSeconds ?? settings.fetchSeconds.value
    guard ServerSettings.fetchSecondsRange.contains(fetchSeconds) else {
      throw WrongUse("--fetch-seconds is from 0.1 to 90.")
    }
    let reachesAll = reachesPrivateAddresses || settings.allowsPrivateAddresses.value
    if isOpen && !ServerConfiguration.isLoopback(host) {
      throw WrongUse("--without-keys serves a loopback address only, not \(host).")
    }
    let library = try common.openLibrary(makesIt: true, actor: "server")
    let keys = isOpen ? ServerKeys(training: nil, prediction: nil) : try self.keys()
    let (host, made) = (host, keys.made)
    var limits = ServiceLimits()
    limits.predictionLifetime = keepDays * 24 * 3600
    let configuration = ServerConfiguration(
      host: host, port: port,
      keys: AccessKeys(training: keys.training, prediction: keys.prediction), limits: limits,
      web: WebClient(
        reach: reachesAll ? .allAddresses : .publicAddresses, seconds: fetchSeconds,
        certificateFile: Locations.certificateFile), readsArrivals: Runtime.isReady)
    try await ending(within: .seconds(10)) {
      try await runServer(
        library, configuration,
        recipeGraph: { try Runtime.recipeGraph(of: $0) },
        describe: { ErrorWording.sentence(for: $0) },
        log: { StandardStream.error.write(Self.line($0) + "\n") },
        ready: { port in
          for line in made { Tagbench.say(line) }
          let name = host.contains(":") ? "[\(host)]" : host
          Tagbench.say("Serving \(library.path.shown) on http://\(name):\(port)")
        })
    }
  }

  private func keys() throws -> ServerKeys {
    let environment = ProcessInfo.processInfo.environment
    let file = try keyFile.map(ServerKeys.read)
    var keys = ServerKeys(
      training: trainingKey ?? environment["TAGBENCH_TRAINING_KEY"] ?? file?.training,
      prediction: predictionKey ?? environment["TAGBENCH_PREDICTION_KEY"] ?? file?.prediction)
    if keys.training == "" || keys.prediction == "" { throw WrongUse("A key is empty.") }
    if keys.training == nil {
      let key = ServerKeys.random()
      keys.training = key
      keys.made.append("Training key:   \(key)")
    }
    if keys.prediction == nil {
      let key = ServerKeys.random()
      keys.prediction = key
      keys.made.append("Prediction key: \(key)")
    }
    return keys
  }

  /// One line of the access log, as JSON.
  private static func line(_ record: AccessRecord) -> String {
    let milliseconds = Double(record.duration / .microseconds(1)) / 1_000
    return JSONValue.object([
      ("time", .string(Date().formatted(.iso8601))), ("method", .string(record.method)),
      ("path", .string(record.path)), ("status", .integer(record.status)),
      ("milliseconds", .number(milliseconds)), ("problem", .optional(record.problem)),
    ]).text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .joined(separator: " ")
  }
}

/// The keys of a server; `nil` asks for none.
struct ServerKeys {
  var training: String?
  var prediction: String?
  /// What people are told of keys that nobody gave, once requests are accepted.
  var made: [String] = []

  /// 128 random bits.
  static func random() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<2).map { _ in
      let digits = String(generator.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// Reads the lines `training=…` and `prediction=…`.
  static func read(_ path: String) throws -> ServerKeys {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw WrongUse("The key file \(path) cannot be read.")
    }
    var keys = ServerKeys(training: nil, prediction: nil)
    for line in String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let halves = line.split(separator: "=", maxSplits: 1).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      switch (halves.first, halves.count) {
      case ("training", 2): keys.training = halves[1]
      case ("prediction", 2): keys.prediction = halves[1]
      case _ where line.hasPrefix("#") || line.allSatisfy(\.isWhitespace): break
      default: throw WrongUse("The key file \(path) has a line that is no key.")
      }
    }
    return keys
  }
}
