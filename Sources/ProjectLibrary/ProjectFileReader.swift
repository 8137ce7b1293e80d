import Glibc

/// Reads the entries of a project file one after another, and nothing beyond what each says it holds.
struct ProjectFileReader: ~Copyable {
  private let file: FileDescriptor
  private let byteCount: Int
  private var offset = 0

  /// - Throws: `.notAProjectFile` for what is no file, `LibraryError.system`.
  static func opening(_ path: FilePath) throws -> ProjectFileReader {
    // Not waiting for what is a pipe.
    let file = try FileDescriptor(path, O_RDONLY | O_NONBLOCK)
    let status = try file.status()
    guard status.isRegular else { throw ProjectFileError.notAProjectFile }
    return ProjectFileReader(file: file, byteCount: status.byteCount)
  }

  private init(file: consuming FileDescriptor, byteCount: Int) {
    self.file = file
    self.byteCount = byteCount
  }

  /// The next entry; `nil` at the archive's end.
  ///
  /// - Parameter limit: The most bytes that an entry of that name may have.
  /// - Throws: `ProjectFileError`, `LibraryError.system`.
  mutating func next(
    limit: (String) throws -> Int
  ) throws -> (name: String, bytes: [UInt8])? {
    let start = offset
    let block = try take(TarHeader.byteCount)
    if block.allSatisfy({ $0 == 0 }) { return nil }
    guard let header = TarHeader(reading: block) else {
      throw start == 0 ? ProjectFileError.notAProjectFile : .headerDamaged(offset: start)
    }
    let most = try limit(header.name)
    if header.size > most {
      throw ProjectFileError.tooLarge(entry: header.name, byteCount: header.size, limit: most)
    }
    let bytes = try take(header.size)
    _ = try take(TarHeader.padding(after: header.size))
    return (header.name, bytes)
  }

  private mutating func take(_ count: Int) throws -> [UInt8] {
    // Looked at before room is made: a header may say anything.
    guard count <= byteCount - offset else {
      throw offset == 0 ? ProjectFileError.notAProjectFile : .truncated
    }
    let bytes = try file.readAll(expecting: max(0, count - 1), limit: count)
    guard bytes.count == count else { throw ProjectFileError.truncated }
    offset += count
    return bytes
  }
}
