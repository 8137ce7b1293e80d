import Foundation

/// File work with this module's errors: which path, and what the system said.
enum Files {
  static func makeFolder(_ folder: URL) throws(SetupError) {
    try convert(folder) {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
  }

  static func write(_ bytes: some ContiguousBytes, to file: URL) throws(SetupError) {
    try makeFolder(file.deletingLastPathComponent())
    try convert(file) { try bytes.withUnsafeBytes { try Data($0).write(to: file) } }
  }

  static func read(_ file: URL) throws(SetupError) -> Data {
    try convert(file) { try Data(contentsOf: file, options: .mappedIfSafe) }
  }

  /// Whether a file can be read and has this SHA-256, in lower-case hexadecimal digits.
  static func has(_ sha256: String, at file: URL, digest: ([UInt8]) -> [UInt8]) -> Bool {
    guard let bytes = try? read(file) else { return false }
    return hexadecimal(digest([UInt8](bytes))) == sha256
  }

  /// Moves within a volume, in one step, over whatever file is there.
  static func rename(_ source: URL, to target: URL) throws(SetupError) {
    guard Foundation.rename(source.path, target.path) == 0 else {
      throw .fileFailed(path: target.path, reason: String(cString: strerror(errno)))
    }
  }

  static func names(in folder: URL) throws(SetupError) -> [String] {
    try convert(folder) { try FileManager.default.contentsOfDirectory(atPath: folder.path) }
  }

  static func remove(_ item: URL) throws(SetupError) {
    guard FileManager.default.fileExists(atPath: item.path) else { return }
    try convert(item) { try FileManager.default.removeItem(at: item) }
  }

  /// Bytes of a file; `nil` where there is none.
  static func byteCount(of file: URL) -> Int? {
    // No attributes means no file for our purpose.
    let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
    guard attributes?[.type] as? FileAttributeType == .typeRegular else { return nil }
    return (attributes?[.size] as? NSNumber)?.intValue
  }

  /// Bytes of all files below a folder.
  static func totalByteCount(below folder: URL) -> Int {
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return (names ?? []).reduce(0) {
      $0 + (byteCount(of: folder.appendingPathComponent($1)) ?? 0)
    }
  }

  /// Bytes that this user may still write to the volume of a folder.
  static func freeByteCount(at folder: URL) throws(SetupError) -> Int {
    let attributes = try convert(folder) {
      try FileManager.default.attributesOfFileSystem(forPath: folder.path)
    }
    return (attributes[.systemFreeSize] as? NSNumber)?.intValue ?? .max
  }

  private static func convert<Result>(
    _ item: URL, _ work: () throws -> Result
  ) throws(SetupError) -> Result {
    do {
      return try work()
    } catch {
      throw failure(error, at: item)
    }
  }

  private static func failure(_ error: any Error, at item: URL) -> SetupError {
    let system = ((error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError) ?? error as NSError
    if system.domain == NSPOSIXErrorDomain {
      let code = Int32(system.code)
      if code == ENOSPC || code == EDQUOT { return .diskFull(path: item.path) }
      return .fileFailed(path: item.path, reason: String(cString: strerror(code)))
    }
    if (error as? CocoaError)?.code == .fileWriteOutOfSpace { return .diskFull(path: item.path) }
    return .fileFailed(path: item.path, reason: error.localizedDescription)
  }
}
