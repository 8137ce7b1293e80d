import Foundation
import Testing

/// Training and what reads its result, key by key as the command-line contract says.
@Suite(.enabled(if: TestProgram.canEmbed, "needs tagbench beside the tests, and its runtime"))
struct ReadingCommandTests {
  private static let overallKeys: Set = [
    "precision", "recall", "averagePrecision", "accuracy", "accuracyInterval", "macroAccuracy",
    "logLoss", "expectedCalibrationError",
  ]
  private static let perTagKeys: Set = [
    "tag", "imageCount", "precision", "precisionInterval", "recall", "recallInterval",
    "averagePrecision", "f1",
  ]
  private static let tags = ["daffodil", "dahlia", "daisy"]

  private func expectFigures(_ overall: JSONDocument?) {
    #expect(overall?.keys == Self.overallKeys)
    for key in Self.overallKeys.subtracting(["logLoss", "accuracyInterval"]) {
      #expect(overall?[key]?.isRateOrUnknown == true, "\(key)")
    }
    let bounds = overall?["accuracyInterval"]?.items.compactMap(\.number) ?? []
    let accuracy = overall?["accuracy"]?.number ?? -1
    #expect(bounds.count == 2 && bounds[0] <= accuracy && accuracy <= bounds[1])
    #expect((overall?["logLoss"]?.number ?? -1) > 0)
  }

  private func expectFigures(ofTag figures: JSONDocument) {
    #expect(figures.keys == Self.perTagKeys)
    for (rate, interval) in [("precision", "precisionInterval"), ("recall", "recallInterval")] {
      let bounds = figures[interval]?.items.compactMap(\.number) ?? []
      let value = figures[rate]?.number ?? -1
      #expect(bounds.count == 2 && bounds[0] <= value && value <= bounds[1])
    }
    #expect(figures["averagePrecision"]?.isRateOrUnknown == true)
    #expect(figures["f1"]?.isRateOrUnknown == true)
  }

  @Test func trainTellsIterationTimeAndFigures() throws {
    let library = try TestLibrary.trained()
    let answer = try library.done("train")
    #expect(answer.keys == ["iteration", "seconds", "imageCount", "overall"])
    #expect(answer["iteration"] == .number(2))
    #expect(answer["imageCount"] == .number(118))
    #expect((answer["seconds"]?.number ?? 0) > 0)
    expectFigures(answer["overall"])
  }

  @Test func oneSeedGivesOneResult() throws {
    let library = try TestLibrary.trained()
    let first = try library.done("train", "--seed", "7")["overall"]
    #expect(try library.done("train", "--seed", "7")["overall"] == first)
    #expect(try library.done("train", "--seed", "8")["overall"] != first)
  }

  @Test func performanceHasTheKeysOfTheContract() throws {
    let library = try TestLibrary.trained()
    let answer = try library.done("performance")
    #expect(
      answer.keys == ["iteration", "imageCount", "threshold", "overall", "perTag", "confusion"])
    #expect(answer["threshold"] == .number(0.5))
    expectFigures(answer["overall"])
    #expect(answer["perTag"]?.strings("tag") == Self.tags)
    answer["perTag"]?.items.forEach(expectFigures(ofTag:))

    let confusion = answer["confusion"]
    #expect(confusion?.keys == ["tags", "counts"])
    #expect(confusion?["tags"]?.strings() == Self.tags)
    let counts = confusion?["counts"]?.items.map { $0.items.compactMap(\.integer) } ?? []
    #expect(counts.map { $0.reduce(0, +) } == [39, 39, 40])
    let right = Self.tags.indices.reduce(0) { $0 + counts[$1][$1] }
    #expect(answer["overall"]?["accuracy"] == .number(Double(right) / 118))
  }

  @Test func aThresholdThatNothingReachesLeavesPrecisionUnknown() throws {
    let library = try TestLibrary.trained()
    let answer = try library.done("performance", "--threshold", "1")
    #expect(answer["threshold"] == .number(1))
    for figures in answer["perTag"]?.items ?? [] {
      #expect(figures["precision"] == .null)
      #expect(figures["precisionInterval"] == .null)
      #expect(figures["recall"] == .number(0))
    }
    #expect(answer["overall"]?["precision"] == .null)
    // Accuracy goes by the highest probability, whatever the threshold.
    #expect((answer["overall"]?["accuracy"]?.number ?? 0) > 0.8)
  }

  @Test func predictionsSumToOneHighestFirst() throws {
    let library = try TestLibrary.trained()
    let files = ["daisy/daisy-001.jpg", "dahlia/dahlia-002.jpg"].map {
      "\(TestProgram.sampleData)/\($0)"
    }
    let answer = try library.done("predict", files[0], files[1])
    #expect(answer.strings("path") == files)
    for item in answer.items {
      #expect(item.keys == ["path", "predictions"])
      let predictions = item["predictions"]?.items ?? []
      #expect(predictions.allSatisfy { $0.keys == ["tag", "probability"] })
      #expect(Set(predictions.compactMap { $0["tag"]?.string }) == Set(Self.tags))
      let probabilities = predictions.compactMap { $0["probability"]?.number }
      #expect(probabilities == probabilities.sorted(by: >))
      #expect(abs(probabilities.reduce(0, +) - 1) < 1e-5)
    }
    #expect(answer.items[0]["predictions"]?.items[0]["tag"] == .string("daisy"))
  }

  @Test func aTextFileCannotBePredictedAndStopsNothing() throws {
    let library = try TestLibrary.trained()
    let text = try library.write("words", to: "notes.txt")
    let picture = "\(TestProgram.sampleData)/daisy/daisy-001.jpg"
    let outcome = try library.run("predict", text, picture, "--json")
    #expect(outcome.exitCode == 1)
    #expect(try outcome.document().strings("path") == [picture])
    let reason = "not an image; JPEG, PNG, GIF, BMP, WebP and HEIC are read"
    #expect(outcome.standardError == "tagbench: \(text): \(reason)\n")
  }

  @Test func evaluateJudgesLabelledFoldersAndLeavesOthersOut() throws {
    let library = try TestLibrary.trained()
    for tag in Self.tags { try library.copySamples(of: tag, count: 6, to: "judged/\(tag)") }
    try library.copySamples(of: "daisy", count: 2, to: "judged/marigold")
    let answer = try library.done("evaluate", library.folder.path + "/judged")
    let contract: Set = [
      "accuracy", "macroAccuracy", "logLoss", "expectedCalibrationError", "imageCount", "perTag",
    ]
    #expect(answer.keys.isSuperset(of: contract))
    #expect(answer["imageCount"] == .number(18))
    #expect(answer["leftOut"]?.strings() == ["marigold"])
    #expect(answer["perTag"]?.strings("tag") == Self.tags)
    answer["perTag"]?.items.forEach(expectFigures(ofTag:))
    // The iteration was trained on these very pictures.
    #expect((answer["accuracy"]?.number ?? 0) > 0.8)
    for key in ["accuracy", "macroAccuracy", "expectedCalibrationError"] {
      #expect(answer[key]?.isRateOrUnknown == true, "\(key)")
    }
  }

  @Test func aTagWithoutPicturesToJudgeIsUnknown() throws {
    let library = try TestLibrary.trained()
    try library.copySamples(of: "daisy", count: 4, to: "judged/daisy")
    let answer = try library.done("evaluate", library.folder.path + "/judged")
    let dahlia = answer["perTag"]?.items.first { $0["tag"] == .string("dahlia") }
    #expect(dahlia?["imageCount"] == .number(0))
    #expect(dahlia?["recall"] == .null)
    #expect(dahlia?["recallInterval"] == .null)
    #expect(dahlia?["averagePrecision"] == .null)
  }

  @Test func aBrokenPictureCostsEvaluateOnlyItself() throws {
    let library = try TestLibrary.trained()
    try library.copySamples(of: "daisy", count: 3, to: "judged/daisy")
    _ = try library.copySample("daffodil/daffodil-026.jpg", to: "judged/daffodil/broken.jpg")
    let outcome = try library.run("evaluate", library.folder.path + "/judged", "--json")
    #expect(outcome.exitCode == 1)
    let answer = try outcome.document()
    #expect(answer["imageCount"] == .number(3))
    #expect(answer["refused"]?.strings("reason") == ["truncated"])
  }

  @Test func aFolderToEvaluateThatIsNotThereIsNamed() throws {
    let library = try TestLibrary.trained()
    let complaint = try library.refused(
      "evaluate", library.folder.path + "/nowhere", exitCode: 1)
    #expect(complaint.contains("/nowhere: no such file or folder"))
  }

  @Test func statusTellsWhatTheProjectHolds() throws {
    let library = try TestLibrary.trained()
    let answer = try library.done("status")
    #expect(answer["project"] == .string("flowers"))
    #expect(answer["type"] == .string("multiclass"))
    #expect(answer["domain"] == .string("compact"))
    #expect(answer["imageCount"] == .number(118))
    #expect(answer["untaggedCount"] == .number(0))
    #expect(answer["tags"]?.strings("tag") == Self.tags)
    #expect(answer["iterationCount"] == .number(1))
    #expect(answer["currentIteration"] == .number(1))
    let accuracy = try library.done("performance")["overall"]?["accuracy"]
    #expect(answer["accuracy"] == accuracy)
  }
}
