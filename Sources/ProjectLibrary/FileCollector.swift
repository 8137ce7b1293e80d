import Glibc

/// Walks paths and lists the files in them.
///
/// Folders are walked to any depth in the order of their names' bytes. What is hidden is passed over
/// unless named outright. A folder that links lead to twice is walked once.
struct FileCollector {
  private(set) var files: [FilePath] = []
  private(set) var refused: [RefusedFile] = []
  private var seenFolders: Set<FolderIdentity> = []

  private struct FolderIdentity: Hashable {
    let device: UInt
    let number: UInt
  }

  init(_ paths: [FilePath]) {
    for path in paths { collect(path) }
  }

  private mutating func collect(_ path: FilePath) {
    var status = stat()
    guard path.withCString({ stat($0, &status) }) == 0 else { return refuse(path, errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: files.append(path)
    case S_IFDIR:
      let identity = FolderIdentity(device: UInt(status.st_dev), number: UInt(status.st_ino))
      if seenFolders.insert(identity).inserted { walk(path) }
    default: refused.append(RefusedFile(path: path.text, reason: .notAFile))
    }
  }

  private mutating func walk(_ path: FilePath) {
    // The folder is closed before those in it are walked: deep ones would need a descriptor a level.
    for name in names(in: path) { collect(path.appending(name)) }
  }

  /// What is in a folder and not hidden, in the order of bytes; a folder that cannot be read to its end
  /// is refused, and what was read of it taken.
  private mutating func names(in path: FilePath) -> [[UInt8]] {
    guard let folder = path.withCString(opendir) else {
      refuse(path, errno)
      return []
    }
    defer { closedir(folder) }
    var names: [[UInt8]] = []
    errno = 0
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name.first != UInt8(ascii: ".") { names.append(name) }
      errno = 0
    }
    if errno != 0 { refuse(path, errno) }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private mutating func refuse(_ path: FilePath, _ number: Int32) {
    refused.append(RefusedFile(path: path.text, reason: .system(number: number)))
  }
}

extension FilePath {
  /// The name of the folder that the file lies in, also for a bare name or one after `..`.
  var folderName: String? {
    let name = parent.name
    if name.text != "." && name.text != ".." && name.text != "/" { return name.text }
    guard let folder = parent.resolved else { return nil }
    return folder.bytes == [UInt8(ascii: "/")] ? nil : folder.name.text
  }
}
