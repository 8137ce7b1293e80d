import CustomVisionAPI
public import Dataset
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
public import ProjectLibrary
public import WebAccess

/// What a server is started with.
public struct ServerConfiguration: Sendable {
  public var host: String
  /// 0 takes any free port.
  public var port: Int
  public var keys: AccessKeys
  public var limits: ServiceLimits
  /// Fetches pictures that requests name by their addresses.
  public var web: WebClient
  /// Whether the networks read in the background what programs add.
  public var readsArrivals: Bool

  /// Whether a host's name or address means this computer, for programs of its own alone.
  public static func isLoopback(_ host: String) -> Bool {
    host == "localhost" || host == "::1" || host.wholeMatch(of: #/127\.\d+\.\d+\.\d+/#) != nil
  }

  public init(
    host: String, port: Int, keys: AccessKeys, limits: ServiceLimits = ServiceLimits(),
    web: WebClient = WebClient(reach: .publicAddresses), readsArrivals: Bool = true
  ) {
    self.readsArrivals = readsArrivals
    self.host = host
    self.port = port
    self.keys = keys
    self.limits = limits
    self.web = web
  }
}

/// Why a server does not run.
public enum ServerError: Error, Equatable, Sendable {
  /// The address cannot be listened on; `number` is the system's.
  case addressNotBound(host: String, port: Int, number: Int32)
  /// The name of the host to listen on has no address.
  case hostUnknown(String)
}

/// Serves a library until the process is asked to end: requests on their way are then finished, and
/// trainings, exports and the reading of pictures stopped. They go on when the library is served again.
///
/// Cancelled, it gives up requests that wait for their clients and ends in the same way.
///
/// - Parameters:
///   - recipeGraph: Gives the graph that makes a domain's embeddings, for exports.
///   - describe: Words an error that is not the client's doing.
///   - log: Told of every request once it is answered; called on any thread.
///   - ready: Told the port once requests are accepted.
/// - Throws: `ServerError`; what else keeps the address from being bound.
public func runServer(
  _ library: Library, _ configuration: ServerConfiguration,
  recipeGraph: @escaping @Sendable (Domain) throws -> [UInt8],
  describe: @escaping @Sendable (any Error) -> String,
  log: @escaping @Sendable (AccessRecord) -> Void,
  ready: @escaping @Sendable (Int) -> Void
) async throws {
  let notifier = Notifier(library: library, client: configuration.web) {
    log(
      AccessRecord(
        method: "notify", path: $0, status: 500, duration: .zero, problem: describe($1)))
  }
  let trainings = TrainingDesk(library: library, now: Library.clock, describe: describe) {
    notifier.tell(
      of: $0.project.id,
      .training(
        project: $0.project.id.description, iteration: $0.id.description,
        isCompleted: $0.promise.failure == nil))
  }
  let embeddings = EmbeddingDesk(library: library, isReady: configuration.readsArrivals) {
    log(
      AccessRecord(
        method: "embed", path: "\($0.id)", status: 500, duration: .zero, problem: describe($1)))
  }
  let service = Service(
    library: library, limits: configuration.limits, trainings: trainings,
    exports: ExportDesk(folder: "\(library.path)/exports"), embeddings: embeddings,
    notifier: notifier, recipeGraph: recipeGraph, describe: describe, log: log)
  // Before the first request: whoever was promised something finds it.
  try trainings.resume()
  try service.resumeExports()
  try embeddings.resume()
  let cleaning = Task { await service.forgetOldPredictions() }
  defer { cleaning.cancel() }
  var logger = Logger(label: "tagbench")
  // What it says of requests goes into the access log instead.
  logger.logLevel = .critical
  let application = Application(
    responder: RESTResponder(
      service: service, keys: configuration.keys,
      clients: LocalClients(host: configuration.host),
      fetcher: PictureFetcher(client: configuration.web), describe: describe, log: log),
    server: .http1(configuration: HTTP1Channel.Configuration(idleTimeout: idleTime)),
    configuration: ApplicationConfiguration(
      address: .hostname(configuration.host, port: configuration.port)),
    onServerRunning: { channel in ready(channel.localAddress?.port ?? configuration.port) },
    logger: logger)
  var failure: (any Error)?
  do { try await application.runService() } catch { failure = error }
  await trainings.stop()
  await embeddings.stop()
  await notifier.stop()
  switch failure {
  case nil: break
  case _ where Task.isCancelled: break
  case let error as IOError:
    throw ServerError.addressNotBound(
      host: configuration.host, port: configuration.port, number: error.errnoCode)
  case is SocketAddressError.UnknownHost: throw ServerError.hostUnknown(configuration.host)
  case let failure?: throw failure
  }
}

/// After how long a connection is closed that says nothing: more than a body may be silent for, so that its client is told.
private let idleTime = TimeAmount.seconds(75)
