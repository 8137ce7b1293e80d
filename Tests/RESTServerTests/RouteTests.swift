import CustomVisionAPI
import Testing

@testable import RESTServer

@Suite struct RouteTests {
  private func route(_ method: String, _ path: String) throws -> Route {
    try Route(method: method, path: path)
  }

  /// The path of an operation under its base path, with `x` in place of what varies.
  private func example(_ operation: ServiceOperation, version: String) -> String {
    let parts = operation.request.parts.map { $0.hasPrefix("{") ? "x" : $0 }
    return "/customvision/\(version)/\(operation.side)/\(parts.joined(separator: "/"))"
  }

  @Test(arguments: ServiceOperation.allCases)
  func everyOperationIsFoundInEveryVersion(operation: ServiceOperation) throws {
    let versions =
      operation.side == .training
      ? ["v3.0", "v3.1", "v3.2", "v3.3", "v3.4-preview", "V3.4-Preview"] : ["v3.0", "v3.1"]
    for version in versions {
      let path = example(operation, version: version)
      guard case .operation(let found, _) = try route(String(operation.request.method), path)
      else {
        Issue.record("\(path) is no operation")
        continue
      }
      #expect(found == operation)
    }
  }

  @Test func fixedWordsMatchInAnyCase() throws {
    #expect(
      try route("GET", "/CustomVision/v3.3/Training/Projects/AB/Tags")
        == .operation(.getTags, ["project": "AB"]))
  }

  @Test func slashesMayBeDoubled() throws {
    #expect(
      try route("GET", "//customvision/v3.3//training/domains/")
        == .operation(.getDomains, [:]))
  }

  @Test func partsAreDecodedAfterTheyAreSplit() throws {
    let path = "/customvision/v3.1/prediction/p/classify/iterations/my%20model%2F1/image"
    #expect(
      try route("POST", path) == .operation(.classifyImage, ["project": "p", "name": "my model/1"]))
  }

  @Test(
    arguments: [
      "/", "", "/customvision", "/customvision/v3.3/training", "/customvision/v9/training/domains",
      "/customvision/v3.3/prediction/p/classify/iterations/n/image",
      "/customvision/v3.3/training/projects/p/nothing", "/health/x", "/pictures/x/other",
    ])
  func otherPathsMeanNothing(path: String) {
    #expect { try route("GET", path) } throws: { ($0 as? ServiceError)?.status == 404 }
  }

  @Test func wrongMethodIsTold() {
    #expect { try route("PUT", "/customvision/v3.3/training/projects") } throws: {
      ($0 as? ServiceError)?.status == 405
    }
  }

  @Test(arguments: ["%", "%f", "%zz", "%ff", "a%c3"])
  func badlyEncodedPathsAreTheClientsMistake(part: String) {
    #expect { try route("GET", "/customvision/v3.3/training/projects/\(part)") } throws: {
      ($0 as? ServiceError)?.status == 400
    }
  }
}
