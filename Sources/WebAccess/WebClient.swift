import Foundation
import Synchronization

/// What a server answered.
public struct WebAnswer: Sendable {
  public let status: Int
  public let body: [UInt8]
  /// In how many seconds the server wants to be asked again, where it says so.
  public let retryAfter: Double?
}

/// Fetches things over http and https and posts some, within limits, from and to computers that may be
/// connected to.
///
/// What is checked is the very address that is about to be connected to, whatever a host's name stood
/// for a moment before. Every redirect is checked like the first address. No proxy is used.
public struct WebClient: Sendable {
  /// Which computers may be connected to.
  public enum Reach: Sendable {
    /// Those of the public internet.
    case publicAddresses
    case allAddresses
  }

  private let seconds: Double
  private let redirectLimit: Int
  private let allows: @Sendable (NetworkAddress) -> Bool
  private let names: [String: [NetworkAddress]]
  private let certificateFile: String?

  /// Fetching blocks: it has threads of its own.
  private static let queue: OperationQueue = {
    let queue = OperationQueue()
    queue.name = "web"
    queue.maxConcurrentOperationCount = 32
    return queue
  }()

  /// - Parameters:
  ///   - seconds: How long one fetch may take, with its redirects.
  ///   - redirectLimit: How many redirects are followed.
  ///   - certificateFile: Certificates in PEM of the authorities that are trusted with https; `nil`
  ///     trusts those of the system.
  public init(
    reach: Reach, seconds: Double = 20, redirectLimit: Int = 5, certificateFile: String? = nil
  ) {
    self.init(
      seconds: seconds, redirectLimit: redirectLimit, certificateFile: certificateFile
    ) { address in
      switch reach {
      case .publicAddresses: address.isPublic
      case .allAddresses: true
      }
    }
  }

  /// - Parameter names: What names stand for that the system is not asked about.
  init(
    seconds: Double, redirectLimit: Int, names: [String: [NetworkAddress]] = [:],
    certificateFile: String? = nil, allows: @escaping @Sendable (NetworkAddress) -> Bool
  ) {
    self.seconds = seconds
    self.redirectLimit = redirectLimit
    self.names = names
    self.certificateFile = certificateFile
    self.allows = allows
  }

  /// Fetches what is at an address, whatever the status.
  ///
  /// - Parameters:
  ///   - headers: For this server only: a redirect to another one does not carry them on.
  ///   - byteLimit: How large the body may be.
  /// - Throws: `WebError`, `CancellationError`.
  public func get(
    _ address: String, headers: [(name: String, value: String)] = [], byteLimit: Int
  ) async throws -> WebAnswer {
    let first = try WebAddress(address)
    let lines = headers.map { "\($0.name): \($0.value)" }
    return try await onThread { isCancelled in
      try follow(first, headers: lines, byteLimit: byteLimit, isCancelled: isCancelled)
    }
  }

  /// Posts JSON to an address. No redirect is followed: what was posted is for one server.
  ///
  /// - Parameter byteLimit: How large the answer may be.
  /// - Throws: `WebError`, `CancellationError`.
  public func post(_ json: [UInt8], to address: String, byteLimit: Int) async throws -> WebAnswer {
    let target = try WebAddress(address)
    return try await onThread { isCancelled in
      try ask(
        target, headers: ["Content-Type: application/json; charset=utf-8"], posted: json,
        milliseconds: Int(seconds * 1000), byteLimit: byteLimit, isCancelled: isCancelled
      ).answer
    }
  }

  /// Whether a text is an address of http or https.
  public static func isAddress(_ text: String) -> Bool { (try? WebAddress(text)) != nil }

  private func onThread(
    _ work: @escaping @Sendable (Flag) throws -> WebAnswer
  ) async throws -> WebAnswer {
    let isCancelled = Flag()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        Self.queue.addOperation {
          continuation.resume(with: Result { try work(isCancelled) })
        }
      }
    } onCancel: {
      isCancelled.raise()
    }
  }

  private func follow(
    _ first: WebAddress, headers: [String], byteLimit: Int, isCancelled: Flag
  ) throws -> WebAnswer {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(seconds)
    var address = first
    for _ in 0...redirectLimit {
      let left = (deadline - clock.now) / .milliseconds(1)
      guard left >= 1 else { throw WebError.tooSlow(seconds: seconds) }
      let (answer, location) = try ask(
        address, headers: address.hasOrigin(of: first) ? headers : [], posted: nil,
        milliseconds: Int(left), byteLimit: byteLimit, isCancelled: isCancelled)
      let isRedirect = [301, 302, 303, 307, 308].contains(answer.status)
      guard isRedirect, !location.isEmpty else { return answer }
      address = try WebAddress(location, from: address)
    }
    throw WebError.tooManyRedirects(limit: redirectLimit)
  }

  private func ask(
    _ address: WebAddress, headers: [String], posted: [UInt8]?, milliseconds: Int, byteLimit: Int,
    isCancelled: Flag
  ) throws -> (answer: WebAnswer, location: String) {
    let exchange = Exchange(byteLimit: byteLimit, isCancelled: isCancelled, allows: allows)
    let ending = exchange.run(
      address, headers: headers, posted: posted, standsFor: names[address.host],
      certificateFile: certificateFile, milliseconds: milliseconds)
    let (status, location, retryAfter) = try checked(ending, of: exchange, address)
    let answer = WebAnswer(status: status, body: exchange.body, retryAfter: Double(retryAfter))
    return (answer, location)
  }

  private func checked(
    _ ending: Exchange.Ending, of exchange: Exchange, _ address: WebAddress
  ) throws -> (status: Int, location: String, retryAfter: String) {
    switch ending {
    case .answered(let status, let location, let retryAfter):
      return (status, location, retryAfter)
    case .untrusted(let reason):
      throw WebError.untrusted(host: address.host, reason: reason)
    case .hostUnknown: throw WebError.hostUnknown(address.host)
    case .tooSlow: throw WebError.tooSlow(seconds: seconds)
    case .stopped:
      throw exchange.isTooLarge
        ? WebError.tooLarge(limit: exchange.byteLimit) : CancellationError()
    case .failed(let reason):
      throw exchange.isForbidden
        ? WebError.addressForbidden(host: address.host)
        : .unreachable(host: address.host, reason: reason)
    }
  }
}

/// Something that happens once.
final class Flag: Sendable {
  private let state = Mutex(false)
  var isRaised: Bool { state.withLock { $0 } }
  func raise() { state.withLock { $0 = true } }
}
