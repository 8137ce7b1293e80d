import Dataset
import TerminalGrid
import TerminalViews
import Testing
import Workbench
import WorkbenchTesting

/// Whole screens, as text with a style letter for each cell, beside the keys that lead to them.
@Suite struct GoldenScreenTests {
  private static let sizes = [
    Size(width: 80, height: 24), Size(width: 200, height: 60), Size(width: 20, height: 6),
  ]

  @Test(arguments: sizes) func emptyProject(size: Size) throws {
    try expectGolden("empty", Keyboard(imageCount: 0, tags: [], size))
  }

  @Test(arguments: sizes.prefix(2)) func taggingIsOnItsWay(size: Size) throws {
    var keyboard = Keyboard(imageCount: 120, tags: ["daisy", "dahlia", "!other"], size)
    keyboard.type("j", " ", " ", "j", "j")
    keyboard.holdsAnswers = true
    keyboard.type("2", " ")
    try expectGolden("tagging", keyboard)
  }

  @Test(arguments: sizes.prefix(2)) func trained(size: Size) throws {
    var keyboard = Keyboard(imageCount: 120, tags: ["daffodil", "daisy", "dahlia", "rose"], size)
    let tags = SampleProject.tags(["daffodil", "daisy", "dahlia", "rose"])
    keyboard.send(
      .reportLoaded(SampleProject.report(number: 3, tags: tags, imageCounts: [40, 38, 12, 1])))
    keyboard.type("G")
    keyboard.press(KeyPress(.tab))
    try expectGolden("trained", keyboard)
  }

  @Test(arguments: sizes.prefix(2)) func trainingAndImporting(size: Size) throws {
    var keyboard = Keyboard(imageCount: 120, tags: ["daisy", "dahlia"], size)
    keyboard.type("T")
    keyboard.sendToJob {
      .trainingProgressed(
        $0,
        TrainingJob.Progress(
          stage: .fitting(finishedHeads: 2, of: 6), fraction: 0.42, timeLeft: .seconds(83)))
    }
    keyboard.type("i", "/", "p")
    keyboard.press(KeyPress(.enter))
    keyboard.type("y")
    keyboard.sendToJob {
      .importProgressed(
        $0,
        ImportJob.Progress(
          doneCount: 31, totalCount: 90, pace: Pace(rate: 31, timeLeft: .seconds(2))))
    }
    try expectGolden("jobs", keyboard)
  }

  @Test(arguments: sizes.prefix(2)) func wideCharacters(size: Size) throws {
    let names = [
      "雛菊とダリアとチューリップと水仙の写真.jpg", "🌼🌷👩‍🌾 flower e\u{301}.png", "new\nline\u{1B}[2J.jpg",
    ]
    let tags = SampleProject.tags(["雛菊", "👍🏽", "!なし"])
    let images = names.enumerated().map { number, name in
      SampleProject.image(number, name: name, tags: [tags[number].id])
    }
    let library = MemoryLibrary(project: SampleProject.project(), tags: tags, images: images)
    try expectGolden("wide", Keyboard(library, size))
  }

  @Test(arguments: sizes.prefix(2)) func help(size: Size) throws {
    var keyboard = Keyboard(imageCount: 20, tags: ["daisy", "dahlia"], size)
    keyboard.type("?", "G", "k", "k", "k")
    try expectGolden("help", keyboard)
  }

  @Test(arguments: sizes.prefix(2)) func prompt(size: Size) throws {
    var keyboard = Keyboard(imageCount: 20, tags: ["daisy", "dahlia"], size)
    keyboard.paste("/home/me/photos/a\\ rather/long/path/that\\ does/not/fit/into/the/prompt")
    try expectGolden("prompt", keyboard)
  }

  @Test(arguments: sizes.prefix(2)) func question(size: Size) throws {
    var keyboard = Keyboard(imageCount: 60, tags: ["daisy", "dahlia"], size)
    keyboard.type("n", "r", "o", "s", "e")
    keyboard.press(KeyPress(.enter))
    keyboard.type("T")
    try expectGolden("question", keyboard)
  }

  @Test(arguments: sizes.prefix(2)) func refusedFiles(size: Size) throws {
    var keyboard = Keyboard(imageCount: 20, tags: ["daisy", "dahlia"], size)
    keyboard.type("i", "/", "p")
    keyboard.press(KeyPress(.enter))
    keyboard.type("n")
    keyboard.sendToJob {
      .importEnded(
        $0,
        .completed(
          ImportSummary(
            importedCount: 41, duplicateCount: 2,
            refused: [
              .init(path: "/p/broken.jpg", reason: "the file ends in the middle"),
              .init(path: "/p/a/very/long/way/down/to/notes.txt", reason: "not an image"),
            ])))
    }
    try expectGolden("refused", keyboard)
  }

  @Test func asciiOnly() throws {
    var keyboard = Keyboard(
      imageCount: 400, tags: ["daisy", "dahlia"], Size(width: 80, height: 24))
    keyboard.theme.glyphs = .ascii
    let tags = SampleProject.tags(["daisy", "dahlia"])
    keyboard.send(.reportLoaded(SampleProject.report(tags: tags, imageCounts: [20, 1])))
    keyboard.type(" ", "1")
    let grid = keyboard.screen
    for row in 0..<grid.height {
      #expect((0..<grid.width).allSatisfy { grid[$0, row].character.isASCII })
    }
    try expectGolden("ascii", keyboard)
  }

  private func expectGolden(_ name: String, _ keyboard: Keyboard) throws {
    let size = "\(keyboard.screen.width)x\(keyboard.screen.height)"
    let difference = try goldenDifference(
      keyboard.screen.goldenText, name: "\(name)-\(size).txt", folder: goldenFolder())
    #expect(difference == nil)
  }

  private func goldenFolder(file: String = #filePath) -> String {
    file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/") + "/Golden"
  }
}
