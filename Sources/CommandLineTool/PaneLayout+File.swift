import Settings
import Workbench

/// How the screen was divided, as it lies in the state folder.
extension PaneLayout {
  /// What was remembered; panes that there are no more are left out.
  init(storedIn file: LayoutFile) {
    let stored = file.read()
    let steps = (stored?.steps ?? [:]).compactMap { name, steps in
      // More than any screen has room for is no more than a lot.
      Pane(rawValue: name).map { ($0, max(-500, min(steps, 500))) }
    }
    self.init(
      steps: Dictionary(uniqueKeysWithValues: steps), isSheet: stored?.isSheet ?? false)
  }

  /// - Throws: `SettingsError`.
  func save(to file: LayoutFile) throws {
    let steps = steps.map { ($0.rawValue, $1) }
    try file.write(
      LayoutFile.Layout(steps: Dictionary(uniqueKeysWithValues: steps), isSheet: isSheet))
  }
}
