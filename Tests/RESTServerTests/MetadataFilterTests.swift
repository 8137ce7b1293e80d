import Testing

@testable import RESTServer

@Suite struct MetadataFilterTests {
  private static let image = ["color": "red", "size": "it's big"]

  @Test(arguments: [
    ("color eq 'red'", true), ("color eq 'Red'", false), ("color ne 'red'", false),
    ("metadata=color eq 'red'", true), (" Metadata=color EQ 'red' ", true),
    ("shape ne 'round'", true), ("shape eq ''", false), ("size eq 'it''s big'", true),
    ("color eq 'blue' or size ne 'x' and color eq 'red'", true),
    ("(color eq 'blue' or size ne 'x') and color eq 'blue'", false),
    ("'color' eq 'red'", true),
  ])
  func conditionHolds(text: String, isMet: Bool) throws {
    #expect(try MetadataFilter(text).admits(Self.image) == isMet)
  }

  @Test func andBindsCloserThanOr() throws {
    let filter = try MetadataFilter("a eq '1' or b eq '2' and c ne '3'")
    #expect(
      filter
        == .any([
          .equal(key: "a", value: "1"),
          .all([.equal(key: "b", value: "2"), .different(key: "c", value: "3")]),
        ]))
  }

  @Test(arguments: [
    "", "metadata=", "color", "color eq", "color eq red", "color eq 'red", "color like 'red'",
    "color eq 'red' and", "(color eq 'red'", "color eq 'red')", "or color eq 'red'",
    String(repeating: "(", count: 100_000),
  ])
  func whatIsNoFilterIsRefused(text: String) {
    #expect(throws: ServiceError.self) { try MetadataFilter(text) }
  }
}
