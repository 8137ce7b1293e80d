import Foundation

/// An address of http or https, taken apart so that what is checked is what is connected to.
struct WebAddress: Equatable {
  let isSecure: Bool
  /// A name, or an address without brackets.
  let host: String
  let port: Int
  /// From the path on, with the query.
  let target: String

  /// - Parameter base: What a relative address, as in a redirect, starts from.
  /// - Throws: `.addressInvalid`.
  init(_ text: String, from base: WebAddress? = nil) throws(WebError) {
    let url =
      if let base { URL(string: text, relativeTo: URL(string: base.text))?.absoluteURL } else {
        URL(string: text)
      }
    guard let url, let scheme = url.scheme?.lowercased(), scheme == "http" || scheme == "https",
      url.user == nil, url.password == nil, let host = url.host.map(Self.withoutBrackets),
      // Programs read other hosts in different ways.
      NetworkAddress(host) != nil || Self.isName(host), (1...65_535).contains(url.port ?? 80)
    else { throw .addressInvalid(text) }
    isSecure = scheme == "https"
    self.host = host.lowercased()
    port = url.port ?? (isSecure ? 443 : 80)
    let path = url.path(percentEncoded: true)
    let query = url.query(percentEncoded: true)
    target = (path.isEmpty ? "/" : path) + (query.map { "?\($0)" } ?? "")
  }

  private static func withoutBrackets(_ host: String) -> String {
    host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
  }

  private static func isName(_ host: String) -> Bool {
    let marks = Set("-._".utf8)
    return !host.isEmpty
      && host.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || marks.contains(byte)
      }
  }

  var text: String {
    let host = host.contains(":") ? "[\(host)]" : host
    return "\(isSecure ? "https" : "http")://\(host):\(port)\(target)"
  }

  /// Whether both lead to the same program.
  func hasOrigin(of other: WebAddress) -> Bool {
    (isSecure, host, port) == (other.isSecure, other.host, other.port)
  }
}
