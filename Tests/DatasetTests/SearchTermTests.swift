import Dataset
import Testing
import WorkbenchTesting

@Suite struct SearchTermTests {
  @Test func termsAreReadAsTheyAreTyped() {
    let expected: [(String, [SearchTerm])] = [
      ("", []),
      ("rose", [.text("rose")]),
      ("tag:dai name:IMG", [.tag(.init("dai")), .name("IMG")]),
      (#"predicted:"sweet pea""#, [.predicted(.init("sweet pea", isWhole: true))]),
      ("untagged wrong tagged", [.untagged, .wrong, .not(.untagged)]),
      ("p<0.6 p>=90", [.probability(.less, 0.6), .probability(.greaterOrEqual, 0.9)]),
      ("size>1mb size<=1.5kb", [.size(.greater, 1_000_000), .size(.lessOrEqual, 1500)]),
      ("-tag:daisy -rose", [.not(.tag(.init("daisy"))), .not(.text("rose"))]),
      (#""two words" TAG:x"#, [.text("two words"), .tag(.init("x"))]),
    ]
    for (text, terms) in expected { #expect(SearchTerm.terms(in: text) == terms, "\(text)") }
  }

  @Test func whatIsHalfTypedIsHarmless() {
    for text in ["tag:", "-", "p<", "p<0..1", "size>", "size>1xb", "\"", "p<1e9", "p<nan"] {
      for term in SearchTerm.terms(in: text) {
        guard case .text = term else {
          Issue.record("\(text) is taken for \(term)")
          continue
        }
      }
    }
  }

  @Test func whatLooksLikeATermAndIsNoneIsNamed() {
    let unknown = ["size>1xb", "bogus:x", "tag:", "-p<x", "-colour:red"]
    for text in unknown { #expect(SearchTerm.unknownTerms(in: "rose \(text)") == [text]) }
    for text in [
      "", "rose", "tag:daisy p<0.6 size>=1mb -wrong", "\"two: words\"", "12:30", "-", "park.jpg",
      "predicted:\"sweet pea\"",
    ] {
      #expect(SearchTerm.unknownTerms(in: text) == [])
    }
  }

  @Test func aWholeNameIsReadBack() {
    for name in ["daisy", "sweet pea", "-x", "雛 菊", "p<1"] {
      let text = SearchTerm.text(key: "tag", wholeName: name)
      #expect(SearchTerm.terms(in: text) == [.tag(.init(name, isWhole: true))])
    }
  }

  @Test(arguments: 0..<200) func anythingCanBeTyped(seed: Int) {
    var random = SplitMix64(seed: seed)
    let letters = Array("tag:\"-p<>=.01 size mb雛\u{301}wrong")
    let text = String((0..<12).map { _ in letters.randomElement(using: &random) ?? "a" })
    // Inside quotes that are not closed a blank is part of the word.
    let isOpen = !text.count { $0 == "\"" }.isMultiple(of: 2)
    #expect(SearchTerm.terms(in: text) == SearchTerm.terms(in: text + (isOpen ? "" : " ")))
  }
}
