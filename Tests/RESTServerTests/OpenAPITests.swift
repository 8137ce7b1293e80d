import CustomVisionAPI
import Foundation
import Testing

@testable import RESTServer

/// The description at `/openapi.json` tells what is served.
@Suite struct OpenAPITests {
  private typealias Object = [String: Any]

  private static func document() throws -> Object {
    let data = Data(OpenAPI.document.text.utf8)
    return try #require(try JSONSerialization.jsonObject(with: data) as? Object)
  }

  /// Each operation's entry with its path and method, by its name.
  private static func entries() throws -> [String: (path: String, method: String, entry: Object)] {
    let paths = try #require(try document()["paths"] as? [String: Object])
    var entries: [String: (path: String, method: String, entry: Object)] = [:]
    for (path, methods) in paths {
      for (method, entry) in methods {
        let entry = try #require(entry as? Object)
        entries[try #require(entry["operationId"] as? String)] = (path, method, entry)
      }
    }
    return entries
  }

  @Test func everyOperationThatIsServedIsThereAndNoOther() throws {
    let served = ServiceOperation.allCases.filter { !$0.isOfDetection }.map(\.rawValue)
    #expect(Set(try Self.entries().keys) == Set(served))
  }

  @Test(arguments: ServiceOperation.allCases.filter { !$0.isOfDetection })
  func entriesLeadToTheirOperations(operation: ServiceOperation) throws {
    let (path, method, entry) = try #require(try Self.entries()[operation.rawValue])
    let route = try Route(method: method.uppercased(), path: path)
    #expect(route.name == operation.rawValue)
    let parameters = try #require(entry["parameters"] as? [[String: Any]])
    let inPath = parameters.filter { $0["in"] as? String == "path" }
    #expect(inPath.count == path.count { $0 == "{" })
    #expect(inPath.allSatisfy { $0["required"] as? Bool == true })
    #expect((entry["requestBody"] != nil) == (operation.body != .nothing))
    let responses = try #require(entry["responses"] as? Object)
    #expect(Set(responses.keys) == Set(operation.successes.map(String.init) + ["default"]))
  }

  /// What the sources read from queries is what the description says.
  @Test func queriesAreThoseThatAreRead() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/RESTServer")
    var read: Set<String> = []
    for file in try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil) where file.pathExtension == "swift"
    {
      let source = try String(contentsOf: file, encoding: .utf8)
      let names = source.matches(of: #/query\.[a-z]+\(\s*"([^"]+)"/#).map { String($0.1) }
      read.formUnion(names)
    }
    // Another way of writing `$filter`.
    read.remove("filter")
    #expect(read == Set(ServiceOperation.allCases.flatMap { $0.query.map(\.name) }))
  }
}
