import Dataset

/// Overlays: pickers, prompts, questions and lists that take the keys while they are open.
extension State {
  /// Runs a command where an overlay gives it a meaning of its own; `nil` where it has none.
  ///
  /// Commands that have no meaning there do nothing, so that no key reaches the panes below.
  mutating func runInOverlay(_ command: Command) -> [Effect]? {
    switch overlay {
    case .picker(var picker):
      if command == .back || command == .quit {
        overlay = nil
        if let theme = themeBefore { preferences.theme = theme }
        themeBefore = nil
      } else if command == .open {
        return choose(picker)
      } else if let row = listRow(
        command, from: picker.cursor, count: pickerRows(picker).count)
      {
        picker.cursor = row
        overlay = .picker(picker)
        showTheme(of: picker)
      }
    case .refusedFiles(let files, let cursor):
      if let row = listRow(command, from: cursor, count: files.count) {
        overlay = .refusedFiles(files, cursor: row)
      } else if [.back, .quit, .open, .showRefusedFiles].contains(command) {
        overlay = nil
      }
    case .history(let name, let lines, let cursor):
      if let row = listRow(command, from: cursor, count: lines.count) {
        overlay = .history(of: name, lines, cursor: row)
      } else if [.back, .quit, .open, .showHistory].contains(command) {
        overlay = nil
      }
    case .question:
      if command == .back || command == .quit { return take(.cancel) }
    case .prompt(let prompt):
      guard command == .back || command == .quit else { break }
      overlay = nil
      guard prompt.purpose == .filter else { break }
      let effects = search(for: searchBefore)
      tellDroppedMarks()
      return effects
    case nil: return nil
    }
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

  /// Runs what a click on a row of the overlay's list means.
  mutating func chooseOverlayRow(_ row: Int) -> [Effect] {
    switch overlay {
    case .picker(var picker):
      guard pickerRows(picker).indices.contains(row) else { return [] }
      picker.cursor = row
      return choose(picker)
    case .refusedFiles(let files, _):
      if files.indices.contains(row) { overlay = .refusedFiles(files, cursor: row) }
    case .history(let name, let lines, _):
      if lines.indices.contains(row) { overlay = .history(of: name, lines, cursor: row) }
    case .prompt, .question, nil: break
    }
    return []
  }

  mutating func edited(_ edit: PromptEdit) -> [Effect] {
    switch overlay {
    case .prompt(var prompt):
      prompt.edit(edit)
      overlay = .prompt(prompt)
      return prompt.purpose == .filter ? search(for: prompt.text) : []
    case .picker(var picker):
      picker.prompt.edit(edit)
      picker.cursor = 0
      overlay = .picker(picker)
      showTheme(of: picker)
    case .question, .refusedFiles, .history, nil: break
    }
    return []
  }

  mutating func submitPrompt() -> [Effect] {
    switch overlay {
    case .picker(let picker): return choose(picker)
    case .prompt(let prompt):
      overlay = nil
      return submit(prompt.text, to: prompt.purpose)
    case .question, .refusedFiles, .history, nil: return []
    }
  }

  /// Does what a prompt is for with the text that was typed into it, or into the palette.
  ///
  /// What cannot be taken stays in the prompt, with the reason: whoever corrects it must not type
  /// commands.
  mutating func submit(_ text: String, to purpose: Prompt.Purpose) -> [Effect] {
    if let problem = problem(with: text.trimmed, for: purpose) {
      overlay = .prompt(Prompt(purpose, text: text, problem: problem))
      return []
    }
    switch purpose {
    case .newTag:
      let name = text.trimmed
      return name.isEmpty ? [] : [.createTag(name: name, givingTo: [])]
    case .renameTag(let tag):
      let name = text.trimmed
      return name.isEmpty || name == tag.name ? [] : [.renameTag(tag, to: name)]
    case .mergeTag(let tag):
      return tags.tag(named: text.trimmed).map { [.mergeTag(tag, into: $0)] } ?? []
    case .importPaths:
      let paths = pathList(in: text)
      if paths.isEmpty { return [] }
      overlay = .question(.tagsFromFolders(paths: paths))
      return [.findPaths(paths)]
    case .renameProject:
      let name = text.trimmed
      return name.isEmpty || name == project.name ? [] : [.renameProject(name: name)]
    case .filter: return endFilter(with: text)
    case .acceptSuggestions:
      return percentage(text).map { [.acceptSuggestions(threshold: $0 / 100)] } ?? []
    case .search: return []
    }
  }

  /// Why a prompt cannot take a text, as far as that is known here; the library may know more.
  private func problem(with text: String, for purpose: Prompt.Purpose) -> Prompt.Problem? {
    switch purpose {
    case .newTag: tags.tag(named: text) == nil ? nil : .tagNameTaken(text)
    case .renameTag(let tag):
      text == tag.name || tags.tag(named: text) == nil ? nil : .tagNameTaken(text)
    case .mergeTag(let tag):
      switch tags.tag(named: text) {
      case nil: text.isEmpty ? nil : .noTagOfName(text)
      case let other?:
        other == tag || [other, tag].contains { $0.kind == .negative } ? .notMergeable(text) : nil
      }
    case .renameProject:
      projects.contains { $0.project.id != project.id && $0.project.name == text }
        ? .projectNameTaken(text) : nil
    case .acceptSuggestions:
      percentage(text) == nil
        ? .unknown(text, wanted: Command.acceptSuggestions.entry?.argument) : nil
    case .importPaths, .filter, .search: nil
    }
  }

  /// Opens a prompt again whose text the library has refused, unless somebody does something else.
  mutating func refuse(_ text: String, of purpose: Prompt.Purpose, reason: String) {
    if overlay == nil {
      overlay = .prompt(Prompt(purpose, text: text, problem: .refused(reason: reason)))
    } else {
      notice = .failed(reason: reason)
    }
  }

  /// Asks how the typed text goes on, or takes the palette's row under the cursor as typed.
  mutating func complete() -> [Effect] {
    switch overlay {
    case .prompt(let prompt) where prompt.purpose == .importPaths:
      return [.completePath(prompt.text)]
    case .picker(var picker) where picker.kind == .palette:
      let rows = pickerRows(picker)
      guard rows.indices.contains(picker.cursor) else { return [] }
      switch rows[picker.cursor] {
      case .command(let entry):
        picker.prompt = Prompt(.search, text: entry.name + (entry.argument == nil ? "" : " "))
      case .recent(let line): picker.prompt = Prompt(.search, text: line)
      case .tag, .newTag, .theme, .project, .newProject, .setting: return []
      }
      picker.cursor = 0
      overlay = .picker(picker)
    case .prompt, .picker, .question, .refusedFiles, .history, nil: break
    }
    return []
  }

  mutating func completed(_ text: String, _ completion: String, _ choices: [String]) {
    // Whoever has typed on meanwhile wants something else.
    guard case .prompt(var prompt) = overlay, prompt.purpose == .importPaths, prompt.text == text
    else { return }
    prompt = Prompt(.importPaths, text: completion)
    prompt.choices = choices
    overlay = .prompt(prompt)
  }

  /// Opens the prompt for paths again that lead to nothing, unless the import has begun meanwhile: then
  /// that says so.
  mutating func giveBack(_ paths: [String]) {
    guard overlay == .question(.tagsFromFolders(paths: paths)) else { return }
    overlay = .prompt(
      Prompt(
        .importPaths, text: pathListText(paths), problem: .nothingThere(pathCount: paths.count)))
  }

  mutating func take(_ answer: Answer) -> [Effect] {
    guard case .question(let question) = overlay else { return [] }
    overlay = nil
    switch (question, answer) {
    case (_, .cancel): return []
    case (.quit, .yes): return [.quit]
    case (.quit, .no), (.leaveOutSmallTags, .no), (.removeImages, .no), (.deleteProject, .no),
      (.deleteTag, .no):
      return []
    case (.deleteProject, .yes): return [.deleteProject]
    case (.deleteTag(let entry), .yes): return [.deleteTag(entry.tag)]
    case (.projectType(let name), _):
      return [.createProject(name: name, type: answer == .yes ? .multiclass : .multilabel)]
    case (.removeImages(let images), .yes): return removeImages(images)
    case (.leaveOutSmallTags, .yes): return startTraining(leavesOutSmallTags: true)
    case (.tagsFromFolders(let paths), _):
      return startImport(of: paths, takesTagsFromFolders: answer == .yes)
    }
  }

  /// Types pasted text into what takes text; offers to import pasted paths; never runs a command.
  mutating func paste(_ text: String) -> [Effect] {
    switch overlay {
    case .prompt, .picker: return edited(.insert(text))
    case .question, .refusedFiles, .history, nil: break
    }
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
