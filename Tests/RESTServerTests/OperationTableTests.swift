import CustomVisionAPI
import Foundation
import Testing

@testable import RESTServer

/// `OPERATIONS.md` says the truth about what is there, and which step proves it.
@Suite struct OperationTableTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The cells of the table's rows by the name of the operation.
  private func rows() throws -> [String: [String]] {
    let document = try String(
      contentsOf: Self.root.appending(path: "Sources/RESTServer/OPERATIONS.md"), encoding: .utf8)
    let rows = document.split(separator: "\n").filter { $0.hasPrefix("| ") }.map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    return Dictionary(rows.map { ($0[0], $0) }) { first, _ in first }
  }

  @Test(arguments: ServiceOperation.allCases)
  func rowSaysWhetherTheOperationIsThere(operation: ServiceOperation) throws {
    let row = try #require(try rows()[operation.rawValue])
    #expect(row[1] == "`\(operation.pattern)`")
    #expect(row[2] == (operation.isOfDetection ? "refused" : "yes"))
  }

  @Test func testsThatAreNamedExist() throws {
    let script = try String(
      contentsOf: Self.root.appending(
        path: "Tests/CommandLineToolTests/Fixtures/custom_vision_round.py"), encoding: .utf8)
    let rows = try rows()
    for operation in ServiceOperation.allCases {
      let steps = rows[operation.rawValue]?[3].split(separator: "`").filter { $0.contains("_") }
      for step in steps ?? [] { #expect(script.contains("\ndef \(step)():"), "\(step)") }
      #expect(steps?.isEmpty == false)
    }
  }
}
