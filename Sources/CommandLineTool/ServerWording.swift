import Foundation
import RESTServer

extension ErrorWording {
  /// The sentence for a server that does not run.
  static func message(for error: ServerError) -> String {
    switch error {
    case .hostUnknown(let host):
      "Nobody knows the host \(host). Name an address of this computer with --host."
    case .addressNotBound(let host, let port, EADDRINUSE):
      "Port \(port) of \(host) is taken by another program. Choose another with --port."
    case .addressNotBound(let host, let port, EACCES):
      "Port \(port) of \(host) needs more rights. Choose one above 1023 with --port."
    case .addressNotBound(let host, let port, EADDRNOTAVAIL):
      "This computer has no address \(host) to serve port \(port) on. Choose one with --host."
    case .addressNotBound(let host, let port, let number):
      "Port \(port) of \(host) cannot be served: \(words(forSystemError: number))."
    }
  }
}
