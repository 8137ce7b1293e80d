import Dataset
import Foundation
import ProjectStore

@testable import ProjectLibrary

/// Imports a project file. What is refused leaves no project behind; what is taken in can be written and
/// read again.
@Sendable func importProject(_ bytes: [UInt8]) {
  FuzzLibrary.current.withFreshLibrary { library, folder in
    let file = "\(folder)/project.tar"
    guard FileManager.default.createFile(atPath: file, contents: Data(bytes)) else {
      fatalError("\(file) cannot be written")
    }
    let before = try library.projects().count
    let report: ProjectFileReport
    do { report = try library.readProjectFile(file, named: nil) } catch {
      precondition(
        error is ProjectFileError || error is LibraryError, "not a refusal: \(error)")
      let after = try library.projects().count
      precondition(after == before, "a refused project is there")
      return false
    }
    let copy = "\(folder)/copy.tar"
    let count = try library.writeProjectFile(copy, of: report.project, replacing: true)
    let again = try library.readProjectFile(copy, named: "again")
    precondition(count == report.imageCount && again.imageCount == count)
    precondition(again.refused == [], "\(again.refused)")
    return true
  }
}

/// Where projects are imported: a library in memory, begun anew when something was taken in.
private final class FuzzLibrary {
  nonisolated(unsafe) static let current = FuzzLibrary()

  private let folder = "/dev/shm/tagbench-fuzz-\(getpid())"
  private var library: Library?

  /// - Parameter body: Says whether it left projects in the library.
  func withFreshLibrary(_ body: (Library, String) throws -> Bool) {
    do {
      let library =
        try self.library
        ?? Library(path: "\(folder)/library", actor: "fuzz") { _ in
          fatalError("embeddings are no part of a project file")
        }
      self.library = library
      guard try body(library, folder) else { return }
      self.library = nil
      try FileManager.default.removeItem(atPath: folder)
    } catch {
      fatalError("\(error)")
    }
  }
}

/// Gives every entry of an archive the checksum that its header should have, and every picture the name
/// that its bytes should have: hardly any change would get past them otherwise.
func withSoundEntries(_ bytes: [UInt8]) -> [UInt8] {
  var mended = bytes
  var offset = 0
  while offset + TarHeader.byteCount <= bytes.count {
    let block = Array(mended[offset..<offset + TarHeader.byteCount])
    let name = String(decoding: block.prefix { $0 != 0 }.prefix(100), as: UTF8.self)
    let digits = block[124..<136].prefix { (0x30...0x37).contains($0) }
    guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 8),
      size <= bytes.count - offset - TarHeader.byteCount,
      name.utf8.allSatisfy({ (0x20..<0x7F).contains($0) })
    else { break }
    var header = TarHeader(name: name, size: size)
    let content = mended[(offset + TarHeader.byteCount)...].prefix(size)
    let prefix = ProjectManifest.entryName(ofContent: "")
    if name.hasPrefix(prefix), name.utf8.count == prefix.utf8.count + 64 {
      let hash = contentHash(of: Array(content)).description
      replace(String(name.dropFirst(prefix.count)), by: hash, in: &mended)
      header = TarHeader(name: prefix + hash, size: size)
    }
    mended.replaceSubrange(offset..<offset + TarHeader.byteCount, with: header.bytes)
    offset += TarHeader.byteCount + size + TarHeader.padding(after: size)
  }
  return mended
}

/// Replaces text by other text of the same length.
private func replace(_ text: String, by other: String, in bytes: inout [UInt8]) {
  let (old, new) = (Array(text.utf8), Array(other.utf8))
  var start = 0
  while let place = bytes[start...].firstRange(of: old)?.lowerBound {
    bytes.replaceSubrange(place..<place + old.count, with: new)
    start = place + new.count
  }
}
