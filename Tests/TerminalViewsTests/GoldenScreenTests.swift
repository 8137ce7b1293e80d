import Dataset
import Evaluation
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
    let report = SampleProject.report(number: 3, tags: tags, imageCounts: [40, 38, 12, 1])
    keyboard.send(
      .reportLoaded(
        IterationReport(
          iteration: report.iteration, tags: tags, performance: report.performance,
          averagePrecisionsBefore: [tags[0].id: 0.75, tags[2].id: 0.99])))
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

  @Test func leavingSaysWhatRunsAndWhatStays() {
    var keyboard = Keyboard(
      imageCount: 120, tags: ["daisy", "dahlia"], Size(width: 80, height: 24))
    keyboard.type("T", "i", "/", "p")
    keyboard.press(KeyPress(.enter))
    keyboard.type("y")
    keyboard.sendToJob {
      .importProgressed($0, ImportJob.Progress(doneCount: 31, totalCount: 90, pace: nil))
    }
    keyboard.type("q")
    let text = keyboard.screen.goldenText
    #expect(text.contains("A training is running; nothing of it would be kept."))
    #expect(text.contains("An import is running, 31 of 90 files done;"))
    #expect(text.contains("Quit all the same?"))
  }

  @Test func longMessagesGoOnInTheNextLine() {
    var keyboard = Keyboard(imageCount: 20, tags: ["daisy"], Size(width: 80, height: 24))
    let words = String(repeating: "what happened and to what ", count: 4)
    keyboard.send(.effectFailed(reason: words + "Do this next."))
    let text = keyboard.screen.goldenText
    #expect(text.contains("Do this next.") && !text.contains("? help"))
    keyboard.type("j")
    #expect(keyboard.screen.goldenText.contains("? help"))
  }

  @Test func namesDoNotRunIntoFigures() {
    var keyboard = Keyboard(
      imageCount: 120, tags: ["daffodil", "dahlia", "daisy"], Size(width: 120, height: 36))
    let tags = SampleProject.tags(["daffodil", "dahlia", "daisy"])
    keyboard.send(.reportLoaded(SampleProject.report(tags: tags, imageCounts: [39, 39, 40])))
    #expect(keyboard.screen.goldenText.contains(#/│   all +9\d +9\d +120 +│/#))
  }

  @Test func jobsOfOtherProcessesStandInTheStatusLine() {
    var keyboard = Keyboard(
      imageCount: 20, tags: ["daisy", "dahlia"], Size(width: 120, height: 30))
    keyboard.send(
      .jobsElsewhere([
        JobElsewhere(kind: .importing, doneCount: 3, totalCount: 90),
        JobElsewhere(kind: .training, doneCount: 42, totalCount: 100),
      ]))
    #expect(
      keyboard.screen.goldenText.contains(
        "elsewhere: importing 3 of 90 · elsewhere: training 42 %"))
    keyboard.send(.jobsElsewhere([]))
    #expect(!keyboard.screen.goldenText.contains("elsewhere"))
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
    keyboard.type("?")
    keyboard.press(KeyPress(.end))
    for _ in 0..<12 { keyboard.press(KeyPress(.up)) }
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
              .init(
                path: "/p/a/very/long/way/down/to/picture.tif",
                reason: "TIFF is not read; save it as JPEG or PNG"),
            ], passedOver: [.init(path: "/p/notes.txt", reason: "not an image")])))
    }
    keyboard.type("F", "j")
    try expectGolden("refused", keyboard)
  }

  @Test(arguments: sizes.prefix(2)) func contactSheet(size: Size) throws {
    var keyboard = Keyboard(imageCount: 120, tags: ["daisy", "dahlia"], size)
    keyboard.type("z", "l", "j", " ", "l")
    try expectGolden("sheet", keyboard)
  }

  @Test(arguments: sizes.prefix(2)) func tagPicker(size: Size) throws {
    var keyboard = Keyboard(Self.judgedLibrary(), size)
    keyboard.type("t", "d", "a")
    try expectGolden("picker", keyboard)
  }

  @Test(arguments: sizes.prefix(2)) func palette(size: Size) throws {
    var keyboard = Keyboard(imageCount: 20, tags: ["daisy", "dahlia"], size)
    keyboard.type(":", "t", "r")
    try expectGolden("palette", keyboard)
  }

  @Test(arguments: sizes.prefix(2)) func filtering(size: Size) throws {
    var keyboard = Keyboard(imageCount: 120, tags: ["daisy", "dahlia"], size)
    keyboard.type("/", "t", "a", "g", ":", "d", "a", "h")
    try expectGolden("filter", keyboard)
  }

  @Test(arguments: sizes.prefix(2)) func wrongPictures(size: Size) throws {
    var keyboard = Keyboard(Self.judgedLibrary(), size)
    keyboard.type("w", "j")
    try expectGolden("wrong", keyboard)
  }

  @Test(arguments: sizes.prefix(2)) func suspiciousTags(size: Size) throws {
    var keyboard = Keyboard(Self.judgedLibrary(), size)
    keyboard.type("W", "y", "j")
    try expectGolden("suspects", keyboard)
    keyboard.type("A")
    try expectGolden("accept", keyboard)
  }

  @Test(arguments: sizes.prefix(2)) func history(size: Size) throws {
    var keyboard = Keyboard(Self.judgedLibrary(), size)
    keyboard.type("H", "j")
    try expectGolden("history", keyboard)
  }

  @Test(arguments: sizes.prefix(2)) func queueOfPictures(size: Size) throws {
    var keyboard = Keyboard(Self.judgedLibrary(), size)
    keyboard.type("N", "y")
    try expectGolden("queue", keyboard)
  }

  @Test(arguments: sizes.prefix(2)) func largePicture(size: Size) throws {
    var keyboard = Keyboard(Self.judgedLibrary(), size)
    keyboard.press(KeyPress(.enter))
    try expectGolden("picture", keyboard)
  }

  @Test(arguments: sizes.prefix(2)) func explainedPicture(size: Size) throws {
    var library = Self.judgedLibrary()
    // Two spots: one on the upper left, a weaker one on the right.
    let values: [Float] = (0..<12 * 16).map { cell in
      let (row, column) = (cell / 16, cell % 16)
      if (1...6).contains(row), (1...7).contains(column) { return 1 }
      return (5...9).contains(row) && column > 11 ? 0.3 : -0.2
    }
    library.explanations[library.images[0].id] = Explanation(
      tag: library.tags[1], probability: 0.71, rowCount: 12, columnCount: 16, values: values)
    var keyboard = Keyboard(library, size)
    keyboard.type("e")
    keyboard.press(KeyPress(.enter))
    try expectGolden("explained", keyboard)
  }

  @Test func whatWouldHelpStandsBelowTheFigures() {
    var library = Self.judgedLibrary()
    library.advice = "More pictures of rose would help most."
    let keyboard = Keyboard(library, Size(width: 120, height: 36))
    #expect(keyboard.screen.goldenText.contains("│ More pictures of rose would help most."))
  }

  @Test(arguments: sizes.prefix(2)) func performance(size: Size) throws {
    var library = Self.judgedLibrary()
    let detail = SampleProject.detail(number: 3, tags: library.tags, imageCounts: [12, 9, 30, 1])
    let base = SampleProject.report(number: 2, tags: library.tags, imageCounts: [5, 9, 9, 9])
    library.performance = PerformanceAnswer(
      detail: detail, base: base,
      iterations: [detail.report, base].map { report in
        IterationLine(
          iteration: report.iteration, precision: report.performance.precision,
          recall: report.performance.recall,
          averagePrecision: report.performance.averagePrecision,
          accuracy: report.performance.accuracy, isCurrent: report.iteration.number == 3)
      })
    var keyboard = Keyboard(library, size)
    keyboard.type("p", "j", "[")
    try expectGolden("performance", keyboard)
    keyboard.press(KeyPress(.tab))
    keyboard.type("j", "l", "l", "l")
    try expectGolden("confusion", keyboard)
    keyboard.press(KeyPress(.tab))
    try expectGolden("iterations", keyboard)
  }

  /// Every fourth image of 40 is taken for the next tag.
  private static func judgedLibrary() -> MemoryLibrary {
    var library = SampleProject.library(
      imageCount: 40, tags: ["daffodil", "daisy", "dahlia", "rose"])
    let tags = library.tags
    for (number, image) in library.images.enumerated() where !image.tags.isEmpty {
      let given = tags.firstIndex { $0.id == image.tags[0] } ?? 0
      let predicted = number % 4 == 0 ? (given + 1) % 4 : given
      library.judgements[image.id] = Judgement(
        tags.enumerated().map { index, tag in
          .init(tag.id, index == predicted ? 0.61 + Float(number) / 200 : 0.1)
        }, isOutOfFold: true)
    }
    library.report = SampleProject.report(tags: tags, imageCounts: [10, 10, 10, 10])
    library.live = .live(
      LiveFigures(
        tags: tags, taggedCount: 27, unembeddedCount: 0, accuracy: 0.875,
        rowOfImage: Dictionary(
          uniqueKeysWithValues: zip(library.images.map(\.id), library.images.indices)),
        isTagged: library.images.map { !$0.tags.isEmpty },
        probabilities: library.images.flatMap { _ in [0.07, 0.71, 0.12, 0.1] },
        labelQualities: library.images.map { _ in nil }))
    library.reviews[.suspects] = ReviewList(
      kind: .suspects,
      lines: library.images.filter { !$0.tags.isEmpty }.map {
        ReviewList.Line(
          image: $0.id, reason: "probably daisy (71 %), not dahlia (12 %)", group: nil)
      })
    library.reviews[.queue] = ReviewList(
      kind: .queue,
      lines: library.images.filter(\.tags.isEmpty).map {
        ReviewList.Line(image: $0.id, reason: "daisy (71 %)")
      })
    return library
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
