import Dataset
import Foundation
import ProjectLibrary
import Testing
import WorkbenchTesting

@Suite struct LabelTableTests {
  private func csv(_ text: String) throws -> [LabelRow] {
    try LabelTable(reading: Array(text.utf8), as: .csv).rows
  }

  @Test(arguments: LabelTableFormat.allCases, 0..<40)
  func whatIsWrittenIsReadAgain(format: LabelTableFormat, seed: Int) throws {
    var generator = SplitMix64(seed: seed)
    let scalars: [Character] = [
      "a", "é", "\"", ",", ";", "\t", "\n", "\r", " ", "'", "|", "漢", "=", "\\", "{", "\r\n",
    ]
    func text() -> String {
      String(
        (0..<Int.random(in: 1..<9, using: &generator)).map { _ in
          scalars.randomElement(using: &generator) ?? "a"
        })
    }
    let rows = (0..<20).map { index in
      LabelRow(
        path: text(), content: Bool.random(using: &generator) ? nil : "00ff",
        tags: (0..<Int.random(in: 0..<2, using: &generator)).map { _ in text() }, line: index + 1)
    }
    let read = try LabelTable(
      reading: Array(LabelTable(rows).text(as: format).utf8), as: format
    ).rows
    #expect(read.map(\.path) == rows.map(\.path))
    #expect(read.map(\.tags) == rows.map(\.tags))
    #expect(read.map(\.content) == rows.map(\.content))
  }

  @Test func otherProgramsCSVIsRead() throws {
    let expected = [
      LabelRow(path: "a.jpg", content: nil, tags: ["red"], line: 2),
      LabelRow(path: "b, c.jpg", content: nil, tags: [], line: 4),
    ]
    #expect(try csv("filename,label\na.jpg,red\n\n\"b, c.jpg\",\n") == expected)
    #expect(try csv("\u{FEFF}FileName;Label\r\na.jpg;red\r\n\r\nb, c.jpg;") == expected)
    #expect(
      try csv("size\tlabel\timage\n7\tred\ta.jpg\n\n8\t\tb, c.jpg") == expected)
  }

  @Test func aDamagedTableIsRefusedWithItsLine() {
    #expect(throws: LabelTableError.quoteOpen(line: 3)) {
      try csv("path,tag\na,b\nc,\"d\ne,f\n")
    }
    #expect(throws: LabelTableError.wrongFieldCount(line: 3, expected: 2, found: 3)) {
      try csv("path,tag\na,b\nc,d,e\n")
    }
    #expect(throws: LabelTableError.columnMissing(found: ["name", "tag"])) { try csv("name,tag\n") }
    #expect(throws: LabelTableError.columnMissing(found: [])) { try csv("") }
    #expect(throws: LabelTableError.notUTF8) {
      try LabelTable(reading: [0x70, 0xFF, 0x0A], as: .csv)
    }
    #expect(throws: LabelTableError.self) { try LabelTable(reading: Array("{}".utf8), as: .json) }
    #expect(throws: LabelTableError.noJSONList(reason: "element 2, path")) {
      try LabelTable(reading: Array(#"[{"path":"a"},{"path":7}]"#.utf8), as: .json)
    }
  }

  private func scene(_ type: ClassificationType = .multiclass) async throws -> TemporaryLibrary {
    let temporary = try TemporaryLibrary(type: type)
    try temporary.writePictures(["red", "green"], count: 3)
    _ = try await temporary.importPhotos()
    return temporary
  }

  @Test(arguments: LabelTableFormat.allCases)
  func labelsMoveToAnotherLibrary(format: LabelTableFormat) async throws {
    let source = try await scene()
    let table = try source.library.labelTable(of: source.project.id)
    let target = try TemporaryLibrary()
    try target.writePictures(["red", "green"], count: 3)
    _ = try await target.importPhotos(tagging: .none)
    let read = try LabelTable(reading: Array(table.text(as: format).utf8), as: format)
    let report = try target.library.importLabels(read, into: target.project)
    #expect(report.changedCount == 6 && report.refused.isEmpty)
    #expect(report.madeTags == ["green", "red"])
    // Paths differ; the content finds each.
    #expect(try target.labels() == source.labels())
    _ = try target.library.undo(in: target.project.id)
    #expect(try target.library.tagCounts(of: target.project.id).isEmpty)
    #expect(try target.labels().values.allSatisfy { $0.allSatisfy(\.isEmpty) })
  }

  @Test func whatCannotBeTakenOverIsTold() async throws {
    let temporary = try await scene()
    let rows = try csv(
      """
      path,tag
      0.png,blue
      none.png,blue
      \(temporary.folder.path)/photos/red/1.png,green
      \(temporary.folder.path)/photos/red/2.png,green
      \(temporary.folder.path)/photos/red/2.png,blue
      \(temporary.folder.path)/photos/green/1.png,
      """)
    let report = try temporary.library.importLabels(LabelTable(rows), into: temporary.project)
    #expect(
      report.refused.map(\.reason) == [
        .imagesOfOneName(count: 2), .imageUnknown, .tagsExclude(["green", "blue"]),
      ])
    #expect(report.refused.map(\.line) == [2, 3, 5])
    #expect(report.changedCount == 1 && report.unchangedCount == 1 && report.madeTags.isEmpty)
  }

  @Test func filesOfOnePathAreNotToldApartByIt() async throws {
    let temporary = try await scene()
    let path = "\(temporary.folder.path)/photos/red/1.png"
    try temporary.writePicture("red/1.png", classIndex: 0, seed: 77)
    _ = try await temporary.importPhotos()
    let rows = [LabelRow(path: path, content: nil, tags: ["blue"], line: 1)]
    let report = try temporary.library.importLabels(LabelTable(rows), into: temporary.project)
    #expect(report.refused.map(\.reason) == [.imagesOfOneName(count: 2)])
  }

  @Test func replacingTakesOtherTagsAway() async throws {
    let temporary = try await scene(.multilabel)
    let (library, project) = (temporary.library, temporary.project)
    let path = "\(temporary.folder.path)/photos/red/1.png"
    let rows = [LabelRow(path: path, content: nil, tags: ["blue", "round"], line: 1)]
    _ = try library.importLabels(LabelTable(rows), into: project)
    let names = try library.tagNames(of: project.id)
    func tags() throws -> Set<String> {
      Set(
        try library.images(named: path, of: project.id)[0].tags.compactMap { names[$0] })
    }
    #expect(try tags() == ["red", "blue", "round"])
    _ = try library.importLabels(LabelTable(rows), into: project, mode: .replace)
    #expect(try tags() == ["blue", "round"])
  }
}
