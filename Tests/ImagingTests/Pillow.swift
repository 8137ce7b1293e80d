import Foundation
import Imaging

/// Pillow at work in a Python of its own; see `Fixtures/pillow_pixels.py`.
final class Pillow {
  private static let python = ProcessInfo.processInfo.environment["TAGBENCH_TEST_PYTHON"]
  static let isThere = python != nil

  private let process = Process()
  private let requests = Pipe()
  private let answers = Pipe()

  init() throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/pillow_pixels.py")
    process.executableURL = URL(fileURLWithPath: Self.python ?? "")
    process.arguments = [script.path]
    process.standardInput = requests
    process.standardOutput = answers
    try process.run()
  }

  deinit {
    // Closing its input ends it; that it was closed already is as good.
    try? requests.fileHandleForWriting.close()
  }

  /// Pillow's upright RGB pixels of a file, resized when a size is given; `nil` when it reads none.
  func picture(at url: URL, size: (width: Int, height: Int)?) throws -> PixelImage? {
    let suffix = size.map { "\t\($0.width)x\($0.height)" } ?? ""
    try requests.fileHandleForWriting.write(contentsOf: Data((url.path + suffix + "\n").utf8))
    var line: [UInt8] = []
    while let byte = try read(1).first, byte != UInt8(ascii: "\n") { line.append(byte) }
    let words = String(decoding: line, as: UTF8.self).split(separator: " ")
    guard words.count == 3, words[0] == "ok", let width = Int(words[1]), let height = Int(words[2])
    else { return nil }
    return PixelImage(width: width, height: height, pixels: try read(width * height * 3))
  }

  private func read(_ count: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count,
      let part = try answers.fileHandleForReading.read(upToCount: count - bytes.count)
    {
      bytes.append(contentsOf: part)
    }
    return bytes
  }
}
