import Foundation
import ProjectLibrary
import Testing

/// Files that a person names to be written.
@Suite struct OutputFileTests {
  private let table = LabelTable([LabelRow(path: "a.jpg", content: nil, tags: ["red"], line: 2)])
  private var text: String { table.text(as: .csv) }

  private func withFolder(_ work: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("tagbench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try work(folder.path)
  }

  private func write(_ path: String, replacing: Bool = false) throws {
    try table.write(to: path, as: .csv, replacing: replacing)
  }

  private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test func aFileIsReplacedWhereThatIsSaidAndKeepsItsPermissions() throws {
    try withFolder { folder in
      let file = "\(folder)/labels.csv"
      try write(file)
      #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
      try Data("mine".utf8).write(to: URL(fileURLWithPath: file))
      chmod(file, 0o600)
      #expect(throws: FileExists(path: file)) { try write(file) }
      #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
      try write(file, replacing: true)
      #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
      var status = stat()
      #expect(stat(file, &status) == 0 && status.st_mode & 0o777 == 0o600)
      #expect(try names(in: folder) == ["labels.csv"])
    }
  }

  @Test(arguments: [true, false])
  func aLinkStaysOne(leadsSomewhere: Bool) throws {
    try withFolder { folder in
      let (file, link) = ("\(folder)/a", "\(folder)/b")
      if leadsSomewhere { try Data().write(to: URL(fileURLWithPath: file)) }
      #expect(symlink("a", link) == 0)
      try write(link, replacing: leadsSomewhere)
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "a")
      #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
      #expect(try names(in: folder) == ["a", "b"])
    }
  }

  @Test(arguments: [true, false])
  func aPipeIsWrittenInto(replacing: Bool) throws {
    try withFolder { folder in
      let pipe = "\(folder)/pipe"
      #expect(mkfifo(pipe, 0o600) == 0)
      // Open to read and write, it waits for nobody.
      let end = open(pipe, O_RDWR | O_CLOEXEC)
      defer { close(end) }
      try write(pipe, replacing: replacing)
      var bytes = [UInt8](repeating: 0, count: 1_000)
      let count = read(end, &bytes, bytes.count)
      #expect(String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self) == text)
      var status = stat()
      #expect(lstat(pipe, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
      #expect(try names(in: folder) == ["pipe"])
    }
  }

  @Test func aFolderIsLeftAlone() throws {
    try withFolder { folder in
      let error = #expect(throws: LibraryError.self) { try write(folder, replacing: true) }
      #expect(error == .system(operation: "open", path: folder, number: EISDIR))
    }
  }
}
