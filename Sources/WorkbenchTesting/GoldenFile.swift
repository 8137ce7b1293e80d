import Foundation

/// Compares a text with the one that a file holds.
///
/// A missing file is written, and that run fails all the same: nothing is approved without being
/// looked at. To record one again, delete it.
///
/// - Returns: What is wrong, with the first line that differs; `nil` when the texts are equal.
/// - Throws: When the file can be neither read nor written.
public func goldenDifference(_ text: String, name: String, folder: String) throws -> String? {
  let file = URL(fileURLWithPath: folder, isDirectory: true).appendingPathComponent(name)
  guard FileManager.default.fileExists(atPath: file.path) else {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return "\(name) was missing and has been recorded: look at it, then run again"
  }
  // Bytes are compared, since Swift takes canonically equal texts for equal.
  let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
  if Array(expected.utf8) == Array(text.utf8) { return nil }
  let was = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let now = text.split(separator: "\n", omittingEmptySubsequences: false)
  let line = zip(was, now).enumerated().first { Array($1.0.utf8) != Array($1.1.utf8) }?.offset
  guard let line else { return "\(name) has \(was.count) lines, the text \(now.count)" }
  return "\(name), line \(line + 1)\n  expected \(was[line])\n  found    \(now[line])"
}
