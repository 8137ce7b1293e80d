import Imaging
import Testing

@testable import SampleData

@Suite struct PainterTests {
  @Test(arguments: Species.allCases)
  func oneSeedGivesTheSameBytes(species: Species) throws {
    let picture = SamplePlan.Picture(
      tag: species, shown: species, number: 1, width: 96, height: 72, format: .jpeg, quality: 85,
      seed: 7)
    #expect(try picture.fileBytes() == picture.fileBytes())
  }

  @Test func anotherSeedGivesAnotherPicture() {
    func pixels(seed: UInt64) -> [UInt8] {
      Scene(of: .daisy, width: 64, height: 64, clean: true, seed: seed).render().pixels
    }
    #expect(pixels(seed: 1) != pixels(seed: 2))
  }

  @Test func planDependsOnTheSeedAlone() {
    #expect(SampleReadme(plan: SamplePlan()).text == SampleReadme(plan: SamplePlan()).text)
    #expect(SampleReadme(plan: SamplePlan()).text != SampleReadme(plan: SamplePlan(seed: 1)).text)
  }

  @Test(arguments: UInt64(0)..<20)
  func everyPlanNumbersEveryFolderWithoutGaps(seed: UInt64) {
    let plan = SamplePlan(seed: seed)
    for tag in Species.allCases {
      let numbers = plan.pictures.filter { $0.tag == tag }.map(\.number)
      #expect(numbers == Array(1...SamplePlan.picturesPerTag))
    }
    #expect(plan.wronglyTagged.count == 5)
    #expect(plan.nearDuplicates.count == 4)
    #expect(plan.broken.count == 2)
  }

  @Test func argumentsAreAFolderAndASeed() throws {
    let plain = try #require(Painter.arguments(["out"]))
    #expect(plain == ("out", SamplePlan.defaultSeed))
    let seeded = try #require(Painter.arguments(["out", "--seed", "7"]))
    #expect(seeded == ("out", 7))
    #expect(Painter.arguments([]) == nil)
    #expect(Painter.arguments(["--help"]) == nil)
    #expect(Painter.arguments(["out", "--seed", "seven"]) == nil)
  }

  /// First numbers for the seed 1234567, as the reference implementation in C gives them.
  @Test func splitMixMatchesItsReference() {
    var random = SplitMix64(seed: 1_234_567)
    #expect(random.next() == 6_457_827_717_110_365_317)
    #expect(random.next() == 3_203_168_211_198_807_973)
    #expect(random.next() == 9_817_491_932_198_370_423)
  }
}
