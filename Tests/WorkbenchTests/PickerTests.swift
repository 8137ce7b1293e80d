import Dataset
import Testing
import WorkbenchTesting

@testable import Workbench

/// The tag picker and the palette.
@Suite struct PickerTests {
  private func picker(_ session: WorkbenchSession) -> Picker? {
    if case .picker(let picker) = session.state.overlay { picker } else { nil }
  }

  private func rowNames(_ session: WorkbenchSession) -> [String] {
    guard let picker = picker(session) else { return [] }
    return session.state.pickerRows(picker).map { row in
      switch row {
      case .tag(let tag, _, _): tag.name
      case .newTag(let name): "+\(name)"
      case .command(let entry): entry.name
      case .recent(let line): line
      case .theme(let name), .newProject(let name): name
      case .project(let line): line.project.name
      case .setting(let setting): "\(setting)"
      }
    }
  }

  @Test func whatIsTypedBeforeTheProjectsComeIsMeantForTheList() {
    var session = WorkbenchSession.flowers(imageCount: 3)
    let effects = session.sendWithoutAnswers(.command(.showProjects))
    #expect(effects.contains(.loadProjects))
    session.send(.promptEdited(.insert("herbs")))
    session.send(.promptSubmitted)
    // Whether it is a new one is not known yet.
    #expect(picker(session)?.kind == .projects && rowNames(session) == [])
    let lines = ["herbs of spring", "herbs"].map { name in
      var project = SampleProject.project()
      project.name = name
      return ProjectLine(project: project, imageCount: 1, tagCount: 1)
    }
    session.send(.projectsLoaded(lines))
    #expect(rowNames(session) == ["herbs", "herbs of spring"])
  }

  @Test func tagsStandByProbability() {
    var library = SampleProject.library(imageCount: 9, tags: ["daisy", "dahlia", "rose"])
    library.judgements[SampleProject.imageID(0)] = Judgement(
      [
        .init(library.tags[0].id, 0.1), .init(library.tags[1].id, 0.2),
        .init(library.tags[2].id, 0.7),
      ], isOutOfFold: true)
    var session = WorkbenchSession(library, viewport: .small)
    session.run(.pickTag)
    #expect(rowNames(session) == ["rose", "dahlia", "daisy"])
    session.send(.promptEdited(.insert("da")))
    #expect(rowNames(session) == ["dahlia", "daisy", "+da"])
    session.send(.promptSubmitted)
    #expect(session.library.images[0].tags == [library.tags[1].id])
    #expect(session.state.images.cursor == 1)
  }

  @Test func aTagIsMadeWhereNoneMatches() {
    var session = WorkbenchSession.flowers()
    session.run(.toggleMark, .toggleMark, .pickTag)
    session.send(.pasted("雛菊"))
    #expect(rowNames(session) == ["+雛菊"])
    session.send(.promptSubmitted)
    let made = SampleProject.tagID(3)
    #expect(session.library.images.prefix(3).map(\.tags) == [[made], [made], []])
    #expect(session.state.images.marks == [])
    #expect(session.state.notice == .tagCreated(name: "雛菊", key: 3))
  }

  @Test func namesAreMatchedByBeginningWordsPartsAndLetters() {
    #expect(matchRank("daisy", "Daisy") == 0)
    #expect(matchRank("da", "Daisy") == 1)
    #expect(matchRank("pea", "sweet pea") == 2)
    #expect(matchRank("is", "daisy") == 3)
    #expect(matchRank("dsy", "daisy") == 4)
    #expect(matchRank("yd", "daisy") == nil)
    #expect(matchRank("", "daisy") == 1)
  }

  @Test func thePaletteRunsByNameWithAnArgument() {
    var session = WorkbenchSession.flowers(imageCount: 30)
    session.run(.palette)
    session.send(.pasted("fil"))
    #expect(rowNames(session).first == "filter")
    session.send(.completionWanted)
    #expect(picker(session)?.prompt.text == "filter ")
    session.send(.pasted("tag:daisy"))
    session.send(.promptSubmitted)
    #expect(session.state.images.searchText == "tag:daisy")
    session.run(.palette)
    #expect(rowNames(session).first == "filter tag:daisy")
    session.send(.pasted("sort size"))
    session.send(.promptSubmitted)
    #expect(session.state.images.selection.order == .size)
    session.run(.palette)
    #expect(rowNames(session).prefix(2) == ["sort size", "filter tag:daisy"])
    session.run(.moveDown, .open)
    #expect(session.state.paletteHistory == ["filter tag:daisy", "sort size"])
  }

  @Test func thePaletteSaysWhatAnArgumentCouldBe() {
    var session = WorkbenchSession.flowers()
    session.run(.palette)
    session.send(.pasted("sort upwards"))
    session.send(.promptSubmitted)
    // The line stays to be corrected.
    #expect(picker(session)?.prompt.text == "sort upwards")
    #expect(
      picker(session)?.prompt.problem
        == .unknown("upwards", wanted: "imported, name, size or certainty"))
    session.send(.promptEdited(.deleteToStart))
    #expect(picker(session)?.prompt.problem == nil)
    session.send(.pasted("mark x"))
    session.send(.promptSubmitted)
    #expect(picker(session)?.prompt.problem == .unknown("x", wanted: nil))
  }

  @Test func settingsAreFoundByTyping() {
    var session = WorkbenchSession.flowers()
    session.run(.showSettings)
    session.send(.pasted("mouse"))
    #expect(rowNames(session) == ["usesMouse(true)"])
    session.send(.promptSubmitted)
    #expect(session.library.savedSettings == [.usesMouse(false)])
  }

  @Test func whatIsTypedIsNeverACommand() {
    var session = WorkbenchSession.flowers()
    session.run(.pickTag)
    for letter in "qTxD" { session.send(.promptEdited(.insert(String(letter)))) }
    #expect(picker(session)?.prompt.text == "qTxD")
    #expect(session.library.unanswered == [])
  }

  @Test func aPathIsCompletedUnlessOneHasTypedOn() {
    var state = WorkbenchSession.flowers().state
    _ = update(&state, .command(.importFiles))
    _ = update(&state, .pasted("/p"))
    claim(&state, .completionWanted, gives: [.completePath("/p")])
    claim(&state, .pathsCompleted(of: "/x", text: "/xyz", choices: []))
    var prompt = Prompt(.importPaths, text: "/photos/")
    prompt.choices = ["a", "b"]
    claim(&state, .pathsCompleted(of: "/p", text: "/photos/", choices: ["a", "b"])) {
      $0.overlay = .prompt(prompt)
    }
  }
}
