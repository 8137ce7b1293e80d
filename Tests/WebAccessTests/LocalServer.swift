import Dispatch
import Glibc
import Synchronization

/// A server on an address of this computer, which answers by the path and keeps the requests it got.
///
/// A connection is answered and closed, one after the other, on a thread of its own.
final class LocalServer: Sendable {
  let port: Int
  private let socket: Int32
  private let received = Mutex<[String]>([])

  /// The requests so far: first lines, headers, and bodies of which a length is told.
  var requests: [String] { received.withLock { $0 } }

  struct SystemError: Error { let number: Int32 }

  /// - Parameters:
  ///   - port: 0 takes a free one.
  ///   - answer: Gives the whole answer, head and body, from the path and query; `nil` says nothing
  ///     and keeps the connection open.
  init(
    on host: String = "127.0.0.1", port: Int = 0,
    answer: @escaping @Sendable (String) -> [UInt8]?
  ) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    inet_pton(AF_INET, host, &address.sin_addr)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let socket = socket
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(socket, pointer, length) + listen(socket, 16)
          + getsockname(socket, pointer, &length)
      }
    }
    guard status == 0 else { throw SystemError(number: errno) }
    self.port = Int(UInt16(bigEndian: address.sin_port))
    DispatchQueue(label: "local server \(host)").async { [weak self] in
      while true {
        let connection = accept(socket, nil, nil)
        guard connection >= 0 else { return }
        let request = Self.request(of: connection)
        guard let self else { return }
        received.withLock { $0.append(request) }
        let path = request.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        // A connection without an answer stays open as long as the process lives.
        guard let bytes = answer(path) else { continue }
        _ = bytes.withUnsafeBytes {
          send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        close(connection)
      }
    }
  }

  deinit {
    shutdown(socket, Int32(SHUT_RDWR))
    close(socket)
  }

  private static func request(of connection: Int32) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while !isWhole(String(decoding: bytes, as: UTF8.self)) {
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isWhole(_ text: String) -> Bool {
    guard let end = text.firstRange(of: "\r\n\r\n") else { return false }
    let length = text.firstMatch(of: #/Content-Length: (\d+)/#).flatMap { Int($0.output.1) } ?? 0
    return text[end.upperBound...].utf8.count >= length
  }

  static func ok(_ body: String) -> [UInt8] {
    Array(
      "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
        .utf8)
  }

  static func redirect(to location: String) -> [UInt8] {
    Array(
      "HTTP/1.1 302 Found\r\nLocation: \(location)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        .utf8)
  }
}
