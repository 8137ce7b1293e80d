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
    if writesTemplate { try Locations.settingsFile.writeTemplate() }
    let settings = try Locations.engineSettings()
    let user = try Locations.userSettings()
    let workbench = user.workbench
    let server = try Locations.serverSettings()
    let rows = [
      row(
        "images.max-megabytes", .integer(settings.maxMegabytes.value), settings.maxMegabytes.line),
      row(
        "images.max-megapixels", .integer(settings.maxMegapixels.value), settings.maxMegapixels.line
      ),
      row(
        "networks.precision", .string(settings.precision.value.rawValue), settings.precision.line),
      row("server.keep-days", .number(server.keepDays.value), server.keepDays.line),
      row(
        "server.allow-private-addresses", .bool(server.allowsPrivateAddresses.value),
        server.allowsPrivateAddresses.line),
      row("server.fetch-seconds", .number(server.fetchSeconds.value), server.fetchSeconds.line),
      row("workbench.theme", .string(workbench.theme), user.lines[.theme]),
      row("workbench.symbols", .string(workbench.symbols), user.lines[.symbols]),
      row("workbench.move-on", .bool(workbench.movesOn), user.lines[.movesOn]),
      row("workbench.mouse", .bool(workbench.usesMouse), user.lines[.usesMouse]),
      row("workbench.ascii", .bool(workbench.usesASCII), user.lines[.usesASCII]),
      row("workbench.live", .bool(workbench.learnsLive), user.lines[.learnsLive]),
      row("workbench.live-limit", .integer(workbench.liveLimit), user.lines[.liveLimit]),
    ]
    var table = TextTable([("setting", .left), ("value", .left), ("from", .left)])
    for row in rows {
      table.add([row.name, row.value.text, row.line.map { "line \($0)" } ?? "default"])
    }
    common.answer(
      .object([
        ("path", .string(Locations.settingsFile.path)),
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
      ]), "\(Locations.settingsFile.path)\n\n\(table.text)")
  }

  private func row(
    _ name: String, _ value: JSONValue, _ line: Int?
  ) -> (name: String, value: JSONValue, line: Int?) {
    (name, value, line)
  }
}
