import Glibc
import Workbench

/// The paths that a path typed by a person means: a leading `~` is the home folder, and a pattern
/// stands for the files that it matches, by name.
///
/// What is there is taken as it is, whatever signs are in its name; a pattern that matches nothing
/// stays as it is, so that the import can say that it is not there.
///
/// - Returns: At least one path, as bytes: file names need not be UTF-8.
func expandedPaths(_ text: String) -> [[UInt8]] {
  let path = expandingHome(text)
  let literal = [Array(path.utf8)]
  if access(path, F_OK) == 0 { return literal }
  var found = glob_t()
  defer { globfree(&found) }
  guard glob(path, 0, nil, &found) == 0 else { return literal }
  return (0..<Int(found.gl_pathc)).compactMap { index in
    found.gl_pathv[index].map { name in
      Array(UnsafeRawBufferPointer(start: name, count: strlen(name)))
    }
  }
}

/// Whether a path typed by a person leads to something, or its pattern matches a file.
func isThere(_ text: String) -> Bool {
  expandedPaths(text).contains { path in
    let name = path.map(CChar.init(bitPattern:)) + [0]
    // What may not be looked at is there, and the import says why it cannot be read.
    return access(name, F_OK) == 0 || errno != ENOENT && errno != ENOTDIR
  }
}

/// The path with `~` or `~/` at its start replaced by the home folder.
private func expandingHome(_ path: String) -> String {
  guard path == "~" || path.hasPrefix("~/"), let home = getenv("HOME"), home.pointee != 0 else {
    return path
  }
  return String(cString: home) + path.dropFirst()
}

/// Goes on with the last path of a line as far as the files that are there leave no choice.
///
/// - Returns: The line, and the names that the path could go on with when there are several.
func completedPaths(_ line: String) -> (line: String, choices: [String]) {
  let paths = pathList(in: line)
  guard let last = paths.last, line.last?.isWhitespace == false else { return (line, []) }
  let slash = last.lastIndex(of: "/")
  let folder = slash.map { String(last[...$0]) } ?? ""
  let beginning = slash.map { String(last[last.index(after: $0)...]) } ?? last
  let place = folder.isEmpty ? "." : expandingHome(folder)
  let names = entries(of: place).filter { name in
    name.hasPrefix(beginning) && (!name.hasPrefix(".") || beginning.hasPrefix("."))
  }.sorted()
  guard var common = names.first else { return (line, []) }
  for name in names { common = String(zip(common, name).prefix { $0 == $1 }.map(\.0)) }
  let completed = pathListText(paths.dropLast() + [folder + common])
  return (completed, names.count > 1 ? names : [])
}

/// The names in a folder, those of folders with a slash behind; none where it cannot be read.
private func entries(of folder: String) -> [String] {
  guard let stream = opendir(folder) else { return [] }
  defer { closedir(stream) }
  var names: [String] = []
  while let entry = readdir(stream) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    guard name != ".", name != ".." else { continue }
    var facts = stat()
    let isFolder =
      stat("\(folder)/\(name)", &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
    names.append(isFolder ? name + "/" : name)
  }
  return names
}
