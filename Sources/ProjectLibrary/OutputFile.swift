import Glibc

/// A file stands where one was to be written, and nobody said that it may be replaced.
public struct FileExists: Error, Equatable, Sendable {
  public let path: String

  public init(path: String) { self.path = path }
}

/// Writes a file that a person named.
///
/// A regular file is whole, or as it was before; it keeps its permissions, and a link to it stays one.
/// What is no regular file, such as a pipe, is written into, whether anything may be replaced or not.
///
/// - Throws: `FileExists`; `LibraryError.system`; what `write` throws.
func writeFile(
  _ path: FilePath, replacing replaces: Bool, _ write: (borrowing FileDescriptor) throws -> Void
) throws {
  var status = stat()
  let isThere = path.withCString { stat($0, &status) } == 0
  if isThere && status.st_mode & S_IFMT == S_IFREG {
    guard replaces else { throw FileExists(path: path.text) }
    guard let file = path.resolved else {
      throw LibraryError.system(operation: "realpath", path: path.text, number: errno)
    }
    try writeWhole(file, permissions: status.st_mode & 0o777, write)
  } else if isThere || path.isLink {
    try write(try FileDescriptor(path, O_WRONLY | O_CREAT))
  } else {
    try writeWhole(path, permissions: nil, write)
  }
}

/// Writes beside the file, and gives that its name at the end.
private func writeWhole(
  _ path: FilePath, permissions: mode_t?, _ write: (borrowing FileDescriptor) throws -> Void
) throws {
  let temporary = FilePath(bytes: path.bytes + Array(".\(getpid()).part".utf8))
  do {
    // Closed before it gets its name.
    try fill(temporary, permissions, write)
    guard temporary.withCString({ old in path.withCString { rename(old, $0) } }) == 0 else {
      throw LibraryError.system(operation: "rename", path: path.text, number: errno)
    }
  } catch {
    _ = temporary.withCString(unlink)
    throw error
  }
}

private func fill(
  _ path: FilePath, _ permissions: mode_t?, _ write: (borrowing FileDescriptor) throws -> Void
) throws {
  let file = try FileDescriptor(path, O_WRONLY | O_CREAT | O_EXCL)
  if let permissions, fchmod(file.number, permissions) != 0 {
    throw LibraryError.system(operation: "fchmod", path: path.text, number: errno)
  }
  try write(file)
  guard fsync(file.number) == 0 else {
    throw LibraryError.system(operation: "fsync", path: path.text, number: errno)
  }
}

extension FilePath {
  fileprivate var isLink: Bool {
    var status = stat()
    return withCString { lstat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFLNK
  }
}
