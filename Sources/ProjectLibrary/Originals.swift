import CFileSystem
import Dataset
import Glibc
import Imaging

/// The folder of image files, each under the SHA-256 of its bytes.
///
/// A file here is whole or absent: it is written under another name and renamed.
struct Originals: Sendable {
  let path: String

  init(path: String) throws(LibraryError) {
    self.path = path
    try makeFolder(path)
  }

  func path(of content: ContentHash) -> String {
    let digits = content.description
    return "\(path)/\(digits.prefix(2))/\(digits)"
  }

  /// Keeps a file's bytes, unless they are there already; a file that has changed is replaced. Shares the
  /// source's blocks where there is a source and the file system can.
  ///
  /// Durable only after `synchronise`.
  func keep(_ bytes: [UInt8], of content: ContentHash, from source: FilePath?) throws(LibraryError)
  {
    if try isSound(content) { return }
    let target = path(of: content)
    try makeFolder("\(path)/\(content.description.prefix(2))")
    try makeFolder(incoming)
    let temporary = "\(incoming)/\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    do throws(LibraryError) {
      let file = try FileDescriptor(FilePath(temporary), O_WRONLY | O_CREAT | O_EXCL)
      let isShared = source.map { clone($0, to: file) } ?? false
      if !(isShared && hash(of: temporary) == content) {
        guard ftruncate(file.number, 0) == 0 else {
          throw .system(operation: "ftruncate", path: temporary, number: errno)
        }
        try file.writeAll(bytes)
      }
      guard rename(temporary, target) == 0 else {
        throw .system(operation: "rename", path: target, number: errno)
      }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Removes what processes that were killed left half-written.
  func removeLeftovers() {
    guard let folder = opendir(incoming) else { return }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard let owner = name.split(separator: "-").first.flatMap({ pid_t($0) }) else { continue }
      if kill(owner, 0) != 0 && errno == ESRCH { unlink("\(incoming)/\(name)") }
    }
  }

  /// Where files are written before they are whole.
  private var incoming: String { "\(path)/incoming" }

  /// Reads an image's file back.
  func bytes(of content: ContentHash, name: String) throws(LibraryError) -> [UInt8] {
    let target = path(of: content)
    guard access(target, R_OK) == 0 else { throw .originalMissing(name: name, path: target) }
    let file = try FileDescriptor(FilePath(target), O_RDONLY)
    let size = try file.status().byteCount
    let bytes = try file.readAll(expecting: size, limit: size)
    guard sha256(bytes) == content.bytes else {
      throw .originalDamaged(name: name, path: target)
    }
    return bytes
  }

  /// Removes a file; one that is not there is passed over.
  func remove(_ content: ContentHash) { unlink(path(of: content)) }

  /// Why an image's file is not what it was; `nil` when it is.
  func fault(of content: ContentHash, name: String) -> LibraryError? {
    do {
      _ = try bytes(of: content, name: name)
      return nil
    } catch {
      return error
    }
  }

  /// Whether a file is there and what it was.
  ///
  /// - Throws: `.system` where that cannot be told.
  private func isSound(_ content: ContentHash) throws(LibraryError) -> Bool {
    switch fault(of: content, name: "") {
    case nil: return true
    case .originalMissing, .originalDamaged: return false
    case .some(let error): throw error
    }
  }

  /// Brings everything kept so far onto the disk.
  func synchronise() throws(LibraryError) {
    let folder = try FileDescriptor(FilePath(path), O_RDONLY | O_DIRECTORY)
    guard CFileSystem_syncfs(folder.number) == 0 else {
      throw .system(operation: "syncfs", path: path, number: errno)
    }
  }

  /// Shares the blocks of the source; `false` where the file systems cannot.
  private func clone(_ source: FilePath, to target: borrowing FileDescriptor) -> Bool {
    let descriptor = source.withCString { open($0, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return CFileSystem_clone(target.number, descriptor) == 0
  }

  /// The source may have changed since its bytes were read: what was shared is looked at again.
  private func hash(of path: String) -> ContentHash? {
    // A file that cannot be read back is simply written out.
    guard let file = try? FileDescriptor(FilePath(path), O_RDONLY), let size = try? file.status(),
      let bytes = try? file.readAll(expecting: size.byteCount, limit: size.byteCount)
    else { return nil }
    return ContentHash(bytes: sha256(bytes))
  }
}
