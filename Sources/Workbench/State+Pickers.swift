import Dataset

/// Pickers: what choosing a row does.
extension State {
  /// Closes a picker and runs its row under the cursor.
  mutating func choose(_ picker: Picker) -> [Effect] {
    let rows = pickerRows(picker)
    guard rows.indices.contains(picker.cursor) else { return [] }
    overlay = nil
    switch rows[picker.cursor] {
    case .theme(let name):
      themeBefore = nil
      return change(.theme(name))
    case .project(let line):
      return line.project.id == project.id ? [] : [.openProject(line.project)]
    case .newProject(let name):
      overlay = .question(.projectType(name: name))
      return []
    case .setting(let setting):
      overlay = .picker(picker)
      return change(preferences.next(after: setting))
    case .tag(let tag, _, _): return give(tag.id)
    case .newTag(let name): return [.createTag(name: name, givingTo: selection)]
    case .command(let entry):
      guard picker.kind == .palette else { return run(entry.command) }
      let text = picker.prompt.text.trimmed
      let argument = text.hasPrefix(entry.name + " ") ? text.dropFirst(entry.name.count + 1) : ""
      return runLine(entry, argument: String(argument).trimmed)
    case .recent(let line):
      let name = line.prefix { $0 != " " }
      guard let entry = commandTable.first(where: { $0.name == name }) else { return [] }
      return runLine(entry, argument: String(line.dropFirst(name.count)).trimmed)
    }
  }

  /// Looks like the theme under the cursor, as long as the picker is open.
  mutating func showTheme(of picker: Picker) {
    let rows = pickerRows(picker)
    guard rows.indices.contains(picker.cursor), case .theme(let name) = rows[picker.cursor]
    else { return }
    preferences.theme = name
  }

  /// Runs a line of the palette and remembers it.
  private mutating func runLine(_ entry: CommandEntry, argument: String) -> [Effect] {
    let line = argument.isEmpty ? entry.name : "\(entry.name) \(argument)"
    paletteHistory.removeAll { $0 == line }
    paletteHistory = Array(([line] + paletteHistory).prefix(20))
    guard !argument.isEmpty else { return run(entry.command) }
    notice = nil
    if let obstacle = obstacle(to: entry.command) {
      notice = .commandDisabled(obstacle)
      return []
    }
    return run(entry.command, argument: argument)
  }

  private mutating func run(_ command: Command, argument: String) -> [Effect] {
    switch command {
    case .filter:
      focus = .images
      leavePicture()
      markCountBefore = images.marks.count
      return endFilter(with: argument)
    case .newTag: return submit(argument, to: .newTag)
    case .renameTag: return tagAtCursor.map { submit(argument, to: .renameTag($0)) } ?? []
    case .mergeTag: return tagAtCursor.map { submit(argument, to: .mergeTag($0)) } ?? []
    case .takeAsked:
      guard let count = Int(argument), count > 0 else { break }
      return takeAsked(count: count)
    case .acceptSuggestions: return submit(argument, to: .acceptSuggestions)
    case .importFiles: return submit(argument, to: .importPaths)
    case .changeOrder:
      guard let order = ImageOrder(rawValue: argument) else { break }
      return sort(by: order)
    case .changeSymbols:
      guard let symbols = PictureSymbols(rawValue: argument) else { break }
      return change(.symbols(symbols))
    case .changeTheme:
      guard preferences.themeNames.contains(argument) else { break }
      return change(.theme(argument))
    case .renameProject: return submit(argument, to: .renameProject)
    default: break
    }
    // It stays to be corrected: who types on must not type commands.
    guard let entry = command.entry else { return [] }
    var picker = Picker(.palette)
    picker.prompt = Prompt(
      .search, text: "\(entry.name) \(argument)",
      problem: .unknown(argument, wanted: entry.argument))
    overlay = .picker(picker)
    return []
  }
}
