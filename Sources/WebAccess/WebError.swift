/// Why something on the web was not fetched.
public enum WebError: Error, Equatable, Sendable {
  /// No address of http or https, or one with a user's name in it.
  case addressInvalid(String)
  /// Every address of the host is private, local or reserved.
  case addressForbidden(host: String)
  case hostUnknown(String)
  /// Over https, a host that does not prove who it is; the reason is the system's.
  case untrusted(host: String, reason: String)
  /// Nothing answers there, or not as the protocol wants it; the reason is the system's.
  case unreachable(host: String, reason: String)
  /// The server answered with something else than what was asked for.
  case answered(status: Int)
  case tooLarge(limit: Int)
  case tooSlow(seconds: Double)
  case tooManyRedirects(limit: Int)
}
