import Dataset
public import Workbench

extension State {
  /// What must hold after every message and does not, in words; empty when all is well.
  public func brokenInvariants() -> [String] {
    var broken: [String] = []
    func check(_ holds: Bool, _ claim: String) { if !holds { broken.append(claim) } }

    let count = images.matchCount ?? 0
    check((0..<max(1, count)).contains(images.cursor), "the cursor is on a row of the list")
    check(images.top >= 0 && images.top <= images.cursor, "the cursor is not above the screen")
    let isSheet = images.isSheet && !isPictureOpen
    let seenCount =
      isSheet
      ? max(1, viewport.sheetColumns) * max(1, viewport.sheetLines) : max(1, viewport.imageRows)
    check(images.cursor < images.top + seenCount, "the cursor is not below the screen")
    check(
      !isSheet || images.top % max(1, viewport.sheetColumns) == 0,
      "a contact sheet begins with a whole line")
    check(
      images.start >= 0 && images.window.upperBound <= count, "the window lies in the list")
    check(
      images.current != nil || count == 0 || images.outstanding != nil || images.hasFailed,
      "a cursor on a missing row has asked for it")
    check(Set(images.rows.map(\.id)).count == images.rows.count, "no image is listed twice")
    check(images.marks.count <= count, "no more images are marked than there are")
    check(
      images.rows.count < count || images.marks.isSubset(of: images.rows.map(\.id)),
      "what is marked is in the list")
    check(
      images.range.map { $0.anchor < max(1, count) } ?? true, "a range begins in the list")
    check(
      !hasLoadedTags || tags.filters.contains(images.filter),
      "what the images are filtered by is in the tags pane")
    check(
      (0..<max(1, training.report?.tags.count ?? 0)).contains(training.cursor),
      "the cursor of the training pane is on a row")
    if let performance {
      // Until it has been read, the cursor is where that of the training pane is.
      let tagCount = performance.answer.map { max(1, $0.detail?.report.tags.count ?? 0) } ?? .max
      check(
        [performance.tagCursor, performance.given, performance.predicted].allSatisfy {
          (0..<tagCount).contains($0)
        }, "the performance view's cursors are on tags")
      check((0.05...0.95).contains(performance.threshold), "the threshold is in its range")
    }
    check(
      Set(pendingChanges.map(\.id)).count == pendingChanges.count, "no change is pending twice")
    check(pendingChanges.allSatisfy { !$0.images.isEmpty }, "a change concerns some image")
    if project.type == .multiclass {
      check(
        images.rows.allSatisfy { tags(of: $0).count <= max(1, $0.tags.count) },
        "a change leaves one tag at most in a multiclass project")
    }
    switch overlay {
    case .picker(let picker):
      let count = pickerRows(picker).count
      check((0..<max(1, count)).contains(picker.cursor), "the picker's cursor is on a row")
      check(
        (0...picker.prompt.text.count).contains(picker.prompt.cursor),
        "the picker's cursor is in its text")
    case .refusedFiles(let files, let cursor):
      check(files.indices.contains(cursor), "the cursor is on a refused file")
    case .history(_, let lines, let cursor):
      check((0..<max(1, lines.count)).contains(cursor), "the cursor is on an event")
    case .prompt(let prompt):
      check((0...prompt.text.count).contains(prompt.cursor), "the prompt's cursor is in its text")
    case .question(.quit): check(!runningJobs.isEmpty, "quitting is asked about for a job")
    case .question, nil: break
    }
    return broken
  }
}
