/// Overlays: help, prompts, questions and lists that take the keys while they are open.
extension State {
  /// Runs a command where an overlay gives it a meaning of its own; `nil` where it has none.
  ///
  /// Commands that have no meaning there do nothing, so that no key reaches the panes below.
  mutating func runInOverlay(_ command: Command) -> [Effect]? {
    switch overlay {
    case .help(let cursor): return runInHelp(command, cursor)
    case .refusedFiles(let files, let cursor):
      guard let row = listRow(command, from: cursor, count: files.count) else {
        if command == .open { overlay = nil }
        return closed(by: command)
      }
      overlay = .refusedFiles(files, cursor: row)
    case .question:
      if command == .back || command == .quit { return take(.cancel) }
    case .prompt:
      if command == .back || command == .quit { overlay = nil }
    case nil: return nil
    }
    return []
  }

  private mutating func runInHelp(_ command: Command, _ cursor: Int) -> [Effect] {
    if command == .open {
      overlay = nil
      return run(commandTable[cursor].command)
    }
    guard let row = listRow(command, from: cursor, count: commandTable.count) else {
      return closed(by: command == .help ? .back : command)
    }
    overlay = .help(cursor: row)
    return []
  }

  private mutating func closed(by command: Command) -> [Effect] {
    if command == .back || command == .quit { overlay = nil }
    return []
  }

  /// Where a moving command leads in a list; `nil` for other commands.
  private func listRow(_ command: Command, from row: Int, count: Int) -> Int? {
    let page = max(1, viewport.overlayRows - 1)
    let target: Int
    switch command {
    case .moveUp: target = row - 1
    case .moveDown: target = row + 1
    case .pageUp: target = row - page
    case .pageDown: target = row + page
    case .moveToFirst: target = 0
    case .moveToLast: target = count - 1
    default: return nil
    }
    return clamp(target, count: count)
  }

  mutating func edited(_ edit: PromptEdit) -> [Effect] {
    guard case .prompt(var prompt) = overlay else { return [] }
    prompt.edit(edit)
    overlay = .prompt(prompt)
    return []
  }

  mutating func submitPrompt() -> [Effect] {
    guard case .prompt(let prompt) = overlay else { return [] }
    overlay = nil
    switch prompt.purpose {
    case .newTag:
      let name = prompt.text.trimmed
      return name.isEmpty ? [] : [.createTag(name: name)]
    case .importPaths:
      let paths = pathList(in: prompt.text)
      if !paths.isEmpty { overlay = .question(.tagsFromFolders(paths: paths)) }
      return []
    }
  }

  mutating func take(_ answer: Answer) -> [Effect] {
    guard case .question(let question) = overlay else { return [] }
    overlay = nil
    switch (question, answer) {
    case (_, .cancel): return []
    case (.quit, .yes): return [.quit]
    case (.quit, .no), (.leaveOutSmallTags, .no): return []
    case (.leaveOutSmallTags, .yes): return startTraining(leavesOutSmallTags: true)
    case (.tagsFromFolders(let paths), _):
      return startImport(of: paths, takesTagsFromFolders: answer == .yes)
    }
  }

  /// Types pasted text into an open prompt; offers to import pasted paths; never runs a command.
  mutating func paste(_ text: String) -> [Effect] {
    if case .prompt = overlay { return edited(.insert(text)) }
    let paths = pathList(in: text)
    guard overlay == nil, !paths.isEmpty, paths.allSatisfy(isPlainlyAPath) else {
      notice = .pasteIgnored
      return []
    }
    if let obstacle = obstacle(to: .importFiles) {
      notice = .commandDisabled(obstacle)
      return []
    }
    notice = nil
    overlay = .prompt(Prompt(.importPaths, text: pathListText(paths)))
    return []
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
