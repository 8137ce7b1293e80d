import Dataset
import TerminalGrid
import Testing
import Workbench
import WorkbenchTesting

@testable import TerminalViews

/// What people are told, word for word.
@Suite struct WordingTests {
  @Test func notices() {
    let tags = SampleProject.tags(["daisy", "dahlia"])
    let report = SampleProject.report(number: 7, tags: tags, imageCounts: [5, 5])
    let images = [SampleProject.imageID(0), SampleProject.imageID(1)]
    let refused = ImportSummary.RefusedFile(path: "a", reason: "b")
    let expected: [(Notice, String, Role)] = [
      (.labelsNotSaved(reason: "full"), "Not saved, taken back: full", .bad),
      (.tagCreated(name: "rose", key: 3), "Added the tag rose, key 3", .good),
      (.tagCreated(name: "rose", key: nil), "Added the tag rose", .good),
      (
        .undone(ChangeSummary(command: "label add", images: images)),
        "Took back: a tag given to 2 images", .good
      ),
      (
        .redone(ChangeSummary(command: "tag rename", images: [], skippedCount: 1)),
        "Made again: a tag renamed; 1 left alone, changed by someone since", .warning
      ),
      (.nothingToUndo, "Nothing to undo", .warning),
      (.trained(report), "Trained iteration 7", .good),
      (
        .imported(
          ImportSummary(
            importedCount: 3, duplicateCount: 2, refused: [refused], passedOver: [refused],
            wasCancelled: true)),
        "Stopped: 3 imported, 2 already there, 1 refused (F lists them), "
          + "1 other file passed over: no pictures", .warning
      ),
      (
        .imported(
          ImportSummary(
            importedCount: 3, duplicateCount: 0, refused: [], foldersUnfitForTags: ["a"])),
        "3 imported, “a” cannot be the name of a tag", .warning
      ),
      (.pasteIgnored, "What was pasted is no path, so it was ignored", .warning),
      (.failed(reason: "The disk is gone"), "The disk is gone", .bad),
    ]
    for (notice, text, role) in expected {
      #expect(notice.text == text)
      #expect(notice.role == role)
    }
  }

  @Test func obstacles() {
    let small = SampleProject.tags(["daisy", "dahlia"]).map { TagCount(tag: $0, imageCount: 3) }
    #expect(
      Obstacle.tooFewTrainableTags(small: small).text
        == "Training needs 5 images a tag: daisy has 3, and 1 other tag too few")
    #expect(
      Obstacle.tooFewTrainableTags(small: []).text
        == "Training needs two tags with 5 images each. Press n to add a tag")
    #expect(
      Obstacle.onlyIn(.tags).text == "This works in the Tags pane. Press Tab to go there")
  }

  @Test func figures() {
    let figures = Figures(glyphs: .unicode)
    #expect(figures.percent(0.9254) == "92.5")
    #expect(figures.percent(1) == "100.0")
    #expect(figures.percent(nil) == "–")
    #expect(figures.interval(nil) == "")
    #expect(figures.progress(0.999) == "99 %")
    #expect(figures.progress(7) == "100 %")
    #expect(figures.time(.milliseconds(300)) == "1 s")
    #expect(figures.time(.seconds(83)) == "1 min 23 s")
    #expect(figures.time(.seconds(7500)) == "2 h 5 min")
    #expect(figures.time(seconds: 4.25) == "4.3 s")
    #expect(figures.byteCount(999) == "999 B")
    #expect(figures.byteCount(214_499) == "214 kB")
    #expect(figures.byteCount(999_999) == "1000 kB")
    #expect(figures.byteCount(3_140_000) == "3.1 MB")
  }

  @Test func longTextIsBrokenAtBlanks() {
    #expect(wrapped("one two  three", width: 7) == ["one two", "three"])
    #expect(wrapped("abcdefghij k\n\nl", width: 4) == ["abcdefghij", "k", "", "l"])
    #expect(wrapped("雛菊 雛菊", width: 8) == ["雛菊", "雛菊"])
  }
}
