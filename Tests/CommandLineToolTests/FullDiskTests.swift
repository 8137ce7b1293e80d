import Foundation
import Glibc
import Testing

/// A disk that fills, played by a small file system in memory; needs the right to mount one.
@Suite(.enabled(if: SmallDisk.canBeMade, "needs tagbench beside the tests, and the right to mount"))
struct FullDiskTests {
  @Test func anImportKeepsWhatFitsAndGoesOnLater() throws {
    let library = try TestLibrary(embeds: false)
    let disk = try SmallDisk(at: library.folder.appending(path: "library"), megabytes: 7)
    try library.done("project", "create", "flowers")
    let folder = try library.copyMarkedSamples(rounds: 2)
    let outcome = try library.run("import", folder, "--tags-from-folders")
    #expect(outcome.exitCode == 1)
    #expect(outcome.standardError.contains("disk is full"))
    #expect(outcome.standardError.split(separator: "\n").count == 1)
    try disk.grow(toMegabytes: 40)
    #expect(try LibraryInspection(library.path).faults() == [])
    let kept = try #require(try library.done("status")["imageCount"]?.integer)
    #expect((1..<236).contains(kept))
    let rest = try library.run("import", folder, "--tags-from-folders", "--json").document()
    #expect(rest["imported"]?.integer == 236 - kept)
    #expect(rest["duplicates"]?.integer == kept)
    #expect(try LibraryInspection(library.path).faults() == [])
  }

  @Test func whatIsTaggedIsSavedOrRefused() throws {
    let library = try TestLibrary(embeds: false)
    let disk = try SmallDisk(at: library.folder.appending(path: "library"), megabytes: 12)
    try library.done("project", "create", "flowers")
    try library.copySamples(of: "daisy", count: 20, to: "daisy")
    try library.done("import", "\(library.folder.path)/daisy")
    try library.done("tag", "create", "daisy")
    let paths = try library.done("image", "list").strings("path")
    try disk.fill()
    var acknowledged: [String] = []
    for path in paths {
      let outcome = try library.run("label", "add", "daisy", path)
      if outcome.exitCode == 0 {
        acknowledged.append(path)
      } else {
        #expect(outcome.standardError.contains("disk is full"))
      }
    }
    #expect(acknowledged.count < 20)
    try disk.grow(toMegabytes: 40)
    #expect(try LibraryInspection(library.path).faults() == [])
    let tagged = try library.done("image", "list", "--tag", "daisy").strings("path")
    #expect(tagged == acknowledged)
    try library.done(
      "label", "add", "daisy", try #require(try library.done("image", "list").strings("path").last))
  }

  /// Fewer pictures than are kept at a time.
  @Test(.enabled(if: TestProgram.canEmbed, "needs the runtime"))
  func whereEmbeddingsFindNoRoomTheDiskIsToldToBeFull() throws {
    let library = try TestLibrary()
    let disk = try SmallDisk(at: library.folder.appending(path: "library"), megabytes: 12)
    try library.done("project", "create", "flowers", "--domain", "compact")
    for tag in ["daisy", "dahlia"] {
      try library.copySamples(of: tag, count: 8, to: "photos/\(tag)")
    }
    let photos = "\(library.folder.path)/photos"
    let imported = try library.start(
      ["import", photos, "--tags-from-folders"], embeds: false)
    _ = try imported.finish()
    try disk.fill()
    for command in ["train", "queue"] {
      let outcome = try library.run(command)
      #expect(outcome.exitCode == 1)
      #expect(outcome.standardError.contains("disk is full"), "\(outcome.standardError)")
    }
    try disk.grow(toMegabytes: 40)
    try library.done("train")
  }
}

/// A file system in memory of a few megabytes, gone with the object.
private final class SmallDisk {
  private let path: String

  static let canBeMade: Bool = {
    guard TestProgram.isBuilt, getuid() == 0 else { return false }
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: UUID().uuidString)
    return (try? SmallDisk(at: folder, megabytes: 1)) != nil
  }()

  init(at folder: URL, megabytes: Int) throws {
    path = folder.path
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try mount(0, megabytes)
  }

  deinit { umount2(path, Int32(MNT_DETACH)) }

  func grow(toMegabytes megabytes: Int) throws { try mount(UInt(MS_REMOUNT), megabytes) }

  /// Leaves room for nothing.
  func fill() throws {
    let file = open("\(path)/ballast", O_WRONLY | O_CREAT, 0o600)
    guard file >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    defer { close(file) }
    let bytes = [UInt8](repeating: 1, count: 4_096)
    while write(file, bytes, bytes.count) > 0 {}
  }

  private func mount(_ flags: UInt, _ megabytes: Int) throws {
    guard Glibc.mount("tmpfs", path, "tmpfs", flags, "size=\(megabytes)m") == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
  }
}
