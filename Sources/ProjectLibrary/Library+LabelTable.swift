public import Dataset
import ProjectStore

/// What an import of labels did, every row accounted for.
public struct LabelImportReport: Hashable, Sendable {
  /// Pictures whose tags are others than before, and those that bore what the table says.
  public var changedCount = 0
  public var unchangedCount = 0
  /// Tags that the project did not have.
  public var madeTags: [String] = []
  public var refused: [RefusedLabels] = []
}

/// Rows of a table that were not taken over.
public struct RefusedLabels: Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    case imageUnknown
    /// So many pictures have the name that is told in place of a path.
    case imagesOfOneName(count: Int)
    case tagNameInvalid(String)
    /// Tags that a picture cannot bear together.
    case tagsExclude([String])
  }

  /// The first of them.
  public let line: Int
  public let path: String
  public let reason: Reason
}

/// What an import of labels does with tags that a picture bears and the table does not tell.
public enum LabelImportMode: String, CaseIterable, Sendable {
  /// They stay, but for those that new ones exclude.
  case add
  /// They go. Pictures that the table does not name stay as they are.
  case replace
}

extension Library {
  /// The labels of a project, oldest picture first.
  ///
  /// - Parameter includesUntagged: Whether pictures without a tag are told, too.
  public func labelTable(
    of project: ProjectID, includingUntagged includesUntagged: Bool = false
  ) throws -> LabelTable {
    let names = try tagNames(of: project)
    let images = try images(of: project, includesUntagged ? .all : .tagged)
    return LabelTable(
      images.enumerated().map { index, image in
        LabelRow(
          path: image.path, content: image.content.description,
          tags: image.tags.compactMap { names[$0] }, line: index + 1)
      })
  }

  /// Gives a project's pictures the tags that a table tells, in one change that undo takes back.
  ///
  /// A picture is found by its content where the table tells it, else by its path as imported, else by
  /// its name where only one has it. Tags that are not there are made. What cannot be taken over is
  /// told and keeps nothing else from it.
  public func importLabels(
    _ table: LabelTable, into project: Project, mode: LabelImportMode = .add
  ) throws -> LabelImportReport {
    var report = LabelImportReport()
    let wanted = WantedLabels(table, try images(of: project.id), &report.refused)
    try change(in: project.id, command: "label import") { recorder in
      let known = try recorder.snapshot.tags(of: project.id)
      let negative = known.filter { $0.kind == .negative }.map(\.name)
      var tags = Dictionary(uniqueKeysWithValues: known.map { ($0.name, $0.id) })
      var rules = try recorder.snapshot.rules(of: project.id)
      for entry in wanted.entries {
        var names: [String] = []
        do {
          for name in entry.tags { names.append(try checkedName(name)) }
        } catch LibraryError.nameInvalid(let name) {
          report.refuse(entry, .tagNameInvalid(name))
          continue
        }
        if names.count > 1,
          project.type == .multiclass || names.contains(where: negative.contains)
        {
          report.refuse(entry, .tagsExclude(names))
          continue
        }
        for name in names where tags[name] == nil {
          tags[name] = try recorder.makeTag(named: name, in: project.id).id
          report.madeTags.append(name)
          rules = try recorder.snapshot.rules(of: project.id)
        }
        let isNew = try recorder.label(
          entry.image, names.compactMap { tags[$0] }, mode, rules)
        if isNew { report.changedCount += 1 } else { report.unchangedCount += 1 }
      }
    }
    report.refused.sort { $0.line < $1.line }
    return report
  }
}

extension LabelImportReport {
  fileprivate mutating func refuse(_ entry: WantedLabels.Entry, _ reason: RefusedLabels.Reason) {
    refused.append(RefusedLabels(line: entry.line, path: entry.path, reason: reason))
  }
}

extension Recorder {
  fileprivate mutating func label(
    _ image: ImageID, _ wanted: [TagID], _ mode: LabelImportMode, _ rules: TaggingRules
  ) throws -> Bool {
    switch mode {
    case .replace: return try setTags(wanted, on: image)
    case .add:
      let before = try snapshot.tags(on: image)
      return try setTags(
        wanted.reduce(before) { rules.tags(after: .add($1), from: $0) }, on: image)
    }
  }
}

/// The rows of a table by the pictures that they are about.
private struct WantedLabels {
  struct Entry {
    let image: ImageID
    let path: String
    let line: Int
    /// Each once, in the order of the rows.
    var tags: [String]
  }

  private(set) var entries: [Entry] = []

  init(_ table: LabelTable, _ images: [Image], _ refused: inout [RefusedLabels]) {
    let byContent = Dictionary(images.map { ($0.content.description, $0.id) }) { first, _ in first }
    let byPath = Dictionary(grouping: images, by: \.path)
    let byName = Dictionary(grouping: images, by: \.name)
    var place: [ImageID: Int] = [:]
    for row in table.rows {
      // Files of one path may have been imported from several folders.
      let named = byPath[row.path] ?? byName[row.path] ?? []
      guard
        let image = row.content.flatMap({ byContent[$0.lowercased()] })
          ?? (named.count == 1 ? named[0].id : nil)
      else {
        refused.append(
          RefusedLabels(
            line: row.line, path: row.path.isEmpty ? row.content ?? "" : row.path,
            reason: named.isEmpty ? .imageUnknown : .imagesOfOneName(count: named.count)))
        continue
      }
      let index = place[image] ?? entries.count
      if index == entries.count {
        place[image] = index
        entries.append(Entry(image: image, path: row.path, line: row.line, tags: []))
      }
      for tag in row.tags where !entries[index].tags.contains(tag) {
        entries[index].tags.append(tag)
      }
    }
  }
}
