import Dataset
import Testing
import WorkbenchTesting

@testable import Workbench

@Suite struct ImageListTests {
  /// What goes through all images comes after the first ones, and does not keep them waiting.
  @Test func openingAsksForEverythingOnce() {
    var state = State(project: SampleProject.project(), viewport: .small)
    let query = ImageQuery(id: QueryID(1), selection: ImageSelection(), place: .rows(0..<256))
    claim(&state, .opened, gives: [.loadProject, .loadTags, .loadImages(query)]) {
      $0.lastTicket = 1
      $0.images.outstanding = query
      $0.awaitsFirstImages = true
    }
    let window = ImageWindow(query: query.id, matchCount: 0, start: 0, rows: [])
    claim(
      &state, .imagesLoaded(window),
      gives: [.loadReport, .startEmbedding(JobID(2)), .learnLive(takesNewImages: false)]
    ) {
      $0.lastTicket = 2
      $0.embedding = EmbeddingJob(id: JobID(2))
      $0.images.matchCount = 0
      $0.images.outstanding = nil
      $0.awaitsFirstImages = false
    }
    claim(&state, .imagesLoaded(window))
  }

  @Test func imagesThatComeBeforeTheFirstLookKeepNothingWaiting() {
    var state = State(project: SampleProject.project(), viewport: .small)
    _ = update(&state, .resized(.small))
    let query = state.images.outstanding?.id ?? QueryID(0)
    _ = update(&state, .imagesLoaded(ImageWindow(query: query, matchCount: 0, start: 0, rows: [])))
    let effects = update(&state, .opened)
    #expect(effects.contains(.loadReport) && state.embedding != nil)
    #expect(effects.contains(.learnLive(takesNewImages: false)))
  }

  @Test func firstRowsBringTheFirstPicture() {
    var state = State(project: SampleProject.project(), viewport: .small)
    _ = update(&state, .opened)
    let rows = (0..<3).map { SampleProject.image($0) }
    claim(
      &state,
      .imagesLoaded(ImageWindow(query: QueryID(1), matchCount: 3, start: 0, rows: rows)),
      gives: [
        .loadReport, .startEmbedding(JobID(2)), .learnLive(takesNewImages: false),
        .loadThumbnail(SampleProject.content(0)),
      ]
    ) {
      $0.lastTicket = 2
      $0.embedding = EmbeddingJob(id: JobID(2))
      $0.awaitsFirstImages = false
      $0.images.matchCount = 3
      $0.images.rows = rows
      $0.images.outstanding = nil
      $0.preview = Preview(content: SampleProject.content(0))
    }
  }

  @Test func answersToOlderQuestionsAreIgnored() {
    var state = WorkbenchSession.flowers().state
    claim(
      &state,
      .imagesLoaded(ImageWindow(query: QueryID(0), matchCount: 1, start: 0, rows: [])))
    claim(&state, .imagesNotLoaded(QueryID(0), reason: "late"))
  }

  @Test func rowsThatCannotBeReadAreAskedForAgainAtTheNextKey() {
    var state = State(project: SampleProject.project(), viewport: .small)
    _ = update(&state, .opened)
    claim(
      &state, .imagesNotLoaded(QueryID(1), reason: "the library is busy"),
      gives: [.loadReport, .startEmbedding(JobID(2)), .learnLive(takesNewImages: false)]
    ) {
      $0.lastTicket = 2
      $0.embedding = EmbeddingJob(id: JobID(2))
      $0.awaitsFirstImages = false
      $0.images.outstanding = nil
      $0.images.hasFailed = true
      $0.notice = .failed(reason: "the library is busy")
    }
    let query = ImageQuery(id: QueryID(3), selection: ImageSelection(), place: .rows(0..<256))
    claim(&state, .command(.moveDown), gives: [.loadImages(query)]) {
      $0.lastTicket = 3
      $0.images.outstanding = query
      $0.images.hasFailed = false
      $0.notice = nil
    }
  }

  @Test func neverHoldsMoreThanAWindow() {
    var session = WorkbenchSession.flowers(imageCount: 5000)
    #expect(session.state.images.matchCount == 5000)
    #expect(session.state.images.rows.count == 256)
    session.run(.moveToLast)
    #expect(session.state.images.current?.id == SampleProject.imageID(4999))
    #expect(session.state.images.rows.count <= 256)
  }

  @Test func scrollingAsksForRowsBeforeTheyAreSeen() {
    var session = WorkbenchSession.flowers(imageCount: 2000)
    for _ in 0..<1999 {
      let before = session.state.images
      #expect(before.window.contains(before.top + 10), "row \(before.top + 10) is blank")
      session.run(.moveDown)
    }
    #expect(session.state.images.cursor == 1999)
  }

  @Test func aQuestionOnItsWayIsNotAskedTwice() {
    var session = WorkbenchSession.flowers(imageCount: 2000)
    #expect(session.sendWithoutAnswers(.command(.moveToLast)).count == 1)
    #expect(session.sendWithoutAnswers(.command(.moveUp)) == [])
    #expect(session.sendWithoutAnswers(.command(.pageUp)) == [])
    // Back where rows are loaded, nothing is missing.
    #expect(
      session.sendWithoutAnswers(.command(.moveToFirst)).allSatisfy { effect in
        if case .loadImages = effect { false } else { true }
      })
  }

  @Test func pagesKeepOneRowInSight() {
    var session = WorkbenchSession.flowers(imageCount: 100)
    session.run(.pageDown)
    #expect(session.state.images.cursor == 10)
    session.run(.pageDown)
    #expect(session.state.images.cursor == 20)
    #expect(session.state.images.top == 10)
    session.run(.pageUp, .pageUp, .pageUp)
    #expect(session.state.images.cursor == 0)
  }

  @Test func theCursorStaysOnItsImageWhenOthersComeAndGo() {
    var session = WorkbenchSession.flowers(imageCount: 40)
    session.run(.moveToLast, .moveUp)
    let image = session.state.images.current?.id
    session.library.replaceImages(Array(session.library.images.dropFirst(7)))
    session.send(.libraryChanged)
    #expect(session.state.images.matchCount == 33)
    #expect(session.state.images.current?.id == image)
  }

  @Test func marksOfImagesThatWereTakenOutAreDropped() {
    var session = WorkbenchSession.flowers(imageCount: 10)
    session.run(.toggleMark, .toggleMark)
    session.library.replaceImages(Array(session.library.images.dropFirst(1)))
    session.send(.libraryChanged)
    #expect(session.state.images.marks == [SampleProject.imageID(1)])
  }

  @Test func markingTogglesAndMovesOn() {
    var state = WorkbenchSession.flowers().state
    claim(
      &state, .command(.toggleMark), gives: [.loadThumbnail(SampleProject.content(1))]
    ) {
      $0.images.marks = [SampleProject.imageID(0)]
      $0.images.cursor = 1
      $0.preview = Preview(content: SampleProject.content(1))
    }
    _ = update(&state, .command(.moveUp))
    _ = update(&state, .command(.toggleMark))
    #expect(state.images.marks == [])
  }

  @Test func movingInTheTagsPaneFilters() {
    var session = WorkbenchSession.flowers(imageCount: 12)
    session.run(.previousPane, .moveDown)
    #expect(session.state.images.filter == .untagged)
    #expect(session.state.images.matchCount == 4)
    session.run(.moveToLast)
    #expect(session.state.images.filter == .tag(SampleProject.tagID(2)))
    #expect(session.state.images.rows.allSatisfy { $0.tags == [SampleProject.tagID(2)] })
    session.run(.open)
    #expect(session.state.focus == .images)
  }

  @Test func escapeDropsMarksThenTheFilterAndFindsTheImageAgain() {
    var session = WorkbenchSession.flowers(imageCount: 900)
    session.run(.previousPane, .moveDown, .open, .moveToLast, .toggleMark, .back)
    #expect(session.state.images.marks == [])
    #expect(session.state.images.filter == .untagged)
    let image = session.state.images.current?.id
    session.run(.back)
    #expect(session.state.images.filter == .all)
    #expect(session.state.images.current?.id == image)
    #expect(session.state.images.cursor == 899)
  }

  @Test func aFilterByADeletedTagFallsBackToAllImages() {
    var session = WorkbenchSession.flowers(imageCount: 12)
    session.run(.previousPane, .moveToLast)
    session.send(.tagsLoaded(TagsState(counts: [], imageCount: 12, untaggedCount: 12)))
    #expect(session.state.images.filter == .all)
    #expect(session.state.images.matchCount == 12)
  }

  @Test func latePicturesAreIgnored() {
    var state = WorkbenchSession.flowers().state
    claim(&state, .thumbnailReady(SampleProject.content(5)))
    claim(&state, .thumbnailFailed(SampleProject.content(5), reason: "late"))
    claim(&state, .thumbnailFailed(SampleProject.content(0), reason: "gone")) {
      $0.preview?.status = .failed(reason: "gone")
    }
  }

  @Test func anotherSizeOfScreenAsksForThePictureAgain() {
    var state = WorkbenchSession.flowers().state
    let larger = Viewport(
      columns: 200, rows: 60, imageRows: 50, tagRows: 50, trainingRows: 20, overlayRows: 50)
    claim(&state, .resized(larger), gives: [.loadThumbnail(SampleProject.content(0))]) {
      $0.viewport = larger
      $0.preview = Preview(content: SampleProject.content(0))
    }
  }
}
