import Dataset
import Testing
import WorkbenchTesting

@testable import Workbench

@Suite struct OverlayTests {
  @Test func helpFindsCommandsAndRunsTheOneChosen() throws {
    var state = WorkbenchSession.flowers().state
    claim(&state, .command(.help)) { $0.overlay = .picker(Picker(.help)) }
    var picker = Picker(.help)
    picker.cursor = 1
    claim(&state, .command(.moveDown)) { $0.overlay = .picker(picker) }
    picker.cursor = 0
    picker.prompt = Prompt(.search, text: "leave tag")
    claim(&state, .pasted("leave tag")) { $0.overlay = .picker(picker) }
    #expect(state.pickerRows(picker) == [.command(try #require(Command.quit.entry))])
    claim(&state, .command(.open), gives: [.quit]) { $0.overlay = nil }
  }

  @Test func helpOfADisabledCommandSaysWhy() throws {
    var state = WorkbenchSession.flowers().state
    var picker = Picker(.help)
    picker.cursor = try #require(commandTable.firstIndex { $0.command == .cancelJob })
    state.overlay = .picker(picker)
    claim(&state, .promptSubmitted) {
      $0.overlay = nil
      $0.notice = .commandDisabled(.nothingRunning)
    }
  }

  @Test(arguments: commandTable.map(\.command))
  func noCommandReachesThePanesThroughAnOverlay(_ command: Command) {
    let before = WorkbenchSession.flowers(imageCount: 30).state
    // Enter runs a row of a picker, which other tests look at.
    let pickers: [Overlay] =
      command == .open ? [] : [.picker(Picker(.tag)), .picker(Picker(.help))]
    let overlays: [Overlay] =
      pickers + [
        .prompt(Prompt(.newTag)), .prompt(Prompt(.filter)),
        .question(.tagsFromFolders(paths: ["x"])),
        .history(of: nil, [HistoryLine(time: "x", actor: "y", what: "z")], cursor: 0),
        .refusedFiles([ImportSummary.RefusedFile(path: "x", reason: "y")], cursor: 0),
      ]
    for overlay in overlays {
      var state = before
      state.overlay = overlay
      #expect(update(&state, .command(command)) == [])
      state.overlay = nil
      #expect(state == before)
    }
  }

  @Test func aNewTagIsMadeOfTheTypedName() {
    var session = WorkbenchSession.flowers()
    session.run(.newTag)
    session.send(.promptEdited(.insert("  雛菊 ")))
    session.send(.promptSubmitted)
    #expect(session.state.tags.counts.map(\.tag.name) == ["daisy", "dahlia", "雛菊"])
    #expect(session.state.notice == .tagCreated(name: "雛菊", key: 3))
  }

  @Test func whatIsNotTakenStaysToBeCorrected() {
    var session = WorkbenchSession.flowers()
    session.run(.newTag)
    session.send(.promptEdited(.insert("daisy")))
    session.send(.promptSubmitted)
    #expect(
      session.state.overlay
        == .prompt(Prompt(.newTag, text: "daisy", problem: .tagNameTaken("daisy"))))
    // What is typed now is text, and the reason is gone.
    session.send(.promptEdited(.insert("D")))
    #expect(session.state.overlay == .prompt(Prompt(.newTag, text: "daisyD")))
    session.send(.promptSubmitted)
    #expect(session.state.overlay == nil)
    #expect(session.state.notice == .tagCreated(name: "daisyD", key: 3))
    // The library may know more.
    session.send(.promptRefused(.newTag, text: "rose", reason: "taken"))
    #expect(
      session.state.overlay
        == .prompt(Prompt(.newTag, text: "rose", problem: .refused(reason: "taken"))))
    session.run(.back, .help)
    session.send(.promptRefused(.newTag, text: "rose", reason: "taken"))
    #expect(session.state.overlay == .picker(Picker(.help)))
    #expect(session.state.notice == .failed(reason: "taken"))
  }

  @Test func tagUnderTheCursorIsRenamedMergedAndDeleted() {
    var session = WorkbenchSession.flowers(["daisy", "dahlia", "rose"], imageCount: 12)
    session.run(.previousPane, .renameTag)
    #expect(session.state.notice == .commandDisabled(.noTagAtCursor))
    session.run(.moveDown, .moveDown, .renameTag)
    session.send(.promptEdited(.insert(" of May")))
    session.send(.promptSubmitted)
    #expect(session.state.tags.counts.map(\.tag.name) == ["daisy of May", "dahlia", "rose"])
    let count = session.state.tags.counts[0].imageCount
    session.run(.deleteTag)
    #expect(session.state.overlay == .question(.deleteTag(session.state.tags.counts[0])))
    session.send(.answered(.no))
    #expect(session.state.tags.counts.count == 3)
    session.run(.deleteTag)
    session.send(.answered(.yes))
    #expect(session.state.notice == .tagDeleted(name: "daisy of May", imageCount: count))
    #expect(session.state.tags.counts.count == 2 && session.state.images.filter == .all)
    session.run(.undo)
    #expect(session.state.tags.counts.map(\.imageCount).first == count)
    session.run(.moveDown, .moveDown, .mergeTag)
    session.send(.promptEdited(.insert("daisy of May")))
    session.send(.promptSubmitted)
    guard case .prompt(let prompt) = session.state.overlay else {
      Issue.record("the prompt is gone")
      return
    }
    #expect(prompt.problem == .notMergeable("daisy of May"))
    session.send(.promptEdited(.deleteToStart))
    session.send(.promptEdited(.insert("rose")))
    session.send(.promptSubmitted)
    #expect(
      session.state.notice
        == .tagMerged(name: "daisy of May", into: "rose", imageCount: count))
    #expect(session.state.tags.counts.map(\.tag.name) == ["dahlia", "rose"])
  }

  @Test func ofADeletedProjectNothingIsChanged() {
    var session = WorkbenchSession.flowers()
    session.send(.projectPresence(false))
    #expect(session.state.notice == .projectGone("flowers"))
    session.run(.giveTag(2))
    #expect(session.state.notice == .commandDisabled(.projectGone))
    session.run(.removeImages, .undo, .newTag, .train)
    #expect(session.state.overlay == nil && session.state.notice == .commandDisabled(.projectGone))
    session.run(.showProjects)
    #expect(session.state.overlay == .picker(Picker(.projects)))
    session.run(.back)
    session.send(.projectPresence(true))
    session.run(.giveTag(2))
    #expect(session.library.images[0].tags == [SampleProject.tagID(2)])
  }

  @Test func anEmptyPromptDoesNothing() {
    var state = WorkbenchSession.flowers().state
    for command in [Command.newTag, .importFiles] {
      _ = update(&state, .command(command))
      claim(&state, .promptSubmitted) { $0.overlay = nil }
    }
  }

  @Test func pastedPathsOfferAnImport() {
    var state = WorkbenchSession.flowers().state
    claim(&state, .pasted("/home/me/My\\ photos/a.jpg\n'/tmp/b c.png'\n")) {
      $0.overlay = .prompt(
        Prompt(.importPaths, text: "'/home/me/My photos/a.jpg' '/tmp/b c.png'"))
    }
  }

  @Test func otherPastedTextIsNeverTakenForKeys() {
    var state = WorkbenchSession.flowers().state
    claim(&state, .pasted("qqTu1")) { $0.notice = .pasteIgnored }
  }

  @Test func textPastedIntoAPromptIsTypedOnOneLine() {
    var state = WorkbenchSession.flowers().state
    _ = update(&state, .command(.newTag))
    claim(&state, .pasted("red\nrose\u{1B}[2J")) {
      $0.overlay = .prompt(Prompt(.newTag, text: "red rose[2J"))
    }
  }

  @Test func pathsAreReadAsAShellReadsThem() {
    #expect(pathList(in: "a b\tc") == ["a", "b", "c"])
    #expect(pathList(in: #"a\ b 'c d' "e \"f\" \g""#) == ["a b", "c d", #"e "f" \g"#])
    #expect(pathList(in: "file:///tmp/a%20b.jpg file://host/c%zz") == ["/tmp/a b.jpg", "/c%zz"])
    #expect(pathList(in: "'open end") == ["open end"])
    #expect(pathList(in: "  ") == [])
  }

  @Test(arguments: 0..<200) func pathListTextIsReadBack(seed: Int) {
    var random = SplitMix64(seed: seed)
    let letters = Array("ab/ '\"\\%~雛\n")
    let paths = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      "/" + String((0..<6).map { _ in letters.randomElement(using: &random) ?? "a" })
    }
    #expect(pathList(in: pathListText(paths)) == paths)
  }

  @Test func promptsAreEditedLikeALineOfAShell() {
    var prompt = Prompt(.importPaths, text: "~/photos/daisies")
    prompt.edit(.deleteWord)
    #expect(prompt.text == "~/photos/")
    prompt.edit(.deleteWord)
    #expect(prompt.text == "~/")
    prompt.edit(.insert("x y"))
    prompt.edit(.moveLeft)
    prompt.edit(.deleteBackward)
    #expect(prompt.text == "~/xy")
    prompt.edit(.moveToStart)
    prompt.edit(.deleteForward)
    prompt.edit(.moveRight)
    prompt.edit(.insert("e\u{301}"))
    #expect(prompt.text == "/e\u{301}xy")
    #expect(prompt.cursor == 2)
    prompt.edit(.moveToEnd)
    prompt.edit(.deleteToStart)
    #expect(prompt == Prompt(.importPaths))
  }
}
