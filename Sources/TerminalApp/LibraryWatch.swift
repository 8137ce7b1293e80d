import ProjectLibrary

/// Tells when it is worth asking the library whether anything has changed: a stamp costs a hundredth
/// of a question, and nothing changes most of the time.
struct LibraryWatch {
  private var stamp: LibraryStamp?
  private var wasDue = true
  private var restCount = 0

  /// File systems whose times cannot be relied on are asked after so many looks anyway.
  private static let longestRest = 8

  /// Takes in how the files look now; returns whether to ask.
  mutating func isDue(_ stamp: LibraryStamp) -> Bool {
    let hasChanged = stamp != self.stamp
    self.stamp = stamp
    // See `LibraryStamp` for why a change is looked at twice.
    let isDue = hasChanged || wasDue || stamp.hasJobs || restCount >= Self.longestRest
    wasDue = hasChanged
    restCount = isDue ? 0 : restCount + 1
    return isDue
  }
}
