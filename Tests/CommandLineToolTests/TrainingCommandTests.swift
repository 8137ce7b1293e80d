import Foundation
import Testing

@Suite(.enabled(if: TestProgram.canEmbed, "needs tagbench beside the tests, and its runtime"))
struct TrainingCommandTests {
  /// A library with twelve daisies, twelve daffodils and three dahlias.
  private func libraryWithFewDahlias() throws -> TestLibrary {
    let library = try TestLibrary()
    try library.done("project", "create", "flowers", "--domain", "compact")
    for (tag, count) in [("daffodil", 12), ("daisy", 12), ("dahlia", 3)] {
      try library.copySamples(of: tag, count: count, to: tag)
      try library.done("import", "\(library.folder.path)/\(tag)", "--tags-from-folders")
    }
    return library
  }

  @Test func tooFewImagesAreRefusedByTheTagsName() throws {
    let library = try libraryWithFewDahlias()
    let complaint = try library.refused("train", exitCode: 1)
    #expect(complaint.contains("dahlia has 3 of 5 images"))
    #expect(!complaint.contains("daisy"))
    #expect(try library.done("iteration", "list").items.isEmpty)
  }

  @Test func smallTagsCanBeLeftOut() throws {
    let library = try libraryWithFewDahlias()
    let answer = try library.done("train", "--leave-out-small-tags")
    #expect(answer["imageCount"] == .number(24))
    #expect(
      try library.done("performance")["perTag"]?.strings("tag") == ["daffodil", "daisy"])
  }

  @Test func oneTagIsTooFew() throws {
    let library = try TestLibrary()
    try library.done("project", "create", "flowers", "--domain", "compact")
    try library.copySamples(of: "daisy", count: 6, to: "daisy")
    try library.done("import", "\(library.folder.path)/daisy", "--tags-from-folders")
    let complaint = try library.refused("train", exitCode: 1)
    #expect(complaint.contains("two tags"))
  }

  @Test func whatIsNotTrainedCannotAnswer() throws {
    let library = try libraryWithFewDahlias()
    for command in [["performance"], ["predict", library.folder.path], ["evaluate", "/"]] {
      let outcome = try library.start(command).finish()
      #expect(outcome.exitCode == 1)
      #expect(
        outcome.standardError == "tagbench: “flowers” is not trained yet. Run: tagbench train\n")
    }
    #expect(try library.done("status")["currentIteration"] == .null)
    #expect(try library.done("status")["accuracy"] == .null)
  }

  @Test func multilabelCountsEveryTagForItself() throws {
    let library = try TestLibrary.trained()
    try library.done("project", "create", "garden", "--type", "multilabel", "--domain", "compact")
    for tag in ["daffodil", "daisy"] {
      try library.copySamples(of: tag, count: 20, to: tag)
      try library.done(
        "import", "\(library.folder.path)/\(tag)", "--tags-from-folders", "--project", "garden")
    }
    // Twelve pictures show neither, and six show both.
    let negatives = try library.copySamples(of: "dahlia", count: 12, to: "others")
    try library.done("import", "\(library.folder.path)/others", "--project", "garden")
    try library.done("tag", "create", "none of these", "--negative", "--project", "garden")
    for file in negatives {
      try library.done("label", "add", "none of these", file, "--project", "garden")
    }
    let both = try library.done("image", "list", "--tag", "daisy", "--project", "garden")
      .strings("path").prefix(6)
    for file in both { try library.done("label", "add", "daffodil", file, "--project", "garden") }
    try library.done("train", "--project", "garden")

    let answer = try library.done("performance", "--project", "garden")
    #expect(answer["imageCount"] == .number(52))
    #expect(answer["confusion"] == .null)
    let perTag = answer["perTag"]?.items ?? []
    #expect(perTag.map { $0["tag"]?.string } == ["daffodil", "daisy"])
    #expect(perTag.map { $0["imageCount"]?.integer } == [26, 20])
    for figures in perTag {
      let counts = figures["counts"]
      let names = ["truePositives", "falsePositives", "falseNegatives", "trueNegatives"]
      #expect(counts?.keys == Set(names))
      #expect(names.compactMap { counts?[$0]?.integer }.reduce(0, +) == 52)
    }

    let predicted = try library.done("predict", negatives[0], "--project", "garden")
    let probabilities = predicted.items[0]["predictions"]?.items ?? []
    #expect(Set(probabilities.compactMap { $0["tag"]?.string }) == ["daffodil", "daisy"])
    #expect(probabilities.allSatisfy { $0["probability"]?.isRateOrUnknown == true })
  }

  @Test func theNegativeTagPushesTheOthersOut() throws {
    let library = try TestLibrary(embeds: false)
    try library.done("project", "create", "garden", "--type", "multilabel")
    let file = try library.copySamples(of: "daisy", count: 1, to: "daisy")[0]
    try library.done("import", file, "--tags-from-folders")
    try library.done("tag", "create", "nothing", "--negative")
    try library.done("label", "add", "nothing", file)
    #expect(try library.done("label", "list").strings("tag") == ["nothing"])
    try library.done("label", "add", "daisy", file)
    #expect(try library.done("label", "list").strings("tag") == ["daisy"])
    try library.refused("tag", "create", "nought", "--negative", exitCode: 2)
  }
}
