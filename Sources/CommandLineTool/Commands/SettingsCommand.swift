import ArgumentParser
import Settings

struct SettingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings",
    abstract: "Show the settings, and where each comes from.",
    discussion: """
      They are read from settings.toml in the user's folder for settings; what that file leaves out \
      goes without saying. A line of it that means nothing is told on standard error and passed over.
      """)

  @Flag(
    name: .customLong("write-default"),
    help: "Write the file with every setting commented out, if there is none.")
  var writesTemplate = false

  @OptionGroup var common: CommonOptions

  func run() throws {
    if writesTemplate { try EngineSettings.writeTemplate(toPath: Locations.settingsFile) }
    let settings = try Locations.engineSettings()
    let rows = [
      row("images.max-megabytes", .integer(settings.maxMegabytes.value), settings.maxMegabytes),
      row("images.max-megapixels", .integer(settings.maxMegapixels.value), settings.maxMegapixels),
      row("networks.precision", .string(settings.precision.value.rawValue), settings.precision),
    ]
    var table = TextTable([("setting", .left), ("value", .left), ("from", .left)])
    for row in rows {
      table.add([row.name, row.value.text, row.line.map { "line \($0)" } ?? "default"])
    }
    common.answer(
      .object([
        ("path", .string(Locations.settingsFile)),
        (
          "settings",
          .array(
            rows.map {
              .object([
                ("name", .string($0.name)), ("value", $0.value),
                ("line", $0.line.map(JSONValue.integer) ?? .null),
              ])
            })
        ),
      ]), "\(Locations.settingsFile)\n\n\(table.text)")
  }

  private func row<Value>(
    _ name: String, _ value: JSONValue, _ setting: Setting<Value>
  ) -> (name: String, value: JSONValue, line: Int?) {
    (name, value, setting.line)
  }
}
