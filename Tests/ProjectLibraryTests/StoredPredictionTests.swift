import Dataset
import Foundation
import Imaging
import ProjectLibrary
import Synchronization
import Testing
import WorkbenchTesting

/// What programs asked, and what becomes of it.
@Suite struct StoredPredictionTests {
  private let bounds = PictureBounds(side: 100, ratio: 4)
  private let temporary: TemporaryLibrary
  private let classifier: Classifier
  private var library: Library { temporary.library }
  private var project: Project { temporary.project }

  init() async throws {
    (temporary, classifier) = try await TemporaryLibrary.trained()
  }

  @discardableResult
  private func ask(_ seed: Int, application: String = "") throws -> StoredPrediction {
    let bytes = try TemporaryLibrary.picture(classIndex: seed, seed: 100 + seed).pngData()
    return try library.predictAndKeep(
      Array(bytes), with: classifier, of: project, within: bounds, application: application
    ).kept
  }

  private func askedFileCount() throws -> Int {
    let folder = temporary.folder.appendingPathComponent("library/asked")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return files?.count { !(($0 as? URL)?.hasDirectoryPath ?? true) } ?? 0
  }

  @Test(arguments: PredictionOrder.allCases)
  func pagesGiveEveryPredictionOnceThoughOthersComeAndGo(order: PredictionOrder) throws {
    let asked = try (0..<7).map { try ask($0) }
    var query = PredictionQuery(order, limit: 2)
    var found: [StoredPrediction] = []
    repeat {
      let page = try library.predictions(of: project.id, query)
      found += page.predictions
      query.after = page.next
      query.newest = page.newest
      // What was seen goes, and something new comes.
      try library.forget(page.predictions.map(\.id), of: project.id)
      try ask(found.count + 50)
    } while query.after != nil
    #expect(Set(found.map(\.id)) == Set(asked.map(\.id)))
    #expect(found.count == asked.count)
    switch order {
    case .newest: #expect(found.map(\.id) == asked.reversed().map(\.id))
    case .oldest: #expect(found.map(\.id) == asked.map(\.id))
    case .instructive:
      #expect(found.map(\.uncertainty) == asked.map(\.uncertainty).sorted(by: >))
    }
  }

  @Test func queryNarrowsTheList() throws {
    let red = try ask(1, application: "shop")
    let blue = try ask(0)
    func found(_ change: (inout PredictionQuery) -> Void) throws -> [PredictionID] {
      var query = PredictionQuery(.oldest, limit: 10)
      change(&query)
      return try library.predictions(of: project.id, query).predictions.map(\.id)
    }
    let best = try #require(try library.answer(of: red).first)
    #expect(
      try found { $0.tags = [.init(best.tag.id, best.probability...1)] }.contains(red.id))
    #expect(try found { $0.tags = [.init(best.tag.id, 2...3)] }.isEmpty)
    #expect(try found { $0.application = "shop" } == [red.id])
    #expect(try found { $0.earliest = blue.created } == [blue.id])
    #expect(try found { $0.latest = red.created } == [red.id])
    #expect(try found { $0.iteration = .random() }.isEmpty)
  }

  @Test func pictureGoesWithTheLastPredictionOfIt() throws {
    let (first, second) = (try ask(1), try ask(1))
    #expect(try askedFileCount() == 1)
    try library.forget([first.id], of: project.id)
    #expect(try library.file(of: second).isEmpty == false)
    try library.forget([second.id, .random()], of: project.id)
    #expect(try askedFileCount() == 0)
    #expect(throws: LibraryError.self) { try library.file(of: second) }
  }

  @Test func predictionBecomesAnImageAndLeavesTheList() throws {
    let asked = try ask(1)
    let red = try library.tag("red", of: project.id)
    let results = try library.add(
      [(asked.id, [red.id]), (.random(), [])], to: project, metadata: ["from": "shop"],
      within: bounds)
    guard case .added(let image) = results[0] else {
      Issue.record("\(results)")
      return
    }
    #expect(results[1] == nil)
    #expect(try library.images([image], of: project.id)[0].tags == [red.id])
    #expect(try library.metadata(of: [image])[image]?.entries == ["from": "shop"])
    #expect(try library.prediction(asked.id) == nil)
    #expect(try askedFileCount() == 0)
  }

  @Test func whatIsOldIsForgotten() throws {
    let time = Mutex(1_000_000.0)
    let clock: @Sendable () -> Double = { time.withLock { $0 } }
    let library = try Library(
      path: temporary.library.path, actor: "ann", now: clock, embedder: { _ in FakeEmbedder() })
    for seed in 0..<3 {
      time.withLock { $0 = 1_000_000 + 100 * Double(seed) }
      let bytes = try TemporaryLibrary.picture(classIndex: 0, seed: 200 + seed).pngData()
      _ = try library.predictAndKeep(
        Array(bytes), with: classifier, of: project, within: bounds, application: "")
    }
    try library.forgetPredictions(olderThan: 150)
    #expect(try library.predictionCount(of: project.id) == 2)
    #expect(try askedFileCount() == 2)
  }
}
