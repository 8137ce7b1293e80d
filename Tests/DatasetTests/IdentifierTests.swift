import Dataset
import Testing
import WorkbenchTesting

@Suite struct IdentifierTests {
  @Test(arguments: 0..<200)
  func guidsRoundTripThroughTextAndBytes(seed: Int) {
    var generator = SplitMix64(seed: seed)
    let guid = GUID.random(using: &generator)
    #expect(GUID(guid.description) == guid)
    #expect(GUID(guid.description.uppercased()) == guid)
    #expect(GUID(bytes: guid.bytes) == guid)
  }

  @Test func guidsAreWrittenAsTheContractDemands() {
    let guid = GUID(high: 0xEE85_A74C_405E_4ADC, low: 0xBB47_FFA8_CA0C_9F31)
    #expect(guid.description == "ee85a74c-405e-4adc-bb47-ffa8ca0c9f31")
  }

  @Test(arguments: [
    "", "ee85a74c", "ee85a74c-405e-4adc-bb47-ffa8ca0c9f3", "ee85a74c-405e-4adc-bb47-ffa8ca0c9f311",
    "ee85a74c0405e-4adc-bb47-ffa8ca0c9f31", "{e85a74c-405e-4adc-bb47-ffa8ca0c9f31}",
    "ee85a74c-405e-4adc-bb47-ffa8ca0c9fé1",
  ])
  func otherTextIsNoGUID(text: String) { #expect(GUID(text) == nil) }

  @Test func randomGUIDsSayThatTheyAreRandom() {
    let text = Array(GUID.random().description)
    #expect(text[14] == "4")
    #expect("89ab".contains(text[19]))
  }

  @Test func contentHashesRoundTrip() throws {
    let hash = try #require(ContentHash(bytes: (0..<32).map { UInt8($0 * 7) }))
    #expect(ContentHash(hash.description) == hash)
    #expect(ContentHash("zz" + hash.description.dropFirst(2)) == nil)
    #expect(ContentHash(bytes: [1, 2, 3]) == nil)
  }
}

@Suite struct TaggingRulesTests {
  let daisy = Tag(id: .random(), name: "daisy")
  let dahlia = Tag(id: .random(), name: "dahlia")
  let other = Tag(id: .random(), name: "other", kind: .negative)

  func rules(_ type: ClassificationType) -> TaggingRules {
    TaggingRules(type: type, tags: [daisy, dahlia, other])
  }

  @Test func multiclassReplaces() {
    #expect(rules(.multiclass).tags(after: .add(dahlia.id), from: [daisy.id]) == [dahlia.id])
  }

  @Test func multilabelAddsInTheOrderOfTheList() {
    #expect(
      rules(.multilabel).tags(after: .add(daisy.id), from: [dahlia.id]) == [daisy.id, dahlia.id])
  }

  @Test func negativeExcludesTheRest() {
    let rules = rules(.multilabel)
    #expect(rules.tags(after: .add(other.id), from: [daisy.id, dahlia.id]) == [other.id])
    #expect(rules.tags(after: .add(daisy.id), from: [other.id]) == [daisy.id])
    #expect(!rules.allow([daisy.id, other.id]))
  }

  @Test func whatAnOperationGivesIsAlwaysAllowed() {
    for type in ClassificationType.allCases {
      let rules = rules(type)
      var borne: [TagID] = []
      for tag in [daisy, other, dahlia, daisy, other, dahlia, daisy] {
        borne = rules.tags(after: .add(tag.id), from: borne)
        #expect(rules.allow(borne))
        #expect(borne.contains(tag.id))
      }
    }
  }
}
