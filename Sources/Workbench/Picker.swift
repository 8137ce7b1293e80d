public import Dataset

/// A list that is narrowed by typing, with a cursor on one of the rows that are left.
public struct Picker: Equatable, Sendable {
  public enum Kind: Equatable, Sendable {
    /// The project's tags, to be given to the selection.
    case tag
    /// Every command with its keys.
    case help
    /// Commands by name, with what was run last on top.
    case palette
    case theme
    case projects
    case settings
  }

  public let kind: Kind
  /// What was typed.
  public internal(set) var prompt = Prompt(.search)
  /// A row of `State.pickerRows`; 0 when there is none.
  public internal(set) var cursor = 0

  public init(_ kind: Kind) { self.kind = kind }
}

/// One row of a picker's list.
public enum PickerRow: Equatable, Sendable {
  /// A tag, how probable it is, and whether all of the selection bear it.
  case tag(Tag, probability: Float?, isBorne: Bool)
  /// Makes a tag of the typed name.
  case newTag(name: String)
  case command(CommandEntry)
  /// A line of the palette that was run before.
  case recent(String)
  case theme(String)
  case project(ProjectLine)
  /// Makes a project of the typed name.
  case newProject(name: String)
  case setting(Setting)
}

extension State {
  /// The rows of a picker that match what was typed, best first.
  public func pickerRows(_ picker: Picker) -> [PickerRow] {
    let text = picker.prompt.text.trimmed
    switch picker.kind {
    case .tag: return tagRows(text)
    case .help:
      let entries = commandTable.filter { entry in
        text.isEmpty || matchRank(text, entry.name) != nil
          || (matchRank(text, entry.help) ?? .max) <= 2 || keys(of: entry).contains(text)
      }
      return entries.map(PickerRow.command)
    case .palette: return paletteRows(text)
    case .theme:
      return preferences.themeNames.filter { matchRank(text, $0) != nil }.map(PickerRow.theme)
    case .settings:
      return preferences.settings.filter { matchRank(text, $0.name) != nil }
        .map(PickerRow.setting)
    case .projects:
      let ranked = projects.enumerated().compactMap { index, line in
        matchRank(text, line.project.name).map { (rank: $0, index: index, line: line) }
      }
      let rows = ranked.sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }
        .map { PickerRow.project($0.line) }
      // Whether a name is a new one can be told only of the newest list.
      let isKnown =
        text.isEmpty || awaitsProjects || projects.contains { $0.project.name == text }
      return isKnown ? rows : rows + [.newProject(name: text)]
    }
  }

  private func tagRows(_ text: String) -> [PickerRow] {
    let judgement = images.current.flatMap(suggestion(for:))?.judgement
    let borne = tagsBorneBySelection
    let ranked = tags.counts.map(\.tag).enumerated().compactMap {
      index, tag -> (rank: Int, probability: Float, index: Int, row: PickerRow)? in
      guard let rank = text.isEmpty ? 0 : matchRank(text, tag.name) else { return nil }
      let probability = judgement?.probability(of: tag.id)
      return (
        rank, -(probability ?? -1), index,
        .tag(tag, probability: probability, isBorne: borne.contains(tag.id))
      )
    }
    let rows = ranked.sorted {
      ($0.rank, $0.probability, $0.index) < ($1.rank, $1.probability, $1.index)
    }.map(\.row)
    let isKnown = text.isEmpty || tags.counts.contains { $0.tag.name == text }
    return isKnown ? rows : rows + [.newTag(name: text)]
  }

  private func paletteRows(_ text: String) -> [PickerRow] {
    guard !text.isEmpty else {
      return paletteHistory.map(PickerRow.recent) + commandTable.map(PickerRow.command)
    }
    // Behind the name stands an argument, which narrows nothing.
    let name = String(text.prefix { $0 != " " })
    let recent = paletteHistory.filter { $0.hasPrefix(text) && $0 != text }
    let ranked = commandTable.enumerated().compactMap {
      index, entry -> (rank: Int, index: Int, entry: CommandEntry)? in
      if name.count < text.count { return entry.name == name ? (0, index, entry) : nil }
      return matchRank(name, entry.name).map { ($0, index, entry) }
    }
    return ranked.sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }
      .map { PickerRow.command($0.entry) } + recent.map(PickerRow.recent)
  }

  /// The tags that every image of the selection bears, as far as its rows are loaded.
  private var tagsBorneBySelection: Set<TagID> {
    let ids = Set(selection)
    let borne = images.rows.filter { ids.contains($0.id) }.map { Set(tags(of: $0)) }
    return borne.dropFirst().reduce(borne.first ?? []) { $0.intersection($1) }
  }
}

/// How well typed text matches a name: 0 where it is the name, 1 where the name begins with it, 2
/// where a word does, 3 where it is found elsewhere, 4 where its letters stand in the name in their
/// order; `nil` where they do not. Capitals count like small letters.
func matchRank(_ text: String, _ name: String) -> Int? {
  let (text, name) = (Array(text.lowercased()), Array(name.lowercased()))
  guard text.count <= name.count else { return nil }
  if text == name { return 0 }
  var best: Int?
  for start in 0...(name.count - text.count)
  where name[start..<start + text.count].elementsEqual(text) {
    let isWordStart = start > 0 && !name[start - 1].isLetter
    best = min(best ?? 3, start == 0 ? 1 : isWordStart ? 2 : 3)
  }
  if let best { return best }
  var rest = text[...]
  for letter in name where letter == rest.first { rest.removeFirst() }
  return rest.isEmpty ? 4 : nil
}

extension String {
  /// The text without blanks at its ends.
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
