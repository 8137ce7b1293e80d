import Glibc

/// The arguments as the program was given them: a file's name may be in any encoding, and text is not.
enum RawArguments {
  /// Returns the bytes of arguments; what is no UTF-8 in them was repaired in the texts.
  ///
  /// Arguments that were repaired to the same text keep their order.
  static func bytes(of arguments: [String]) -> [[UInt8]] {
    var repaired: [String: ArraySlice<[UInt8]>] = [:]
    for case let argument? in UnsafeBufferPointer(
      start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
    {
      let text = String(cString: argument)
      guard text.unicodeScalars.contains("\u{FFFD}") else { continue }
      repaired[text, default: []].append(
        (0..<strlen(argument)).map { UInt8(bitPattern: argument[$0]) })
    }
    return arguments.map { repaired[$0]?.popFirst() ?? Array($0.utf8) }
  }
}
