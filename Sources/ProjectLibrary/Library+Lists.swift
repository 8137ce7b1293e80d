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
        project: found, selection: selection, position: try snapshot.position(of: project),
        iteration: iteration)
      let numbers = try lists.numbers(for: key) {
        try snapshot.imageNumbers(of: found, selection, judgedBy: iteration)
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

/// Keeps the list that was found last, so that paging through it finds it once.
final class ListCache: Sendable {
  /// All that a list depends on.
  struct Key: Hashable, Sendable {
    let project: Project
    let selection: ImageSelection
    let position: Int64
    let iteration: IterationID?
  }

  private let kept = Mutex<(key: Key, numbers: [ImageNumber])?>(nil)

  func numbers(for key: Key, find: () throws -> [ImageNumber]) rethrows -> [ImageNumber] {
    if let numbers = kept.withLock({ $0?.key == key ? $0?.numbers : nil }) { return numbers }
    let numbers = try find()
    kept.withLock { $0 = (key, numbers) }
    return numbers
  }
}
