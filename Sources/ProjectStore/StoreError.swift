/// What can go wrong with the files of a library.
public enum StoreError: Error, Equatable, Sendable {
  /// The library was last written by a newer version of the program.
  case newerLibrary(path: String, migration: String)
  /// SQLite could not open the file, or not work with it.
  case unreadable(path: String, reason: String)
  /// SQLite finds the file damaged.
  case corrupted(path: String, reason: String)
  /// Another process kept the library locked for too long.
  case busy(path: String)
  /// The disk is full, or a quota is reached.
  case diskFull(path: String)
  /// A row that another one points to is gone, or a value cannot be read: the file was changed by hand.
  case damaged(String)

  var isCorruption: Bool {
    if case .corrupted = self { true } else { false }
  }
}
