import Glibc

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

/// The path with `~` or `~/` at its start replaced by the home folder.
private func expandingHome(_ path: String) -> String {
  guard path == "~" || path.hasPrefix("~/"), let home = getenv("HOME"), home.pointee != 0 else {
    return path
  }
  return String(cString: home) + path.dropFirst()
}
