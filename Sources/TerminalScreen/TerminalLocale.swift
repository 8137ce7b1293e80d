import Glibc

/// What the locale says about characters.
enum TerminalLocale {
  /// Sets this process's character type from the environment, as ncurses needs it.
  ///
  /// A computer that is reached over ssh may lack the locale that the environment names; when the
  /// name asks for UTF-8, any UTF-8 locale serves.
  ///
  /// - Returns: Whether characters beyond ASCII can be sent.
  static func adopt() -> Bool {
    setlocale(LC_CTYPE, "")
    if isUTF8 { return true }
    let names = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { value(of: $0) }
    guard let name = names.first, name.lowercased().replacing("-", with: "").hasSuffix("utf8"),
      setlocale(LC_CTYPE, "C.UTF-8") != nil
    else { return false }
    return isUTF8
  }

  /// An environment variable; `nil` when it is unset or empty.
  static func value(of name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  private static var isUTF8: Bool {
    guard let name = nl_langinfo(nl_item(CODESET)) else { return false }
    return String(cString: name) == "UTF-8"
  }
}
