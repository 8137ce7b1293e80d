import Glibc

/// Makes a folder and those above it; one that is there already is fine.
func makeFolder(_ path: String) throws(LibraryError) {
  if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
  let parent = path.split(separator: "/", omittingEmptySubsequences: true).dropLast()
  guard errno == ENOENT, !parent.isEmpty else {
    throw .system(operation: "mkdir", path: path, number: errno)
  }
  try makeFolder((path.hasPrefix("/") ? "/" : "") + parent.joined(separator: "/"))
  if mkdir(path, 0o777) != 0 && errno != EEXIST {
    throw .system(operation: "mkdir", path: path, number: errno)
  }
}

/// An open file, closed with the value's last use.
struct FileDescriptor: ~Copyable {
  let number: Int32
  let path: FilePath

  /// Opens a file; traps nothing: what goes wrong is the operating system's word.
  init(_ path: FilePath, _ flags: Int32, mode: mode_t = 0o666) throws(LibraryError) {
    let number = path.withCString { open($0, flags | O_CLOEXEC, mode) }
    guard number >= 0 else {
      throw .system(operation: "open", path: path.text, number: errno)
    }
    self.number = number
    self.path = path
  }

  deinit { close(number) }

  /// Whether it is a regular file, and its size in bytes.
  func status() throws(LibraryError) -> (isRegular: Bool, byteCount: Int) {
    var status = stat()
    guard fstat(number, &status) == 0 else {
      throw .system(operation: "fstat", path: path.text, number: errno)
    }
    return (status.st_mode & S_IFMT == S_IFREG, Int(status.st_size))
  }

  /// Reads to the end of the file, `limit` bytes at most.
  func readAll(expecting byteCount: Int, limit: Int) throws(LibraryError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(byteCount, limit) + 1)
    // One byte more than expected is asked for, so that a file that grew is noticed.
    var chunk = [UInt8](repeating: 0, count: min(max(byteCount + 1, 4_096), 1 << 20))
    while bytes.count < limit {
      let count = read(number, &chunk, min(chunk.count, limit - bytes.count))
      if count < 0 {
        if errno == EINTR { continue }
        throw .system(operation: "read", path: path.text, number: errno)
      }
      if count == 0 { break }
      bytes.append(contentsOf: chunk[..<count])
    }
    return bytes
  }

  func writeAll(_ bytes: [UInt8]) throws(LibraryError) {
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { write(number, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw .system(operation: "write", path: path.text, number: errno)
      }
      start += count
    }
  }
}

/// The bytes of a path: on Linux a file's name may be in any encoding, or in none.
struct FilePath: Hashable, Sendable {
  /// Without the final zero.
  let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }
  init(_ text: String) { bytes = Array(text.utf8) }

  /// For people: bytes that are not UTF-8 become U+FFFD.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The name after the last slash.
  var name: FilePath {
    FilePath(bytes: bytes.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? bytes)
  }

  /// The path without its last name: `.` for a bare name.
  var parent: FilePath {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return FilePath(".") }
    return slash == 0 ? FilePath("/") : FilePath(bytes: Array(bytes[..<slash]))
  }

  /// Where it leads, through every link; `nil` with the reason in `errno` where it leads nowhere.
  var resolved: FilePath? {
    guard let path = withCString({ realpath($0, nil) }) else { return nil }
    defer { free(path) }
    return FilePath(bytes: (0..<strlen(path)).map { UInt8(bitPattern: path[$0]) })
  }

  func appending(_ name: [UInt8]) -> FilePath {
    FilePath(
      bytes: bytes.last == UInt8(ascii: "/")
        ? bytes + name : bytes + [UInt8(ascii: "/")] + name)
  }

  func withCString<Value>(_ body: (UnsafePointer<CChar>) -> Value) -> Value {
    (bytes + [0]).withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { chars in
        // A buffer of at least one element has a base address.
        body(chars.baseAddress!)
      }
    }
  }
}
