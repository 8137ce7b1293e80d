/// Whom a server serves that asks for no keys: programs of this computer, and no page of the web.
///
/// A page may have the browser that shows it send requests to any address, and under a name of its own that it lets
/// mean this computer (DNS rebinding) it may read the answers, too. Browsers say in `Host` by which name
/// they came, and in `Origin` whose page asks.
struct LocalClients: Sendable {
  /// What the server was told to listen on.
  let host: String

  /// - Parameters:
  ///   - authority: The header `Host`; a request without one comes from no browser.
  ///   - origin: The header `Origin`.
  func admit(authority: String?, origin: String?) -> Bool {
    if let authority, !isHere(Self.host(of: authority)) { return false }
    guard let origin else { return true }
    let halves = origin.split(separator: "://", maxSplits: 1)
    // A page that is nowhere has the origin `null`.
    return halves.count == 2 && isHere(Self.host(of: halves[1]))
  }

  private func isHere(_ name: String) -> Bool {
    name == host.lowercased() || ServerConfiguration.isLoopback(name)
  }

  /// The host without its port, an address of version 6 without its brackets.
  private static func host(of authority: some StringProtocol) -> String {
    let text = authority.lowercased()
    guard text.hasPrefix("["), let end = text.firstIndex(of: "]") else {
      return String(text.prefix { $0 != ":" })
    }
    return String(text[text.index(after: text.startIndex)..<end])
  }
}
