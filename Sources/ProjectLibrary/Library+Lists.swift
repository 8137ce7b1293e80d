public import Dataset
import ProjectStore
import Synchronization

/// A run of rows out of a list of images that may be far longer.
public struct ImageRows: Hashable, Sendable {
  /// How many images the selection means.
  public let matchCount: Int
  /// Where the first row stands in the list, from 0.
  public let start: Int
  public let images: [Image]
  /// What the iteration in use predicts of the images that it judged out of fold.
  public let judgements: [ImageID: Judgement]
  /// Where the image stands that was asked for, or how many come before its place; `nil` where that
  /// cannot be told.
  public let anchorRow: Int?
}

extension Library {
  /// The rows of a range of the list, as many of them as there are.
  public func rows(
    _ range: Range<Int>, of project: ProjectID, _ selection: ImageSelection
  ) throws -> ImageRows {
    try list(selection, of: project) { list in
      try list.rows(range.clamped(to: 0..<list.numbers.count), anchorRow: nil)
    }
  }

  /// `count` rows about the place where an image stands, or would stand if it passed the filter.
  ///
  /// Where it would stand can be told only of lists in the order of import.
  public func rows(
    around image: ImageID, count: Int, of project: ProjectID, _ selection: ImageSelection
  ) throws -> ImageRows {
    try list(selection, of: project) { list in
      let anchorRow = try list.snapshot.imageNumber(of: image, in: project).flatMap(list.place)
      let matchCount = list.numbers.count
      let start = max(0, min((anchorRow ?? 0) - count / 2, matchCount - count))
      return try list.rows(start..<min(matchCount, start + count), anchorRow: anchorRow)
    }
  }

  /// The ids of a range of the list, as many of them as there are.
  public func imageIDs(
    _ range: Range<Int>, of project: ProjectID, _ selection: ImageSelection
  ) throws -> [ImageID] {
    try list(selection, of: project) { list in
      try list.snapshot.imageIDs(
        numbered: list.numbers[range.clamped(to: 0..<list.numbers.count)])
    }
  }

  /// Finds the list of a selection in one state of the library, kept from the last time where
  /// nothing has changed since.
  private func list<Value>(
    _ selection: ImageSelection, of project: ProjectID, _ body: (ImageList) throws -> Value
  ) throws -> Value {
    try store.read { snapshot in
      guard let found = try snapshot.project(project) else {
        throw LibraryError.projectNotFound(project.description, known: [])
      }
      let iteration = try snapshot.currentIterationID(of: project)
      let key = ListCache.Key(
        project: found, position: try snapshot.position(of: project), iteration: iteration)
      let numbers = try lists.numbers(of: selection, for: key) { parts in
        try snapshot.imageNumbers(
          of: found, selection, judgedBy: iteration, keeping: &parts)
      }
      return try body(
        ImageList(
          snapshot: snapshot, numbers: numbers, selection: selection, iteration: iteration))
    }
  }
}

/// All images of a selection, by number, in one state of the library.
private struct ImageList {
  let snapshot: Snapshot
  let numbers: [ImageNumber]
  let selection: ImageSelection
  let iteration: IterationID?

  func rows(_ range: Range<Int>, anchorRow: Int?) throws -> ImageRows {
    let shown = numbers[range]
    let judgements =
      try iteration.map { try snapshot.judgements(numbered: shown, by: $0) } ?? [:]
    return ImageRows(
      matchCount: numbers.count, start: range.lowerBound,
      images: try snapshot.images(numbered: shown), judgements: judgements, anchorRow: anchorRow)
  }

  /// Where a number stands in the list, or would stand in the order of import.
  func place(of number: ImageNumber) -> Int? {
    guard selection.order == .imported, !selection.isReversed, selection.listed == nil else {
      return numbers.firstIndex(of: number)
    }
    var low = 0
    var high = numbers.count
    while low < high {
      let middle = (low + high) / 2
      if numbers[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Keeps the list that was found last, so that paging through it finds it once, and what it was put
/// together from, so that the next one of the same state takes less.
final class ListCache: Sendable {
  /// All that lists depend on besides what is asked for.
  struct Key: Hashable, Sendable {
    let project: Project
    let position: Int64
    let iteration: IterationID?
  }

  private struct Kept {
    let key: Key
    let selection: ImageSelection
    let numbers: [ImageNumber]
    let parts: SearchParts
  }

  private let kept = Mutex<Kept?>(nil)

  func numbers(
    of selection: ImageSelection, for key: Key,
    find: (inout SearchParts) throws -> [ImageNumber]
  ) rethrows -> [ImageNumber] {
    let last = kept.withLock { $0?.key == key ? $0 : nil }
    if let last, last.selection == selection { return last.numbers }
    var parts = last?.parts ?? SearchParts()
    let numbers = try find(&parts)
    kept.withLock {
      $0 = Kept(key: key, selection: selection, numbers: numbers, parts: parts)
    }
    return numbers
  }
}
